"""Schedules: any action by the clock, as whoever switched it on, with the rights he has then; said where it is not."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from monitor.core.caller import SYSTEM, Caller
from monitor.features.activity.spec import GetActivity, ListActivity
from monitor.features.users.spec import UpdateUser
from monitor.kernel.activity import Activity, State, What
from monitor.kernel.asked import AskedAction
from monitor.kernel.errors import Forbidden, Invalid, MonitorError
from monitor.kernel.permission import HostPower, Level, Right
from monitor.kernel.recurring import DueEnd
from monitor.kernel.standard import standard_operations
from monitor.kernel.when import When
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.schedule.spec import SCHEDULE, PreviewSchedule, RunSchedule, ScheduleConfig
from tests.core.faulty import Dying
from tests.core.world import World, new_world, updating

HOUR = 3600.0
RESTART = AskedAction(operation="deployment.restart", target="web")


async def schedule(world: World, caller: Caller = SYSTEM, **config: Any) -> Any:
    """One that restarts `web` every hour unless it says otherwise."""
    given = {"does": RESTART, "when": When(cron="0 * * * *"), "enabled": True, **config}
    return await world.app.create(SCHEDULE, "hourly", ScheduleConfig(**given), caller)


async def shown(world: World, name: str = "hourly") -> Any:
    return await world.app.get(SCHEDULE, name)


async def runs(world: World) -> list[Activity]:
    """What was begun or refused by schedules, oldest first."""
    return [a for a in await world.activities() if a.origin == "schedule" and not a.parent][::-1]


async def refusal(world: World, caller: Caller, **config: Any) -> MonitorError:
    with pytest.raises(MonitorError) as refused:
        await schedule(world, caller, **config)
    return refused.value


@pytest.fixture
async def web(world: World) -> Any:
    made = await world.deployment("web")
    await world.do(Deploy(target="web"))
    return made


@pytest.fixture
async def bea(world: World, web: Any) -> Caller:
    """May restart `web` and make schedules."""
    caller = await world.app.user("bea")
    await world.grant(caller, "deployment", web.id, Level.EXECUTE)
    await world.grant(caller, "schedule", "", rights=(Right.CREATE,))
    return caller


async def test_it_runs_as_who_switched_it_on_and_says_which_schedule_it_was(world: World, bea: Caller) -> None:
    made = await schedule(world, bea)
    assert made.names == {made.config.does.target: "web"}
    await world.clock.advance(HOUR)
    (run,) = await runs(world)
    assert (run.operation, run.state, run.who.name) == ("deployment.restart", State.SUCCEEDED, "bea")
    assert run.cause == What("schedule", made.id, "hourly")
    now = await shown(world)
    assert (now.status.state, now.status.runs_as, now.status.last.outcome) == ("on", "bea", DueEnd.SUCCEEDED)
    assert now.status.next.hour == 2
    assert now.revision == made.revision


async def test_off_by_default(world: World, web: Any) -> None:
    await schedule(world, enabled=False)
    await world.clock.advance(2 * HOUR)
    assert await runs(world) == []
    assert (await shown(world)).status.next is None
    await world.update(SCHEDULE, "hourly", config={"enabled": True})
    await world.clock.advance(HOUR)
    assert len(await runs(world)) == 1


async def test_a_batch_takes_what_fits_then(world: World, web: Any) -> None:
    does = AskedAction(operation="deployment.batch", parameters={"operation": "restart", "pattern": "*"})
    made = await schedule(world, does=does)
    await world.deployment("api")
    await world.do(Deploy(target="api"))
    await world.clock.advance(HOUR)
    (run,) = await runs(world)
    assert (run.state, run.summary) == (State.SUCCEEDED, "restart: 2 succeeded")
    children = [a for a in await world.activities() if a.parent == run.id]
    assert {a.cause for a in children} == {What("schedule", made.id, "hourly")}


@pytest.mark.parametrize(
    ("does", "field"),
    [
        (AskedAction(operation="deployment.get", target="web"), "config.does.operation"),
        (AskedAction(operation="deployment.update", target="web"), "config.does.operation"),
        (AskedAction(operation="deployment.terminal", target="web"), "config.does.operation"),
        (AskedAction(operation="deployment.dance", target="web"), "config.does.operation"),
        (AskedAction(operation="deployment.restart"), "config.does.target"),
        (AskedAction(operation="deployment.restart", target="gone"), "config.does.target"),
        (AskedAction(operation="deployment.batch", target="web"), "config.does.target"),
        (
            AskedAction(operation="deployment.restart", target="web", parameters={"timeout": "long"}),
            "config.does.parameters.timeout",
        ),
        (
            AskedAction(operation="deployment.restart", target="web", parameters={"target": "api"}),
            "config.does.parameters.target",
        ),
        (
            AskedAction(operation="deployment.restart", target="web", parameters={"speed": 1}),
            "config.does.parameters.speed",
        ),
    ],
)
async def test_what_cannot_be_asked_for_is_refused_by_field(
    world: World, web: Any, does: AskedAction, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await schedule(world, does=does)
    assert [one.path for one in refused.value.fields] == [field]


async def test_who_may_not_do_it_may_not_have_it_done(world: World, web: Any, bea: Caller) -> None:
    await world.grant(bea, "deployment", web.id, Level.READ)
    assert isinstance(await refusal(world, bea), Forbidden)
    hidden = await world.deployment("hidden")
    for ref in ("hidden", hidden.id, "absent"):
        refused = await refusal(world, bea, does=AskedAction(operation="deployment.restart", target=ref))
        assert refused.message == f"config.does.target: there is no deployment {ref!r}"


async def test_who_lacks_its_host_powers_may_not_have_it_run_code(world: World, bea: Caller) -> None:
    made = await world.deployment("root", privileged=True)
    await world.grant(bea, "deployment", made.id, Level.WRITE)
    roll_back = AskedAction(operation="deployment.roll_back", target="root", parameters={"release": 1})
    refused = await refusal(world, bea, does=roll_back)
    assert isinstance(refused, Forbidden)
    assert "privileged" in refused.message
    await world.grant(bea, "server", "host", Level.EXECUTE, powers=(HostPower.PRIVILEGED,))
    assert await schedule(world, bea, does=roll_back)


async def test_who_changes_what_it_does_or_when_stands_for_it(world: World, bea: Caller, web: Any) -> None:
    """Nobody has another do, as him, what he did not mean: not by a word of what it does, nor of when."""
    made = await schedule(world)
    await world.grant(bea, "schedule", made.id, Level.WRITE)
    assert (await shown(world)).status.runs_as == "monitor"
    await world.update(SCHEDULE, "hourly", bea, config={"grace": 5}, description="each hour")
    assert (await shown(world)).status.runs_as == "monitor"
    await world.update(SCHEDULE, "hourly", bea, config={"when": {"cron": "30 * * * *"}})
    assert (await shown(world)).status.runs_as == "bea"
    await world.clock.advance(HOUR)
    assert [run.who.name for run in await runs(world)] == ["bea"]
    other = await world.deployment("other")
    with pytest.raises(Invalid):
        await world.update(
            SCHEDULE, "hourly", bea, config={"does": {"operation": "deployment.restart", "target": other.id}}
        )


async def test_who_may_not_do_it_can_still_switch_it_off(world: World, web: Any) -> None:
    made = await schedule(world)
    cem = await world.app.user("cem")
    await world.grant(cem, "schedule", made.id, Level.WRITE)
    await world.update(SCHEDULE, "hourly", cem, config={"enabled": False})
    assert (await shown(world)).status.state == "off"
    await world.update(SCHEDULE, "hourly", cem, config={"enabled": True})
    await world.clock.settle()
    status = (await shown(world)).status
    assert (status.state, status.runs_as) == ("blocked", "cem")
    await world.clock.advance(HOUR)
    assert [run.state for run in await runs(world)] == [State.FAILED]
    assert (await world.app.get(DEPLOYMENT, "web")).info.deployed is not None


async def test_a_right_that_is_gone_is_said_at_once_and_in_the_record(world: World, web: Any, bea: Caller) -> None:
    await schedule(world, bea)
    await world.grant(bea, "deployment", web.id, Level.READ)
    await world.clock.settle()
    status = (await shown(world)).status
    assert (status.state, status.reason) == ("blocked", "bea may not do this: it needs 'execute'")
    await world.clock.advance(HOUR)
    (refused,) = await runs(world)
    assert refused.error == "not run: deployment.restart needs 'execute' on deployment web"
    last = (await shown(world)).status.last
    assert (last.outcome, last.activity, last.reason) == (
        DueEnd.REFUSED,
        refused.id,
        "bea may not do this: it needs 'execute'",
    )
    await world.grant(bea, "deployment", web.id, Level.EXECUTE)
    await world.clock.settle()
    assert (await shown(world)).status.state == "on"


async def test_a_disabled_user_is_said(world: World, bea: Caller) -> None:
    await schedule(world, bea)
    await world.app.run(UpdateUser(target="bea", enabled=False))
    await world.clock.settle()
    assert (await shown(world)).status.reason == "bea, who switched it on, is deleted or disabled"
    await world.clock.advance(HOUR)
    (refused,) = await runs(world)
    assert (refused.who.name, refused.state) == ("bea", State.FAILED)


async def test_a_deleted_target_is_said(world: World, web: Any, bea: Caller) -> None:
    made = await schedule(world, bea)
    await world.do(Delete(target="web", container=Keep.REMOVE))
    await world.clock.settle()
    now = await shown(world)
    assert now.status.state == "blocked"
    assert now.status.reason == "what it is for is gone, or bea may not know of it any more"
    assert now.names == {}
    await world.clock.advance(HOUR)
    assert [run.cause for run in await runs(world)] == [What("schedule", made.id, "hourly")]


async def test_which_schedule_it_was_is_told_to_who_may_know_of_it(world: World, web: Any) -> None:
    made = await schedule(world)
    await world.clock.advance(HOUR)
    (run,) = await runs(world)
    cem = await world.app.user("cem")
    await world.grant(cem, "deployment", web.id, Level.READ)
    hidden = What("schedule", "", "")
    assert (await world.app.run(GetActivity(target=run.id), cem)).cause == hidden
    page = await world.app.run(ListActivity(resource=web.id), cem)
    assert [a.cause for a in page.items if a.origin == "schedule"] == [hidden]
    await world.grant(cem, "schedule", made.id, Level.READ)
    assert (await world.app.run(GetActivity(target=run.id), cem)).cause == run.cause


async def test_deleted_while_it_runs_what_runs_goes_on(world: World, web: Any) -> None:
    await schedule(world)
    world.host.machine.durations["restart"] = 100
    await world.clock.advance(HOUR)
    delete: Any = standard_operations(SCHEDULE)["delete"]
    await world.app.run(delete(target="hourly"))
    await world.clock.advance(2 * HOUR)
    assert [run.state for run in await runs(world)] == [State.SUCCEEDED]
    assert world.app.core.parts.memory.all("info.schedule") == {}


async def test_a_restart_of_core_neither_loses_nor_doubles(world: World, web: Any) -> None:
    await schedule(world)
    for _ in range(3):
        await world.clock.advance(HOUR / 2)
        await world.app.crash()
    await world.clock.advance(HOUR)
    assert [run.created.hour for run in await runs(world)] == [1, 2]


@pytest.fixture
async def dying(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path, Dying()) as made:
        yield made


@pytest.mark.parametrize("commits", range(1, 6))
async def test_killed_as_it_begins_it_happens_once(dying: World, commits: int) -> None:
    store = dying.app.store
    assert isinstance(store, Dying)
    await dying.deployment("web")
    await dying.do(Deploy(target="web"))
    await schedule(dying)
    await dying.clock.advance(HOUR - 10)
    store.left = commits
    await dying.clock.advance(11)
    store.left = None
    await dying.app.crash()
    await dying.clock.advance(60)
    assert [run.state for run in await runs(dying)] == [State.SUCCEEDED]
    assert [one.outcome for one in (await shown(dying)).info.occasions] == [DueEnd.SUCCEEDED]


async def test_a_preview_by_the_time_it_is(world: World) -> None:
    found = await world.app.run(PreviewSchedule(cron="0 3 * * *", zone="Asia/Kolkata"))
    assert found.text == "Every day at 03:00 Asia/Kolkata"
    assert found.moments[0].isoformat() == "2026-01-01T21:30:00+00:00"


async def test_another_core_time_zone_or_rule_changes_nothing_that_was(world: World, web: Any) -> None:
    await schedule(world)
    await world.clock.advance(HOUR)
    await world.update(SCHEDULE, "hourly", config={"when": {"cron": "0 * * * *", "zone": "Asia/Kolkata"}})
    await world.clock.settle()
    now = await shown(world)
    assert len(now.info.occasions) == 1
    assert now.status.next.minute == 30


async def test_what_it_names_changes_with_its_name(world: World, web: Any) -> None:
    await schedule(world)
    await world.update(DEPLOYMENT, "web", name="site")
    now = await shown(world)
    assert now.names == {now.config.does.target: "site"}


def test_an_update_names_its_fields() -> None:
    with pytest.raises(Invalid) as refused:
        updating(SCHEDULE, "hourly", config={"does": {"operation": "nonsense"}})
    assert refused.value.fields[0].path == "config.does.operation"


async def test_run_now_is_the_action_itself_asked_by_whoever_asks(world: World, web: Any) -> None:
    made = await schedule(world, enabled=False)
    ben = await world.app.user("ben")
    await world.grant(ben, "schedule", made.id, Level.READ)
    await world.grant(ben, "deployment", web.id, Level.READ)
    with pytest.raises(Forbidden, match="needs 'execute' on deployment web"):
        await world.app.run(RunSchedule(target="hourly"), ben)
    await world.grant(ben, "deployment", web.id, Level.EXECUTE)
    begun: Activity = await world.app.run(RunSchedule(target="hourly"), ben)
    ended = await world.ended(begun)
    assert (ended.operation, ended.state, ended.who.name) == ("deployment.restart", State.SUCCEEDED, "ben")
    assert (ended.origin, ended.cause and ended.cause.name) == (ben.origin, "hourly")
    assert (await shown(world)).info.occasions == ()  # what is due, and was, stays as it is


async def test_a_copy_is_switched_off_and_runs_as_who_switches_it_on(world: World, web: Any) -> None:
    await schedule(world)
    copy = standard_operations(SCHEDULE)["copy"]
    await world.app.run(copy(target="hourly", name="again"))
    copied = await shown(world, "again")
    assert (copied.config.enabled, copied.config.does.operation, copied.status.state) == (
        False,
        RESTART.operation,
        "off",
    )
    await world.clock.advance(2 * HOUR)
    assert {run.cause and run.cause.name for run in await runs(world)} == {"hourly"}
