"""Weak points of deployments in another product, each impossible here: what becomes of a run that something happens to.

Those that need a real Docker are in tests/abilities/test_weak_points.py.
"""

import pytest

from monitor.features.activity.spec import CancelActivity, GetOutput
from monitor.kernel.activity import Activity, State
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.rename import Rename
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.testing.script import Script
from tests.core.world import IMAGE, World

PRINTED = "fetching the first half\n"


async def pulling(world: World, *, seconds: float) -> Activity:
    """A deploy whose pull has printed something and takes so long."""
    await world.deployment("web", pull=True)
    world.host.machine.registry.add(IMAGE)
    world.host.machine.scripts["pull", IMAGE] = Script(pieces=lambda: ((0, PRINTED.encode()), (seconds, b"done\n")))
    activity: Activity = await world.app.run(Deploy(target="web"))
    await world.clock.advance(2)
    return activity


async def output(world: World, activity: Activity) -> str:
    lines = await world.app.run(GetOutput(target=activity.id))
    return "".join(line.text for line in lines)


async def test_a_cancel_does_not_throw_the_output_away(world: World) -> None:
    activity = await pulling(world, seconds=600)
    await world.app.run(CancelActivity(target=activity.id))
    end = await world.ended(activity)
    assert (end.state, end.steps[-1].outcome) == (State.CANCELLED, "cancelled")
    assert await output(world, end) == PRINTED
    world.host.machine.scripts.clear()
    assert (await world.do(Deploy(target="web"))).state is State.SUCCEEDED, "it does not stay busy"


async def test_a_time_limit_does_not_throw_the_output_away(world: World) -> None:
    activity = await pulling(world, seconds=100_000)
    limit = (await world.stored(activity)).time_limit
    assert 0 < limit < 3600, "a deploy has one"
    await world.clock.advance(limit - 10)
    end = await world.ended(activity)
    assert end.state is State.FAILED
    assert "time limit" in end.error
    assert await output(world, end) == PRINTED


async def test_a_restart_of_core_in_the_middle_of_a_run_loses_neither_the_run_nor_those_that_wait(
    world: World,
) -> None:
    running = await pulling(world, seconds=20)
    waiting = await world.app.run(Deploy(target="web"))
    await world.app.crash()
    ends = [await world.ended(activity) for activity in (running, waiting)]
    assert [end.state for end in ends] == [State.SUCCEEDED] * 2
    assert all(end.ended for end in ends)
    assert await output(world, running) == PRINTED + "done\n"
    assert (await world.app.get(DEPLOYMENT, "web")).info.activity == waiting.id


@pytest.mark.parametrize("seconds", [11, 60])
async def test_silence_is_not_taken_for_failure(world: World, seconds: float) -> None:
    """A network cut for longer than ten seconds, while the host goes on with its work."""
    activity = await pulling(world, seconds=120)
    world.host.down = "no route to host"
    await world.clock.advance(seconds)
    assert (await world.stored(activity)).state is State.RUNNING
    world.host.down = ""
    end = await world.ended(activity, 200)
    assert end.state is State.SUCCEEDED
    assert await output(world, end) == PRINTED + "done\n"


async def test_a_run_is_written_down_under_its_id_whatever_it_is_called_by_then(world: World) -> None:
    activity = await pulling(world, seconds=20)
    renamed = await world.app.run(Rename(target="web", name="shop"))
    await world.update(DEPLOYMENT, "web", description="the shop")
    assert (await world.ended(activity)).state is State.SUCCEEDED
    assert (await world.ended(renamed)).state is State.SUCCEEDED
    shop = await world.app.get(DEPLOYMENT, "shop")
    assert (shop.info.activity, shop.description) == (activity.id, "the shop")
    assert {c.view.name: c.view.state for c in world.host.containers.values()} == {"shop": "running"}
