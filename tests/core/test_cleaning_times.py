"""A server cleaned up by itself: when its rules say, as whoever set them, and recorded."""

from datetime import timedelta
from typing import Any

import pytest

from monitor.kernel.activity import State
from monitor.kernel.errors import Invalid
from monitor.kernel.permission import Level, Right
from monitor.kernel.recurring import DueEnd
from monitor.resources.server.operations.clean_up import CleanUpNow, CleanUpTimes, ShowCleanUpTimes
from monitor.resources.server.spec import SERVER
from monitor.store.contract import Where
from monitor.testing.things import SimulatedImage
from tests.core.world import World, updating

EACH_MINUTE = {"unused_images": 1, "cron": "* * * * *"}


async def runs(world: World) -> list[Any]:
    where = [Where(path="operation", equals="server.clean_up")]
    found, _ = await world.app.core.journal.find(where, cursor="", limit=20)
    return list(found)


async def times(world: World) -> CleanUpTimes:
    return await world.app.run(ShowCleanUpTimes(target="host"))


async def litter(world: World) -> None:
    machine = world.host.machine
    machine.images.add("old:1")
    machine.described["old:1"] = SimulatedImage(10**9, world.clock.now() - timedelta(days=90))


async def test_it_runs_when_the_rules_say_as_who_set_them(world: World) -> None:
    await litter(world)
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.WRITE, (Right.UNMANAGED,))
    await world.app.run(updating(SERVER, "host", config={"clean_up": EACH_MINUTE}), ann)
    await world.clock.advance(2)
    assert (await times(world)).runs_as == "ann"
    assert not await runs(world)
    await world.clock.advance(62)
    (run,) = await runs(world)
    assert (run.who.name, run.origin, run.state) == ("ann", "clean_up", State.SUCCEEDED)
    assert run.summary == "freed 1 GB: removed 1 image (1 GB)"
    assert "old:1" not in world.host.images
    told = await times(world)
    assert (told.last[0].outcome, told.last[0].activity) == (DueEnd.SUCCEEDED, run.id)
    assert told.next is not None


async def test_it_stops_when_that_person_loses_the_right_and_says_so(world: World) -> None:
    await litter(world)
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.WRITE)
    await world.app.run(updating(SERVER, "host", config={"clean_up": EACH_MINUTE}), ann)
    await world.clock.advance(62)
    (run,) = await runs(world)
    assert run.state is State.FAILED
    assert "unmanaged" in run.error
    assert "unmanaged" in (await times(world)).blocked
    assert "old:1" in world.host.images


@pytest.mark.parametrize(
    "rules", [{"cron": ""}, {"cron": "every night"}, {"cron": "0 3 * * *", "zone": "Mars/Olympus"}]
)
async def test_times_that_never_come_are_refused(world: World, rules: dict[str, str]) -> None:
    given = {"unused_images": 1, **rules}
    if not rules["cron"]:
        await world.update(SERVER, "host", config={"clean_up": given})
        await world.clock.advance(200)
        assert not await runs(world)
        return
    with pytest.raises(Invalid):
        await world.update(SERVER, "host", config={"clean_up": given})


async def test_a_disabled_server_is_left_alone(world: World) -> None:
    await world.update(SERVER, "host", config={"clean_up": EACH_MINUTE, "enabled": False})
    await world.clock.advance(130)
    assert not await runs(world)
    assert (await times(world)).next is None


async def test_one_that_finds_nothing_says_so_where_it_stands_and_leaves_no_activity(world: World) -> None:
    await world.update(SERVER, "host", config={"clean_up": EACH_MINUTE})
    await world.clock.advance(182)
    told = await times(world)
    assert [(one.outcome, one.activity) for one in told.last] == [(DueEnd.IDLE, "")] * 3
    assert not await runs(world)
    asked = await world.do(CleanUpNow(target="host"))  # but what a person asks for is recorded
    assert (asked.state, asked.summary) == (State.SUCCEEDED, "there was nothing to clean up")
    assert [run.id for run in await runs(world)] == [asked.id]
    await litter(world)
    await world.clock.advance(60)
    assert (await times(world)).last[0].outcome is DueEnd.SUCCEEDED


async def test_a_host_that_is_away_when_it_is_due_is_recorded(world: World) -> None:
    await world.update(SERVER, "host", config={"clean_up": EACH_MINUTE})
    await world.clock.advance(2)
    world.host.down = "it is away"
    await world.clock.advance(62)
    assert (await times(world)).last[0].outcome in (DueEnd.FAILED, DueEnd.BEGUN)
    assert await runs(world)
