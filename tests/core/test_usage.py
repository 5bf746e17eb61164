"""The fleet's half hour of means, in core's memory: one axis for all, gaps left open."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from monitor.core.caller import SYSTEM
from monitor.core.usage import Usage
from monitor.kernel.permission import Level
from monitor.resources.server.operations.usage import Trends
from monitor.testing.clock import ManualClock
from tests.core.tab import Tab
from tests.core.world import World
from tests.resources.test_server_status import STATS


def usage_on(clock: ManualClock) -> Usage:
    return Usage(clock, None)  # pyright: ignore[reportArgumentType] - trends need no history


async def fed(usage: Usage, clock: ManualClock, samples: int, **figures: Any) -> None:
    for _ in range(samples):
        usage.take("a", replace(STATS, **figures))
        await clock.advance(5)


async def test_means_lie_on_the_same_times_for_all() -> None:
    clock = ManualClock()
    usage = usage_on(clock)
    for number in range(12):
        usage.take("a", replace(STATS, cpu=float(number)))
        await clock.advance(5)
    usage.take("b", STATS)
    first, second = usage.trend("a"), usage.trend("b")
    assert first.step == 30
    assert [len(first.cpu), len(second.cpu), len(first.sent)] == [60, 60, 60]
    assert first.cpu == (*(None,) * 57, 2.5, 8.5, None)
    assert second.cpu == (*(None,) * 59, 12.3)
    await clock.advance(60)
    await fed(usage, clock, 1, cpu=7.0)
    assert usage.trend("a").cpu == (*(None,) * 55, 2.5, 8.5, None, None, 7.0)
    await clock.advance(1800)
    assert usage.trend("a").cpu == (None,) * 60
    await fed(usage, clock, 1, cpu=1.0)
    assert usage.trend("a").cpu == (*(None,) * 59, 1.0)
    assert usage.trend("never seen").cpu == ()


async def test_a_flood_of_samples_and_a_clock_put_back_do_no_harm() -> None:
    clock = ManualClock()
    usage = usage_on(clock)
    usage.take("a", STATS)
    for _ in range(1000):
        usage.take("a", replace(STATS, cpu=99.0))
    assert usage.trend("a").cpu[-1] == 12.3
    await fed(usage, clock, 10)
    clock._start -= timedelta(hours=5)
    await fed(usage, clock, 3)
    assert usage.trend("a").cpu[-1] == 12.3
    assert usage.trend("a").cpu[-4] is None


async def test_it_comes_from_the_host_and_stops_with_it(world: World) -> None:
    await world.clock.advance(60)
    world.host.down = "cut"
    await world.clock.advance(60)
    [trend] = await world.app.run(Trends())
    assert trend.cpu[-1] is None
    assert trend.cpu[-4] is not None


async def test_each_sees_those_of_the_servers_he_may_read(world: World) -> None:
    ann = await world.app.user("ann")
    other = await world.app.server("other")
    await world.clock.advance(30)
    assert await world.app.run(Trends(), ann) == ()
    await world.grant(ann, "server", "other", Level.READ)
    assert [t.server for t in await world.app.run(Trends(), ann)] == [other.id]


async def test_processes_are_live_while_somebody_looks_and_a_silent_host_says_why(world: World) -> None:
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "server.top", target="host")
    await world.clock.advance(1)
    [first] = tab.last(1)["data"]
    assert "dockerd" in [each["command"] for each in first["data"]["processes"]]
    world.host.machine.processes.clear()
    await world.clock.advance(2)
    assert tab.last(1)["data"]["processes"] == []
    world.host.down = "cut"
    await world.clock.advance(3)
    assert "cut" in tab.last(1)["data"]["reason"]
    world.host.down = ""
    await world.clock.advance(60)
    assert tab.last(1)["data"]["reason"] == ""
    await tab.send({"id": 1, "op": "unsubscribe"})
    await world.clock.settle()
    count = len(tab.frames)
    await world.clock.advance(10)
    assert len(tab.frames) == count
