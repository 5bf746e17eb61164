"""Batches: many at once, so many at a time, each permitted and recorded by itself; killed and gone on with."""

from typing import Any

import pytest

from monitor.core.caller import ANONYMOUS, Caller
from monitor.features.activity.spec import CancelActivity, GetOutput, ListActivity
from monitor.features.users.spec import UpdateUser
from monitor.kernel.activity import Activity, State
from monitor.kernel.batches import batch_operations, batch_verbs
from monitor.kernel.errors import Conflict, Invalid, NotFound, NotSignedIn
from monitor.kernel.permission import Level
from monitor.kernel.wire import from_user
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.operations.acts import Stop
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.server.spec import SERVER
from tests.core.world import World, refused


def batch(operation: str, **given: Any) -> Any:
    return from_user({"op": "deployment.batch", "operation": operation, **given}, batch_operations(DEPLOYMENT)["batch"])


def preview(operation: str, **given: Any) -> Any:
    declared = batch_operations(DEPLOYMENT)["batch_preview"]
    return from_user({"op": "deployment.batch_preview", "operation": operation, **given}, declared)


@pytest.fixture
async def webs(world: World) -> World:
    """web-1 to web-5 run, of which 4 and 5 are tagged; `api` was never deployed."""
    for number in range(1, 6):
        await world.deployment(f"web-{number}")
        if number > 3:
            await world.update(DEPLOYMENT, f"web-{number}", tags=("blue",))
        await world.do(Deploy(target=f"web-{number}"))
    await world.deployment("api")
    return world


async def children(world: World, parent: Activity) -> dict[str, Activity]:
    page = await world.app.run(ListActivity(parent=parent.id, limit=200))
    return {a.what.name: a for a in page.items if a.what}


async def output(world: World, activity: Activity, caller: Caller | None = None) -> str:
    given = (caller,) if caller else ()
    return "".join(line.text for line in await world.app.run(GetOutput(target=activity.id), *given))


def of(world: World, parent: Activity) -> list[Activity]:
    """Its open activities."""
    return [a for a in world.app.core.journal.open.values() if a.parent == parent.id]


async def test_all_that_fit_each_an_activity_of_its_own(webs: World) -> None:
    end = await webs.do(batch("restart", pattern="web-*"))
    assert (end.state, end.summary) == (State.SUCCEEDED, "restart: 5 succeeded")
    assert end.operation == "deployment.batch"
    made = await children(webs, end)
    assert sorted(made) == [f"web-{n}" for n in range(1, 6)]
    assert {(a.operation, a.state, a.parent) for a in made.values()} == {
        ("deployment.restart", State.SUCCEEDED, end.id)
    }
    said = await output(webs, end)
    assert "web-1: started\n" in said
    assert "web-1: succeeded: container is running\n" in said


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"tag": "blue"}, ["web-4", "web-5"]),
        ({"tag": "blue", "pattern": "*-5"}, ["web-5"]),
        ({"ids": ["web-1", "web-2"]}, ["web-1", "web-2"]),
        ({"ids": ["web-1", "web-4"], "tag": "blue"}, ["web-4"]),
        ({"pattern": "web-[12]"}, ["web-1", "web-2"]),
        ({"pattern": "web-?"}, [f"web-{n}" for n in range(1, 6)]),
    ],
)
async def test_what_fits(webs: World, given: dict[str, Any], names: list[str]) -> None:
    assert [one.name for one in await webs.app.run(preview("stop", **given))] == names
    assert sorted(await children(webs, await webs.do(batch("stop", **given)))) == names


async def test_so_many_at_a_time(webs: World) -> None:
    webs.host.machine.durations["restart"] = 10
    parent = await webs.app.run(batch("restart", pattern="web-*", limit=2))
    most = 0
    while parent.id in webs.app.core.journal.open:
        await webs.clock.advance(1)
        most = max(most, len(of(webs, parent)))
    assert most == 2
    assert len(await children(webs, parent)) == 5


async def test_a_parent_holds_no_lane(webs: World) -> None:
    webs.host.machine.durations["restart"] = 10
    parent = await webs.app.run(batch("restart", pattern="web-1"))
    await webs.clock.advance(1)
    assert (await webs.do(Stop(target="web-2"))).state is State.SUCCEEDED
    assert (await webs.stored(parent)).state is State.RUNNING


async def test_what_cannot_work_now_is_skipped_and_said(webs: World) -> None:
    await webs.do(Stop(target="web-2"))
    planned = {one.name: one.skipped for one in await webs.app.run(preview("stop", pattern="*"))}
    assert planned["web-1"] == ""
    assert planned["web-2"] == "it is not running"
    assert planned["api"] == "it has never been deployed"
    end = await webs.do(batch("stop", pattern="*"))
    assert (end.state, end.summary) == (State.SUCCEEDED, "stop: 4 succeeded, 2 skipped")
    assert "api: skipped: it has never been deployed\n" in await output(webs, end)


async def test_nothing_to_do_is_refused_and_leaves_no_record(webs: World) -> None:
    failure = await refused(webs, batch("start", pattern="web-*"))
    assert isinstance(failure, Conflict)
    assert "web-1: it is running already" in failure.message
    assert isinstance(await refused(webs, batch("start")), Invalid)
    assert isinstance(await refused(webs, batch("start", pattern="nothing-*")), Invalid)
    assert isinstance(await refused(webs, batch("start", ids=["absent"])), NotFound)


async def test_one_that_fails_fails_the_whole_and_is_named(webs: World) -> None:
    webs.host.machine.exits["web:1"] = 3
    end = await webs.do(batch("restart", pattern="web-[12]", limit=1))
    assert (end.state, end.error) == (State.FAILED, "restart: 2 failed (web-1, web-2)")


async def test_stop_on_failure_begins_no_more(webs: World) -> None:
    webs.host.machine.exits["web:1"] = 3
    end = await webs.do(batch("restart", pattern="web-*", limit=1, stop_on_failure=True))
    assert (end.state, end.error) == (State.FAILED, "restart: 1 failed, 4 not begun (web-1)")
    assert list(await children(webs, end)) == ["web-1"]


async def test_cancelling_it_cancels_what_runs_and_begins_no_more(webs: World) -> None:
    webs.host.machine.durations["restart"] = 60
    parent = await webs.app.run(batch("restart", pattern="web-*", limit=2))
    await webs.clock.advance(1)
    asked = await webs.app.run(CancelActivity(target=parent.id))
    assert asked.cancel_requested
    end = await webs.ended(parent)
    assert (end.state, end.error) == (State.CANCELLED, "restart: 2 cancelled or failed, 3 not begun")
    assert {a.state for a in (await children(webs, parent)).values()} == {State.CANCELLED}


async def test_it_survives_core_and_does_nothing_twice(webs: World) -> None:
    webs.host.machine.durations["restart"] = 10
    parent = await webs.app.run(batch("restart", pattern="web-*", limit=2))
    await webs.clock.advance(13)  # two have ended, two run
    await webs.app.crash()
    end = await webs.ended(parent)
    assert (end.state, end.summary) == (State.SUCCEEDED, "restart: 5 succeeded")
    page = await webs.app.run(ListActivity(parent=parent.id))
    assert len(page.items) == 5, "each ran once"


async def test_a_cancel_survives_core_too(webs: World) -> None:
    webs.host.machine.durations["restart"] = 60
    parent = await webs.app.run(batch("restart", pattern="web-*", limit=2))
    await webs.clock.advance(1)
    await webs.app.run(CancelActivity(target=parent.id))
    await webs.app.crash()
    assert (await webs.ended(parent)).state is State.CANCELLED
    assert not of(webs, parent)


async def test_what_comes_later_is_none_of_it(webs: World) -> None:
    webs.host.machine.durations["restart"] = 10
    parent = await webs.app.run(batch("restart", pattern="web-*", limit=1))
    await webs.deployment("web-6")
    assert "web-6" not in await children(webs, await webs.ended(parent))


async def test_only_what_one_may_and_nothing_he_may_not_see(webs: World) -> None:
    ann = await webs.app.user("ann")
    await webs.grant(ann, "deployment", "web-1", Level.EXECUTE)
    await webs.grant(ann, "deployment", "web-2", Level.READ)
    planned = await webs.app.run(preview("restart", pattern="*"), ann)
    assert [(one.name, one.skipped) for one in planned] == [("web-1", ""), ("web-2", "it needs 'execute' on it")]
    end = await webs.ended(await webs.app.run(batch("restart", pattern="*"), ann))
    assert (end.state, end.summary) == (State.SUCCEEDED, "restart: 1 succeeded, 1 skipped")
    assert "web-3" not in end.request + await output(webs, end, ann)
    assert isinstance(await refused(webs, batch("restart", ids=["web-3"]), ann), NotFound)
    bob = await webs.app.user("bob")
    with pytest.raises(NotFound):
        await output(webs, end, bob)
    assert isinstance(await refused(webs, batch("restart", pattern="*"), bob), Invalid), "as if there were none"


async def test_a_right_lost_in_the_middle_ends_it_there(webs: World) -> None:
    ann = await webs.app.user("ann")
    await webs.grant(ann, "deployment", "", Level.EXECUTE)
    webs.host.machine.durations["restart"] = 10
    parent = await webs.app.run(batch("restart", pattern="web-*", limit=1), ann)
    await webs.clock.advance(1)
    await webs.app.run(UpdateUser(target=ann.who.id, enabled=False))
    end = await webs.ended(parent)
    assert end.summary == "restart: 1 succeeded, 4 skipped"


async def test_nobody_asks_for_one(webs: World) -> None:
    with pytest.raises(NotSignedIn):
        await webs.app.run(batch("restart", pattern="*"), ANONYMOUS)


async def test_one_that_is_gone_by_its_turn_is_skipped(webs: World) -> None:
    webs.host.machine.durations["restart"] = 10
    parent = await webs.app.run(batch("restart", ids=["web-1", "web-2"], limit=1))
    await webs.clock.advance(1)
    await webs.do(Delete(target="web-2", container=Keep.KEEP))
    assert (await webs.ended(parent)).summary == "restart: 1 succeeded, 1 skipped"


def test_every_type_with_actions_has_it() -> None:
    """Komodo §9.1.12: one dangling reference must not end a whole run; see what is gone above."""
    verbs = batch_verbs(DEPLOYMENT)
    assert {"deploy", "pull", "start", "stop", "restart", "pause", "unpause", "kill", "remove"} <= set(verbs)
    assert not {"delete", "rename"} & set(verbs)
    assert batch_verbs(BUILD) == ("run", "push", "redeploy")
    assert batch_operations(SERVER) == {}
