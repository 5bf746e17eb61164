"""Servers: one that does not answer, and what is said of the rest on it."""

from monitor.features.alerts.spec import GetAlert
from monitor.kernel.alerts import AlertState, Severity
from tests.alerts.rig import alerts, current, said, told
from tests.core.world import World


async def test_a_server_that_does_not_answer_is_told_once_and_once_when_it_is_back(world: World) -> None:
    world.host.down = "cut"
    await world.clock.advance(20)
    assert await said(world) == []
    assert [a.state for a in await current(world, pending=True)] == [AlertState.PENDING]
    await world.clock.advance(15)
    assert await said(world) == ["opened host server-unreachable"]
    [alert] = await current(world)
    assert (alert.severity, alert.state, alert.subject.server) == (Severity.CRITICAL, AlertState.OPEN, alert.subject.id)
    assert alert.message.startswith("server host: does not answer: the host host ")
    await world.clock.advance(3600)
    world.host.down = ""
    await world.clock.advance(120)
    assert await said(world) == ["opened host server-unreachable", "resolved host server-unreachable"]
    assert await current(world, pending=True) == []
    [over] = await alerts(world)
    assert over == await world.app.run(GetAlert(target=alert.id))
    assert (over.state, over.why_resolved) == (AlertState.RESOLVED, "")
    assert over.resolved is not None
    first, last = await told(world)
    assert (first.alert.id, last.alert.id) == (alert.id, alert.id)
    assert last.alert.resolved == over.resolved
    assert first.id < last.id


async def test_a_short_silence_says_nothing(world: World) -> None:
    for _ in range(5):
        world.host.down = "restarting"
        await world.clock.advance(10)
        world.host.down = ""
        await world.clock.advance(60)
    assert await said(world) == []
    assert await alerts(world) == []
