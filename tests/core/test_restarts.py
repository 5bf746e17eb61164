"""Core killed at any moment, hosts away, disks full: every accepted action still has exactly one end, a true one."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from monitor.core.caller import SYSTEM
from monitor.features.activity.spec import CancelActivity
from monitor.kernel.activity import Activity, State
from monitor.kernel.errors import Unavailable
from monitor.resources.build.config import ServerBuilder
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.operations.acts import Stop
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import PublishedPort
from tests.core.faulty import FullDisk, LossyHost
from tests.core.world import World, new_world, refused


async def only_end(world: World, activity: Activity, within: float = 60) -> Activity:
    """Its end, which is written once and stays."""
    end = await world.ended(activity, within)
    await world.clock.advance(5)
    assert (await world.events(activity)).count("closed") == 1
    assert await world.stored(activity) == end
    return end


async def test_killed_while_queued_it_waits_again_in_order(world: World) -> None:
    await world.deployment("web")
    world.host.machine.durations["create"] = 5
    activities = list[Activity]()
    for _ in range(3):
        activities.append(await world.app.run(Deploy(target="web")))
        await world.clock.advance(0.0001)  # less than ids tell apart
    await world.clock.advance(1)
    await world.app.crash()
    await world.clock.settle()
    assert (await world.stored(activities[0])).state is State.RUNNING
    assert (await world.stored(activities[2])).waiting_for == f"{activities[0].id}, {activities[1].id}"
    ends = [await only_end(world, a) for a in activities]
    assert [e.state for e in ends] == [State.SUCCEEDED] * 3
    ended = [e.ended for e in ends]
    assert ended == sorted(e for e in ended if e)


async def test_killed_during_the_job_it_is_attached_again(world: World) -> None:
    await world.build("app")
    world.host.machine.durations["build"] = 30
    activity = await world.app.run(RunBuild(target="app"))
    await world.clock.advance(3)
    await world.app.crash()
    end = await only_end(world, activity)
    assert end.state is State.SUCCEEDED
    assert [(s.name, s.outcome) for s in end.steps] == [
        ("clone", "succeeded"),
        ("build", "succeeded"),
        ("inspect", "succeeded"),
    ]
    lines = await world.app.core.outputs.read(end.id, 0, 100)
    assert [x.seq for x in lines] == sorted({x.seq for x in lines})
    assert b"".join(x.data for x in lines).count(b"Step 1/1") == 1
    assert (await world.app.get(BUILD, "app")).info.version == "0.0.1"


async def test_seeing_the_steps_again_undoes_none_of_them(world: World) -> None:
    await world.build("app")
    world.host.machine.durations["build"] = 30
    activity = await world.app.run(RunBuild(target="app"))
    await world.clock.advance(3)
    before = (await world.stored(activity)).steps
    entries = len(await world.app.store.journal(limit=10_000))
    await world.app.crash()
    await world.clock.advance(1)
    assert (await world.stored(activity)).steps == before
    assert len(await world.app.store.journal(limit=10_000)) == entries


async def test_a_job_that_ended_while_core_was_dead_is_settled_once(world: World) -> None:
    await world.build("app")
    world.host.machine.durations["build"] = 3
    activity = await world.app.run(RunBuild(target="app"))
    await world.clock.advance(1)
    await world.app.stop()
    await world.clock.advance(20)
    await world.app.crash()  # a stopped core, started anew
    end = await only_end(world, activity)
    assert end.state is State.SUCCEEDED
    assert (await world.app.get(BUILD, "app")).info.version == "0.0.1"


async def test_a_graceful_stop_keeps_jobs(world: World) -> None:
    await world.deployment("web")
    await world.deployment("api")
    world.host.machine.durations["create"] = 5
    running = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    await world.app.run(CancelActivity(target=(await world.app.run(Deploy(target="api"))).id))
    queued = await world.app.run(Deploy(target="web"))
    await world.app.stop()
    assert isinstance(await _stopped(world), Unavailable)
    assert [a.state for a in await _in_store(world, running, queued)] == [State.RUNNING, State.QUEUED]
    await world.app.crash()
    assert (await only_end(world, running)).state is State.SUCCEEDED
    assert (await only_end(world, queued)).state is State.SUCCEEDED


async def test_a_graceful_stop_in_the_middle_of_a_cancel_says_nothing_untrue(world: World) -> None:
    await world.deployment("web")
    world.host.machine.durations["start"] = 50
    activity = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    world.host.down = "cable pulled"
    await world.app.run(CancelActivity(target=activity.id))
    await world.app.stop()
    world.host.down = ""
    await world.app.crash()
    end = await only_end(world, activity)
    assert end.state is State.CANCELLED
    assert end.error != "cancelled before it began"
    assert world.host.containers == {}


async def test_a_job_the_host_never_got_or_lost_is_interrupted(world: World) -> None:
    await world.deployment("web")
    world.host.machine.durations["create"] = 5
    activity = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    world.app.hosts["host"] = new = LossyHost(world.clock, "host")  # set up anew: it knows nothing
    world.host.images.add("web:1")
    await world.app.crash()
    end = await only_end(world, activity)
    assert end.state is State.INTERRUPTED
    assert "does not know this job" in end.error
    assert new.containers == {}


@pytest.mark.parametrize("ports", [(PublishedPort(container=80, host=8080),), ()])
async def test_a_killed_agent_ends_its_job_as_undone(world: World, ports: tuple[PublishedPort, ...]) -> None:
    await world.deployment("web", ports=ports)
    await world.do(Deploy(target="web"))
    old = world.host.machine.named("web")
    world.host.machine.durations["start"] = 5
    activity = await world.app.run(Deploy(target="web"))
    await world.clock.advance(2)
    world.host.crash()
    end = await only_end(world, activity)
    assert end.state is State.INTERRUPTED
    assert ("put back" if ports else "never away") in end.error
    assert world.host.machine.named("web") is old


async def test_a_host_away_for_longer_than_the_job_may_take_ends_it_and_is_only_noted_later(world: World) -> None:
    await world.build("app", time_limit=60)
    world.host.machine.durations["build"] = 50
    activity = await world.app.run(RunBuild(target="app"))
    await world.clock.advance(5)
    world.host.down = "cable pulled"
    await world.clock.advance(600)
    assert (await world.stored(activity)).state is State.RUNNING
    await world.clock.advance(65)
    end = await world.stored(activity)
    assert (end.state, end.error[:16]) == (State.INTERRUPTED, "host unreachable")
    assert "cable pulled" in end.error
    again = await world.app.run(RunBuild(target="app"))
    await world.clock.advance(1)
    assert (await world.stored(again)).state is State.FAILED, "its lane is free"
    world.host.down = ""
    await world.clock.advance(60)
    noted = await world.stored(activity)
    assert noted.state is State.INTERRUPTED
    assert "had succeeded" in noted.hint
    assert (await world.events(activity)).count("closed") == 1
    assert (await world.app.get(BUILD, "app")).info.version == "0.0.0", "a late success changes nothing"


async def test_a_host_that_hangs_without_a_word_ends_it_too(world: World) -> None:
    world.app.hosts["quiet"] = quiet = LossyHost(world.clock, "quiet")
    quiet.images.add("web:1")
    await world.app.server("quiet", quiet)
    await world.deployment("web", server="quiet")
    await world.clock.advance(1)
    quiet.silent = True
    activity = await world.app.run(Stop(target="web"))
    await world.clock.advance(300 + 590)
    assert (await world.stored(activity)).state is State.RUNNING
    await world.clock.advance(20)
    assert (await world.stored(activity)).state is State.INTERRUPTED


async def test_a_job_whose_start_was_not_confirmed_is_followed_not_given_up(world: World) -> None:
    lossy = LossyHost(world.clock, "lossy")
    await world.app.server("lossy", lossy)
    await world.clock.advance(1)
    lossy.lose_answers = True
    await world.build("app", builder=ServerBuilder(server="lossy"))
    end = await only_end(world, await world.app.run(RunBuild(target="app")))
    assert end.state is State.SUCCEEDED
    assert (await world.app.get(BUILD, "app")).info.version == "0.0.1"
    assert lossy.machine.images == {"app:0.0.1", "app:latest"}, "started three times, it ran once"


@pytest.fixture
async def full(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path, FullDisk()) as made:
        yield made


def disk(world: World) -> FullDisk:
    assert isinstance(world.app.store, FullDisk)
    return world.app.store


async def test_a_success_waits_for_a_full_disk(full: World) -> None:
    await full.build("app")
    full.host.machine.durations["build"] = 3
    activity = await full.app.run(RunBuild(target="app"))
    await full.clock.advance(1)
    disk(full).full = True
    await full.clock.advance(30)
    assert disk(full).refused
    assert activity.id in full.app.core.journal.open
    disk(full).full = False
    end = await only_end(full, activity)
    assert end.state is State.SUCCEEDED
    assert [s.outcome for s in end.steps] == ["succeeded"] * 3, "no step is lost either"
    assert b"Successfully built" in b"".join(x.data for x in await full.app.core.outputs.read(end.id, 0, 100))
    assert (await full.app.get(BUILD, "app")).info.version == "0.0.1"


async def test_a_failure_waits_for_a_full_disk(full: World) -> None:
    await full.deployment("web")
    full.host.machine.durations["create"] = 3
    full.host.machine.exits["web:1"] = 1
    activity = await full.app.run(Deploy(target="web"))
    await full.clock.advance(1)
    disk(full).full = True
    await full.clock.advance(30)
    disk(full).full = False
    assert (await only_end(full, activity)).state is State.FAILED


async def test_what_the_store_refuses_was_never_accepted(full: World) -> None:
    await full.deployment("web")
    disk(full).full = True
    assert isinstance(await refused(full, Deploy(target="web")), Unavailable)
    assert full.app.core.journal.open == {}
    disk(full).full = False
    assert (await full.do(Deploy(target="web"))).state is State.SUCCEEDED, "and holds no lane"


async def test_killed_at_any_moment_a_build_has_one_end(tmp_path: Path) -> None:
    """Every round of the event loop is a moment; core is killed in one of them, another one in each world."""
    ends = set[State]()
    rounds, moment = 1000, 0
    while moment < rounds:
        async with new_world(tmp_path) as world:
            await world.build("app")
            world.host.machine.durations |= {"clone": 1, "build": 2}
            activity = await _accepted(world)
            lived = await _live(world, moment)
            rounds = min(rounds, lived if lived < moment else rounds)
            await world.app.crash()
            end = await only_end(world, activity)
            ends.add(end.state)
            raised = (await world.app.get(BUILD, "app")).info.version
            assert raised == ("0.0.1" if end.state is State.SUCCEEDED else "0.0.0"), f"killed at {moment}"
            assert end.state in (State.SUCCEEDED, State.INTERRUPTED)
        moment += 3
    assert ends == {State.SUCCEEDED, State.INTERRUPTED}


@pytest.mark.parametrize("agent_too", [False, True])
async def test_killed_at_any_moment_a_deploy_leaves_one_container(tmp_path: Path, agent_too: bool) -> None:
    rounds, moment = 1000, 0
    while moment < rounds:
        async with new_world(tmp_path) as world:
            await world.deployment("web")
            await world.do(Deploy(target="web"))
            world.host.machine.durations |= {"create": 1, "park": 1, "start": 1}
            activity = await world.app.run(Deploy(target="web"))
            lived = await _live(world, moment)
            rounds = min(rounds, lived if lived < moment else rounds)
            if agent_too:
                world.host.crash()
            await world.app.crash()
            end = await only_end(world, activity)
            [left] = world.host.containers.values()
            assert (left.view.name, left.view.state) == ("web", "running")
            assert end.state in (State.SUCCEEDED, State.INTERRUPTED)
            new = dict(left.view.labels)["monitor.activity"] == end.id
            assert new == (end.state is State.SUCCEEDED), f"killed at {moment}: {end}"
            info = (await world.app.get(DEPLOYMENT, "web")).info
            assert (info.activity == end.id) == new
        moment += 5


async def test_killed_at_any_moment_a_delete_is_whole(tmp_path: Path) -> None:
    for moment in range(0, 200, 4):
        async with new_world(tmp_path) as world:
            await world.deployment("web")
            await world.do(Deploy(target="web"))
            world.host.machine.durations["remove"] = 1
            activity = await world.app.run(Delete(target="web", container=Keep.REMOVE))
            await _live(world, moment)
            await world.app.crash()
            end = await only_end(world, activity)
            gone = world.app.core.parts.catalog.find("deployment", "web") is None
            assert gone == (end.state is State.SUCCEEDED)
            if gone:
                assert world.host.containers == {}


async def _accepted(world: World) -> Activity:
    return await world.app.run(RunBuild(target="app"), SYSTEM)


async def _live(world: World, rounds: int) -> int:
    """Let core live for so many rounds of the event loop, or until it has nothing left to do; how many it lived."""
    quiet = 0
    for lived in range(rounds):
        await world.clock.sleep(0)
        quiet += 1
        if not world.app.core.journal.open:
            return lived
        if quiet == 25:  # as much as any chain of tasks needs to wait for the clock again
            await world.clock.advance(0.5)
            quiet = 0
    return rounds


async def _stopped(world: World) -> Unavailable:
    with pytest.raises(Unavailable) as refusal:
        await world.app.run(Deploy(target="web"))
    return refusal.value


async def _in_store(world: World, *activities: Activity) -> list[Activity]:
    await world.app.store.open()
    docs = [await world.app.store.get("activity", a.id) for a in activities]
    await world.app.store.close()
    return [msgspec.json.decode(d.body, type=Activity) for d in docs if d]
