"""Conditions: containers that end, crash and fall ill, deployments, builds and deploys; whom one is told of them."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from monitor.features.alerts.spec import GetAlert
from monitor.kernel.alerts import AlertState, Severity
from monitor.kernel.errors import NotFound
from monitor.kernel.permission import Level, Right
from monitor.resources.alert_rule.conditions import Exited
from monitor.resources.alert_rule.spec import ALERT_RULE
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.operations.acts import Kill, Remove, Stop
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.server.spec import SERVER
from monitor.testing.container import SimulatedContainer
from tests.alerts.rig import alerts, current, rule, said, told
from tests.core.world import IMAGE, World


@pytest.fixture
async def web(world: World) -> SimulatedContainer:
    """The container of a deployment that runs."""
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    await world.clock.advance(1)
    container = world.host.machine.named("web")
    assert container is not None
    return container


def stray(world: World) -> SimulatedContainer:
    container = world.host.machine.create("stray", {"Image": IMAGE})
    world.host.machine.start(container)
    return container


async def test_an_alert_is_there_within_two_seconds_with_the_last_lines(world: World, web: SimulatedContainer) -> None:
    await world.update(ALERT_RULE, "container-exited", config={"lasts": 0, "calm": 0})
    web.lines += [b"starting\n", b"cannot open the database\n"]
    world.host.machine.exit(web, 1)
    await world.clock.advance(2)
    [event] = await told(world)
    alert = event.alert
    assert (alert.subject.name, alert.subject.type, alert.severity) == ("web", "deployment", Severity.CRITICAL)
    assert alert.lines == ("starting", "cannot open the database")
    assert "deployment web: ended with exit code 1" in alert.message
    assert (await current(world))[0].lines == alert.lines
    world.host.machine.start(web)
    await world.clock.advance(2)
    assert await said(world) == ["opened web container-exited", "resolved web container-exited"]
    assert "ended with exit code 1" in (await told(world))[-1].alert.message


async def test_what_was_asked_for_or_went_well_is_none(world: World, web: SimulatedContainer) -> None:
    world.host.machine.exit(web, 0)
    await world.clock.advance(120)
    world.host.machine.start(web)
    await world.clock.advance(5)
    await world.do(Stop(target="web"))
    await world.clock.advance(120)
    await world.do(Remove(target="web"))
    await world.clock.advance(300)
    assert await said(world) == []


async def test_gone_without_being_asked(world: World, web: SimulatedContainer) -> None:
    world.host.machine.remove(web)
    await world.clock.advance(70)
    assert await said(world) == ["opened web deployment-missing"]
    await world.do(Deploy(target="web"))
    await world.clock.advance(5)
    assert (await said(world))[-1] == "resolved web deployment-missing"
    opened, resolved = [event.alert.message for event in await told(world)]
    assert opened.endswith(" UTC, for 1 min")
    assert resolved.startswith(opened.removesuffix(", for 1 min") + "; over at ")


async def test_a_restart_loop_is_one_alert(world: World, web: SimulatedContainer) -> None:
    for count in range(1, 8):
        world.host.machine.change(web, restarts=count)
        await world.clock.advance(20)
    assert await said(world) == ["opened web restart-loop"]
    await world.clock.advance(900)
    assert await said(world) == ["opened web restart-loop", "resolved web restart-loop"]


async def test_what_monitor_was_asked_to_stop_is_no_loop_any_more(world: World, web: SimulatedContainer) -> None:
    for count in range(1, 4):
        world.host.machine.change(web, restarts=count)
        await world.clock.advance(5)
    assert await said(world) == ["opened web restart-loop"]
    await world.do(Stop(target="web"))
    await world.clock.advance(5)
    assert await said(world) == ["opened web restart-loop", "resolved web restart-loop"]


async def test_a_crash_long_after_a_signal_is_told(world: World, web: SimulatedContainer) -> None:
    await world.do(Kill(target="web", signal="HUP"))
    assert web.view.state == "running"
    await world.clock.advance(3600)
    world.host.machine.exit(web, 1)
    await world.clock.advance(30)
    assert await said(world) == ["opened web container-exited"]


async def test_unhealthy_and_out_of_memory(world: World, web: SimulatedContainer) -> None:
    web.lines.append(b"listening\n")
    web.health_said = "trying\n\nconnect ECONNREFUSED db:5432\n"
    world.host.machine.change(web, health="unhealthy", reason="health check failed 3 times in a row with exit code 1")
    await world.clock.advance(70)
    expected = ("listening", "health check: trying", "health check: connect ECONNREFUSED db:5432")
    assert (await told(world))[0].alert.lines == expected
    world.host.machine.change(web, health="starting", reason="")
    await world.clock.advance(200)
    assert await said(world) == ["opened web container-unhealthy"]
    world.host.machine.change(web, health="healthy")
    await world.clock.advance(70)
    world.host.machine.change(web, state="restarting", reason="exit code 137 (SIGKILL), out of memory")
    await world.clock.advance(1)
    world.host.machine.change(web, state="running", reason="")
    await world.clock.advance(599)
    assert [a.rule_name for a in await current(world)] == ["out-of-memory"]
    await world.clock.advance(30)
    assert await current(world) == []


async def test_out_of_memory_though_docker_started_it_again_at_once(world: World, web: SimulatedContainer) -> None:
    web.policy = "always"
    world.host.machine.starve(web)
    assert web.view.state == "running"
    await world.clock.advance(2)
    [alert] = await current(world)
    assert (alert.rule_name, alert.subject.name) == ("out-of-memory", "web")
    assert alert.message.startswith("deployment web: ran out of memory: it was killed, and runs again, since ")
    await world.clock.advance(300)
    world.host.machine.starve(web)
    await world.clock.advance(600)
    assert [a.id for a in await current(world)] == [alert.id], "ten minutes without another"
    await world.clock.advance(120)
    assert await current(world) == []
    assert await said(world) == ["opened web out-of-memory", "resolved web out-of-memory"]


@pytest.mark.parametrize("lasts", [20, 0])
async def test_an_end_for_want_of_memory_is_one_incident(world: World, web: SimulatedContainer, lasts: int) -> None:
    await world.update(ALERT_RULE, "container-exited", config={"lasts": lasts})
    web.policy = "no"
    world.host.machine.starve(web)
    assert web.view.state == "exited"
    await world.clock.advance(60)
    assert await said(world) == ["opened web out-of-memory"]
    ended, memory = sorted(await current(world), key=lambda alert: alert.rule_name)
    assert (memory.severity, memory.silenced_by) == (Severity.CRITICAL, "")
    assert memory.message.startswith("deployment web: ran out of memory: exit code 137 (SIGKILL), since ")
    assert (ended.rule_name, ended.silenced_by, ended.explained_as) == ("container-exited", memory.id, "oom_killed")
    await world.app.crash()
    await world.clock.advance(60)
    ann = await world.app.user("ann")
    await world.grant(ann, "deployment", "web", Level.READ)
    seen = {a.rule_name: a.silenced_by for a in await current(world, ann)}
    assert seen == {"out-of-memory": "", "container-exited": memory.id}, "also without reading the server"
    world.host.machine.start(web)
    await world.clock.advance(700)
    assert await said(world) == ["opened web out-of-memory", "resolved web out-of-memory"]


async def test_a_kill_that_is_heard_of_after_the_end_it_led_to(world: World, web: SimulatedContainer) -> None:
    await world.update(ALERT_RULE, "container-exited", config={"lasts": 0})
    world.host.machine.exit(web, 137)
    await world.clock.advance(3)
    web.policy = "no"
    world.host.machine.starve(web)
    await world.clock.advance(30)
    assert await said(world) == ["opened web container-exited", "opened web out-of-memory"]
    assert [a.rule_name for a in await current(world) if not a.silenced_by] == ["out-of-memory"]
    world.host.machine.start(web)
    await world.clock.advance(30)
    assert (await said(world))[2:] == ["resolved web container-exited"], "what people know they hear the end of"


async def test_without_the_rule_that_explained_it_an_end_is_told(world: World, web: SimulatedContainer) -> None:
    web.policy = "no"
    world.host.machine.starve(web)
    await world.clock.advance(60)
    await world.update(ALERT_RULE, "out-of-memory", config={"enabled": False})
    await world.clock.advance(5)
    assert await said(world) == [
        "opened web out-of-memory",
        "resolved web out-of-memory",
        "opened web container-exited",
    ]
    assert [(a.rule_name, a.silenced_by) for a in await current(world)] == [("container-exited", "")]


async def test_another_end_soon_after_a_kill_is_an_incident_of_its_own(world: World, web: SimulatedContainer) -> None:
    world.host.machine.change(web, out_of_memory=world.clock.now())  # a worker in it
    await world.clock.advance(30)
    world.host.machine.exit(web, 1)
    await world.clock.advance(30)
    assert await said(world) == ["opened web out-of-memory", "opened web container-exited"]
    assert [a.severity for a in await current(world) if a.rule_name == "out-of-memory"] == [Severity.WARNING]


async def test_a_restart_loop_for_want_of_memory_is_one_incident(world: World, web: SimulatedContainer) -> None:
    web.policy = "always"
    for _ in range(5):
        world.host.machine.starve(web)
        await world.clock.advance(20)
    assert await said(world) == ["opened web out-of-memory", "worse web out-of-memory"]
    memory = next(a for a in await current(world) if not a.silenced_by)
    assert "ran out of memory: it was killed, and runs again; 5 restarts in 10 min" in memory.message
    web.policy = ""
    for count in range(6, 9):  # from now on it fails by itself
        world.host.machine.change(web, restarts=count)
        await world.clock.advance(5)
    assert (await said(world))[2:] == ["opened web restart-loop"]
    await world.clock.advance(1500)
    assert await current(world) == []


async def test_out_of_memory_is_found_after_a_restart_of_core_and_not_twice(
    world: World, web: SimulatedContainer
) -> None:
    await world.update(ALERT_RULE, "out-of-memory", config={"calm": 0})
    web.policy = "always"
    await world.app.crash()
    world.host.machine.starve(web)
    await world.clock.advance(10)
    await world.app.crash()
    await world.clock.advance(90)
    await world.app.crash()
    await world.clock.advance(90)
    assert await said(world) == ["opened web out-of-memory", "resolved web out-of-memory"]


async def test_what_a_host_with_a_wrong_clock_says_of_memory_counts_when_it_says_so(
    world: World, web: SimulatedContainer
) -> None:
    for _ in range(2):
        killed = world.clock.now() - timedelta(hours=3)
        world.host.machine.change(web, out_of_memory=killed, restarts=1)
        await world.clock.advance(800)
    assert await said(world) == ["opened web out-of-memory", "resolved web out-of-memory"] * 2


async def test_failures_last_until_one_succeeds(world: World) -> None:
    await world.build("app")
    source: Any = {"url": "https://git.example/app", "branch": "gone"}
    await world.update(BUILD, "app", config={"source": source})
    for _ in range(3):
        failed = await world.do(RunBuild(target="app"))
    await world.clock.advance(1)
    assert await said(world) == ["opened app build-failed"]
    [alert] = await current(world)
    assert alert.activity == failed.id
    await world.update(BUILD, "app", config={"source": {"url": "https://git.example/app"}})
    await world.do(RunBuild(target="app"))
    await world.clock.advance(1)
    assert await said(world) == ["opened app build-failed", "resolved app build-failed"]


async def test_a_silent_server_explains_what_is_on_it(world: World, web: SimulatedContainer) -> None:
    world.host.machine.exit(web, 1)
    await world.clock.advance(60)
    assert await said(world) == ["opened web container-exited"]
    world.host.down = "cut"
    await world.clock.advance(5)
    await world.do(Deploy(target="web"))  # fails, since the server is silent
    await world.clock.advance(600)
    assert await said(world) == ["opened web container-exited", "opened host server-unreachable"]
    server = next(a for a in await current(world) if a.rule_name == "server-unreachable")
    assert {a.rule_name: a.silenced_by == server.id for a in await current(world)} == {
        "server-unreachable": False,
        "container-exited": True,
        "deploy-failed": True,
    }
    world.host.machine.start(web)  # by somebody at the host
    world.host.down = ""
    await world.clock.advance(120)
    later = (await said(world))[2:]
    assert sorted(later) == [
        "opened web deploy-failed",  # it persists
        "resolved host server-unreachable",
        "resolved web container-exited",
    ]
    assert [a.silenced_by for a in await current(world)] == [""]


async def test_what_is_gone_resolves_and_says_why(world: World, web: SimulatedContainer) -> None:
    strays = stray(world)
    await rule(world, "strays", what=Exited(unmanaged=True), lasts=0)
    world.host.machine.exit(strays, 2)
    world.host.machine.exit(web, 1)
    await world.clock.advance(60)
    assert len(await current(world)) == 3
    world.host.machine.remove(strays)
    await world.clock.advance(2)
    await world.update(ALERT_RULE, "container-exited", config={"enabled": False})
    await world.clock.advance(2)
    rules = world.app.core.parts.catalog
    found = rules.find("alert_rule", "strays")
    assert found is not None
    await world.update(ALERT_RULE, "strays", config={"what": {"kind": "exited", "any_code": True, "unmanaged": True}})
    await world.clock.advance(2)
    over = [a for a in await alerts(world) if a.state is AlertState.RESOLVED]
    assert sorted((a.subject.what or a.subject.name, a.why_resolved) for a in over) == [
        ("stray", "the container is gone"),
        ("web", "its rule does not hold there any more"),
        ("web", "its rule was changed"),
    ]
    await world.update(SERVER, "host", config={"enabled": False})
    await world.clock.advance(60)
    assert await current(world) == []


async def test_each_sees_what_he_may_read(world: World, web: SimulatedContainer) -> None:
    await rule(world, "strays", what=Exited(unmanaged=True), lasts=0)
    web.lines.append(b"secret plans\n")
    strays = stray(world)
    for container in (strays, web):
        world.host.machine.exit(container, 2)
    await world.clock.advance(1)
    ann, bob, cy = [await world.app.user(name) for name in ("ann", "bob", "cy")]
    await world.grant(ann, "deployment", "web", Level.READ)
    await world.grant(bob, "deployment", "web", Level.READ, (Right.LOGS,))
    await world.grant(cy, "server", "host", Level.READ, (Right.UNMANAGED,))
    [seen] = await current(world, ann)
    assert (seen.subject.name, seen.subject.server_name, seen.lines) == ("web", "", ())
    assert (await current(world, bob))[0].lines == ("secret plans",)
    [unmanaged] = await current(world, cy)
    assert (unmanaged.subject.what, unmanaged.lines) == ("stray", ())
    with pytest.raises(NotFound):
        await world.app.run(GetAlert(target=unmanaged.id), ann)
    await world.grant(cy, "server", "host", Level.READ)
    assert await current(world, cy) == []


async def test_core_killed_at_any_moment_loses_and_doubles_nothing(world: World, web: SimulatedContainer) -> None:
    world.host.machine.exit(web, 1)
    for seconds in (5, 30, 10):
        await world.clock.advance(seconds)
        await world.app.crash()
    await world.clock.advance(60)
    assert await said(world) == ["opened web container-exited"]
    assert len(await alerts(world)) == 1
    await world.app.crash()
    world.host.machine.start(web)
    await world.clock.advance(3)
    await world.app.crash()
    await world.clock.advance(60)
    assert await said(world) == ["opened web container-exited", "resolved web container-exited"]
    assert await current(world, pending=True) == []
    assert replace(web.view, state="running") == web.view


async def test_one_that_moves_to_another_server_leaves_nothing_behind(
    world: World, web: SimulatedContainer, caplog: pytest.LogCaptureFixture
) -> None:
    world.host.machine.exit(web, 1)
    await world.clock.advance(60)
    assert await said(world) == ["opened web container-exited"]
    await world.app.server("other")
    await world.update(DEPLOYMENT, "web", config={"server": "other"})
    await world.clock.advance(60)
    await world.update(ALERT_RULE, "container-exited", config={"enabled": False})
    machine = world.host.machine
    machine.remove(stray(world))
    await world.clock.advance(60)
    world.host.down = "connection refused"
    await world.clock.advance(120)
    assert (await said(world))[-1] == "opened host server-unreachable"
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
