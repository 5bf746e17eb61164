"""The queue: builds of one builder take turns, say where they stand, and keep their order through anything."""

from typing import Any

import pytest

from monitor.abilities.git.calls import GitSource
from monitor.core.caller import SYSTEM
from monitor.features.activity.spec import CancelActivity
from monitor.kernel.activity import Activity, State, Turn
from monitor.kernel.standard import standard_operations
from monitor.resources.build.config import ServerBuilder
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.server.spec import SERVER
from tests.core.world import World


def source(name: str, **more: Any) -> GitSource:
    return GitSource(url=f"https://git.example/{name}", **more)


@pytest.fixture
async def builds(world: World) -> World:
    """one to five, each of a repository of its own, each ten seconds long."""
    for name in ("one", "two", "three", "four", "five"):
        await world.build(name, source=source(name))
    world.host.machine.durations["build"] = 10
    return world


async def other(world: World) -> None:
    """A second builder."""
    await world.app.server("other")
    await world.update(SERVER, "other", config={"build_slots": 2})
    machine = world.app.simulated("other").machine
    machine.durations["build"] = 10
    machine.repositories["https://git.example/one"] = {"main": "a" * 40, "next": "b" * 40}
    await world.clock.advance(1)


async def run(world: World, *names: str) -> list[Activity]:
    activities = [await world.app.run(RunBuild(target=name)) for name in names]
    await world.clock.advance(0.5)
    return activities


async def states(world: World, activities: list[Activity]) -> list[State]:
    return [(await world.now(a)).state for a in activities]


async def test_each_says_where_it_stands(builds: World) -> None:
    asked = await run(builds, "one", "two", "three", "four")
    builder = (await builds.app.get(SERVER, "host")).id
    assert (await builds.stored(asked[0])).turn is None
    assert [(await builds.stored(a)).turn for a in asked[1:]] == [Turn("builder", builder, n, 3) for n in (1, 2, 3)]
    assert (await builds.stored(asked[3])).waiting_for == ", ".join(a.id for a in asked[:3])
    await builds.app.run(CancelActivity(target=asked[1].id))
    assert [(await builds.now(a)).turn for a in asked[2:]] == [Turn("builder", builder, n, 2) for n in (1, 2)]
    end = await builds.ended(asked[3])
    assert (end.state, end.turn, end.waiting_for) == (State.SUCCEEDED, None, "")
    begun = [(await builds.stored(a)).started for a in (asked[0], asked[2], asked[3])]
    assert begun == sorted(b for b in begun if b)


async def test_a_builder_takes_as_many_as_its_server_says(builds: World) -> None:
    asked = await run(builds, "one", "two", "three", "four")
    assert await states(builds, asked) == [State.RUNNING, *[State.QUEUED] * 3]
    await builds.update(SERVER, "host", config={"build_slots": 3})
    await builds.clock.advance(0.5)
    assert await states(builds, asked) == [*[State.RUNNING] * 3, State.QUEUED]
    await builds.update(SERVER, "host", config={"build_slots": 1})
    asked += await run(builds, "five")
    assert [(await builds.now(a)).turn.place for a in asked[3:]] == [1, 2]  # type: ignore[union-attr] - both wait


async def test_the_order_outlives_core(builds: World) -> None:
    asked = await run(builds, "one", "two", "three", "four", "five")
    before = [(await builds.stored(a)).turn for a in asked]
    await builds.app.crash()
    await builds.clock.settle()
    assert [(await builds.stored(a)).turn for a in asked] == before
    ends = [await builds.ended(a, within=120) for a in asked]
    assert [e.state for e in ends] == [State.SUCCEEDED] * 5
    begun = [e.started for e in ends]
    assert begun == sorted(b for b in begun if b)


async def test_one_is_cancelled_while_it_waits_and_one_while_it_runs(builds: World) -> None:
    first, second, third = await run(builds, "one", "two", "three")
    await builds.app.run(CancelActivity(target=second.id))
    end = await builds.now(second)
    assert (end.state, end.error, end.steps) == (State.CANCELLED, "cancelled before it began", ())
    await builds.clock.advance(2)
    await builds.app.run(CancelActivity(target=first.id))
    await builds.clock.advance(2)
    assert (await builds.stored(first)).state is State.CANCELLED
    assert (await builds.app.get(BUILD, "one")).info.version == "0.0.0"
    assert (await builds.stored(third)).state is State.RUNNING


async def test_builds_of_one_source_take_turns_on_whatever_builder(builds: World) -> None:
    await other(builds)
    await builds.build("same", source=source("one.git"), builder=ServerBuilder(server="other"))
    await builds.build("branch", source=source("one", branch="next"), builder=ServerBuilder(server="other"))
    asked = await run(builds, "one", "same", "branch")
    assert await states(builds, asked) == [State.RUNNING, State.QUEUED, State.RUNNING]
    assert (await builds.stored(asked[1])).turn == Turn("source", "", 1, 1)
    await builds.ended(asked[0])
    assert (await builds.ended(asked[1])).state is State.SUCCEEDED


async def test_those_that_may_run_beside_others_do(builds: World) -> None:
    await other(builds)
    await builds.build("same", source=source("one"), builder=ServerBuilder(server="other"), beside_same_source=True)
    assert await states(builds, await run(builds, "one", "same")) == [State.RUNNING] * 2


async def test_one_build_never_runs_twice_at_a_time(builds: World) -> None:
    await builds.update(SERVER, "host", config={"build_slots": 5})
    await builds.update(BUILD, "one", config={"beside_same_source": True})
    asked = await run(builds, "one", "one")
    assert await states(builds, asked) == [State.RUNNING, State.QUEUED]
    assert [(await builds.ended(a)).summary.split()[1] for a in asked] == ["one:0.0.1", "one:0.0.2"]


async def test_what_is_moved_while_it_waits_waits_where_it_belongs(builds: World) -> None:
    await other(builds)
    await builds.update(SERVER, "other", config={"build_slots": 1})
    await builds.update(BUILD, "five", config={"builder": {"kind": "server", "server": "other"}})
    first, second, elsewhere = await run(builds, "one", "two", "five")
    await builds.update(BUILD, "two", config={"builder": {"kind": "server", "server": "other"}})
    await builds.clock.advance(5)
    await builds.app.run(CancelActivity(target=first.id))
    await builds.clock.advance(1)
    there = (await builds.app.get(SERVER, "other")).id
    waits = await builds.stored(second)
    assert (waits.state, waits.turn) == (State.QUEUED, Turn("builder", there, 1, 1))
    await builds.ended(elsewhere)
    assert (await builds.ended(second)).state is State.SUCCEEDED


async def test_what_comes_in_bursts_and_is_the_same_waits_once(builds: World) -> None:
    async def push(name: str) -> Activity:
        return (await builds.app.core.dispatcher.run(SYSTEM, RunBuild(target=name), once=True)).value

    burst = [await push("one") for _ in range(50)]
    await builds.clock.advance(0.5)
    burst += [await push("one") for _ in range(50)]
    assert len({a.id for a in burst}) == 2
    assert (await push("two")).id not in {a.id for a in burst}
    assert (await builds.ended(burst[-1])).summary.startswith("built one:0.0.2 ")


async def test_renamed_while_it_runs_it_ends_under_the_name_it_began_with(builds: World) -> None:
    (activity,) = await run(builds, "one")
    await builds.update(BUILD, "one", name="uno")
    end = await builds.ended(activity)
    assert (end.state, end.summary.split()[1]) == (State.SUCCEEDED, "one:0.0.1")
    (again,) = await run(builds, "uno")
    assert (await builds.ended(again)).summary.split()[1] == "uno:0.0.2"


async def test_a_copy_begins_with_no_version_and_takes_turns_with_its_source(builds: World) -> None:
    await builds.ended((await run(builds, "one"))[0])
    copy: Any = standard_operations(BUILD)["copy"]
    made = await builds.app.run(copy(target="one", name="copy"))
    assert (made.info.version, made.info.image, made.config) == (
        "0.0.0",
        "",
        (await builds.app.get(BUILD, "one")).config,
    )
    asked = await run(builds, "one", "copy")
    assert await states(builds, asked) == [State.RUNNING, State.QUEUED]
    assert (await builds.ended(asked[1])).summary.split()[1] == "copy:0.0.1"
