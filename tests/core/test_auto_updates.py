"""Automatic updates: only where they were asked for, only inside their window, once, as whoever asked for them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import structs

from monitor.core.caller import Caller
from monitor.features.users.spec import UpdateUser
from monitor.kernel.activity import Activity, State
from monitor.kernel.errors import Invalid
from monitor.kernel.permission import Level
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.fields.updates import DailyUpdate
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, Volume
from tests.core.test_updates import HOURS, NEW, NEWER, OLD, running, shown
from tests.core.world import IMAGE, World

NIGHT = DailyUpdate(start="03:00", minutes=60)
MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
"""When the clock of the world begins, a Thursday."""


async def until(world: World, hour: float) -> None:
    """Turn the clock to this many hours after midnight of the first day; only the last minutes are lived through."""
    left = hour * HOURS - (world.clock.now() - MIDNIGHT).total_seconds()
    assert left >= 0
    world.clock.put_forward(max(0.0, left - 480))
    await world.clock.advance(min(left, 480))


async def runs(world: World, name: str = "web") -> list[Activity]:
    """What was done by itself, oldest first."""
    found = [a for a in await world.activities() if a.origin == "auto_update" and a.what and a.what.name == name]
    return found[::-1]


async def with_rule(world: World, by: Caller, **config: Any) -> Any:
    """A running deployment whose rule `by` has switched on, and a newer image."""
    made = await running(world)
    await world.grant(by, "deployment", made.id, Level.WRITE)
    config = {"auto_update": {"kind": "daily", "start": "03:00", "minutes": 60, "zone": "UTC"}, **config}
    await world.update(DEPLOYMENT, "web", by, config=config)
    await world.do(Deploy(target="web"))
    world.host.machine.tags[IMAGE] = NEW
    return made


@pytest.fixture
async def bea(world: World) -> Caller:
    return await world.app.user("bea")


async def test_it_updates_inside_its_window_as_who_switched_it_on(world: World, bea: Caller) -> None:
    await with_rule(world, bea)
    assert (await world.app.get(DEPLOYMENT, "web")).status.updates_as == "bea"
    await until(world, 2.99)
    assert await runs(world) == []
    await until(world, 3.1)
    (done,) = await runs(world)
    assert (done.state, done.who.name, done.operation) == (State.SUCCEEDED, "bea", "deployment.update_image")
    assert (await shown(world)).running == NEW
    await until(world, 27.1)
    assert len(await runs(world)) == 1


async def test_nothing_newer_changes_nothing(world: World, bea: Caller) -> None:
    await with_rule(world, bea)
    world.host.machine.tags[IMAGE] = OLD
    await until(world, 27.1)
    assert await runs(world) == []


async def test_what_comes_up_inside_the_window_waits_for_nothing(world: World, bea: Caller) -> None:
    await world.build("app")
    await world.do(RunBuild(target="app"))
    await world.deployment("web", image=BuiltImage(build="app"), auto_update=NIGHT)
    await world.do(Deploy(target="web"))
    await until(world, 3.1)
    assert await runs(world) == []
    await world.do(RunBuild(target="app"))
    await world.clock.advance(30)
    (done,) = await runs(world)
    assert done.state is State.SUCCEEDED
    assert (await shown(world)).running == "0.0.2"


async def test_a_missed_window_is_not_caught_up(world: World, bea: Caller) -> None:
    await with_rule(world, bea)
    await until(world, 1)
    await world.app.stop()
    await until(world, 5)
    await world.app.crash()
    await until(world, 12)
    assert await runs(world) == []
    await until(world, 27.2)
    assert [a.state for a in await runs(world)] == [State.SUCCEEDED]


async def test_a_weekly_window(world: World, bea: Caller) -> None:
    rule = {"kind": "weekly", "days": ["sat"], "start": "03:00", "minutes": 60, "zone": "UTC"}
    await with_rule(world, bea, auto_update=rule)
    await until(world, 2 * 24 + 2)
    assert await runs(world) == []
    await until(world, 2 * 24 + 3.1)
    assert len(await runs(world)) == 1


async def test_a_failed_update_puts_the_old_one_back_and_is_not_tried_again_for_that_digest(
    world: World, bea: Caller
) -> None:
    await with_rule(world, bea)
    world.host.machine.exits[IMAGE] = 3
    await until(world, 27.1)
    (failed,) = await runs(world)
    assert failed.state is State.FAILED
    web = await world.app.get(DEPLOYMENT, "web")
    assert web.status.state == "running"
    assert (web.status.update.running, web.status.update.newest) == (OLD, NEW)
    assert web.status.update.auto.startswith("failed: ")
    world.host.machine.exits.clear()
    world.host.machine.tags[IMAGE] = NEWER
    await until(world, 2 * 24 + 3.1)
    assert [a.state for a in await runs(world)] == [State.FAILED, State.SUCCEEDED]
    assert (await shown(world)).auto == ""


async def test_a_restart_in_the_window_neither_doubles_nor_loses(world: World, bea: Caller) -> None:
    await with_rule(world, bea)
    world.host.machine.durations["pull"] = 120
    await until(world, 3.03)
    await world.app.crash()
    await until(world, 3.9)
    assert [a.state for a in await runs(world)] == [State.SUCCEEDED]
    world.host.machine.exits[IMAGE] = 1
    world.host.machine.tags[IMAGE] = NEWER
    await until(world, 27.2)
    await world.app.crash()
    await until(world, 27.9)
    assert [a.state for a in await runs(world)] == [State.SUCCEEDED, State.FAILED]


async def test_who_lost_the_right_is_not_acted_for(world: World, bea: Caller) -> None:
    made = await with_rule(world, bea)
    await world.grant(bea, "deployment", made.id, Level.READ)
    await until(world, 3.1)
    (refused,) = await runs(world)
    assert (refused.state, refused.who.name) == (State.FAILED, "bea")
    assert refused.error.startswith("not run: deployment.update_image needs 'execute'")
    assert (await shown(world)).auto == refused.error
    await world.app.crash()
    await until(world, 3.9)
    assert len(await runs(world)) == 1
    await world.grant(bea, "deployment", made.id, Level.EXECUTE)
    await until(world, 27.1)
    assert [a.state for a in await runs(world)] == [State.FAILED, State.SUCCEEDED]


async def test_who_is_disabled_is_not_acted_for(world: World, bea: Caller) -> None:
    await with_rule(world, bea)
    await world.app.run(UpdateUser(target="bea", enabled=False))
    await until(world, 3.1)
    (refused,) = await runs(world)
    assert "bea, who switched it on, is deleted or disabled" in refused.error
    assert (await shown(world)).running == OLD


async def test_who_changes_other_things_does_not_take_the_rule_over(world: World, bea: Caller) -> None:
    await with_rule(world, bea)
    cal = await world.app.user("cal", admin=True)
    await world.update(DEPLOYMENT, "web", cal, config={"init": True})
    assert (await world.app.get(DEPLOYMENT, "web")).status.updates_as == "bea"
    rule = {"kind": "daily", "start": "04:00", "minutes": 60, "zone": "UTC"}
    await world.update(DEPLOYMENT, "web", cal, config={"auto_update": rule})
    assert (await world.app.get(DEPLOYMENT, "web")).status.updates_as == "cal"
    await world.update(DEPLOYMENT, "web", bea, config={"auto_update": {"kind": "off"}})
    assert (await world.app.get(DEPLOYMENT, "web")).status.updates_as == ""


async def test_host_powers_are_those_of_who_switched_it_on(world: World, bea: Caller) -> None:
    await with_rule(world, bea)
    await world.update(DEPLOYMENT, "web", config={"privileged": True})
    world.host.machine.tags[IMAGE] = OLD
    await world.do(Deploy(target="web"))
    world.host.machine.tags[IMAGE] = NEW
    await until(world, 3.1)
    (refused,) = await runs(world)
    assert "host powers you do not have" in refused.error
    assert (await shown(world)).running == OLD


async def test_a_config_that_waits_for_a_deploy_is_not_deployed_by_night(world: World, bea: Caller) -> None:
    await with_rule(world, bea)
    await world.update(DEPLOYMENT, "web", config={"init": True})
    await until(world, 3.1)
    (refused,) = await runs(world)
    assert "its config was changed after the last deploy" in refused.error


@pytest.mark.parametrize(
    "config",
    [
        {"volumes": (Volume(source="data", target="/data"),)},
        {"host_config": '{"Binds": ["data:/data"]}'},
        {"host_config": '{"binds": ["data:/data"]}'},
        {"host_config": '{"Mounts": [{"Type": "volume", "Source": "data", "Target": "/d"}]}'},
        {"host_config": '{"VolumesFrom": ["other"]}'},
        {"volumes": (Volume(source="/srv", target="/data"),)},
    ],
)
async def test_what_keeps_data_needs_to_be_said_twice(world: World, config: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as wrong:
        await world.deployment("db", auto_update=NIGHT, **config)
    assert wrong.value.fields[0].path == "config.auto_update_with_volumes"
    assert (await world.deployment("db", auto_update=NIGHT, auto_update_with_volumes=True, **config)).name == "db"


async def test_what_keeps_nothing_does_not(world: World) -> None:
    read = (Volume(source="data", target="/data", read_only=True),)
    assert (await world.deployment("web", auto_update=NIGHT, volumes=read)).name == "web"


async def test_a_volume_of_the_image_itself_counts_too(world: World, bea: Caller) -> None:
    """Arcane #2264: an update by itself made a database anew."""
    await with_rule(world, bea)
    world.host.machine.writing.add(IMAGE)
    await until(world, 3.1)
    (refused,) = await runs(world)
    assert "has a volume it can write to" in refused.error
    assert "auto_update_with_volumes" in refused.hint
    rule = (await world.app.get(DEPLOYMENT, "web")).config.auto_update
    assert rule == NIGHT
    await world.update(DEPLOYMENT, "web", bea, config={"auto_update_with_volumes": True})
    world.host.machine.tags[IMAGE] = OLD
    await world.do(Deploy(target="web"))
    world.host.machine.tags[IMAGE] = NEW
    await until(world, 27.1)
    assert [a.state for a in await runs(world)] == [State.FAILED, State.SUCCEEDED]


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "Mars/Olympus"])
async def test_a_zone_there_is_not_is_refused(world: World, zone: str) -> None:
    with pytest.raises(Invalid) as wrong:
        await world.deployment("web", auto_update=structs.replace(NIGHT, zone=zone))
    assert wrong.value.fields[0].path == "config.auto_update.zone"


async def test_many_are_not_all_taken_at_once(world: World) -> None:
    machine = world.host.machine
    for number in range(9):
        await running(world, f"web-{number}", image=f"web-{number}:1", auto_update=NIGHT)
        machine.tags[f"web-{number}:1"] = NEW
    machine.durations["pull"] = 300
    await until(world, 3.04)
    assert sum(a.operation == "deployment.update_image" for a in world.app.core.journal.open.values()) == 4
    await until(world, 3.9)
    assert [len(await runs(world, f"web-{number}")) for number in range(9)] == [1] * 9


async def test_what_the_window_is_too_short_for_waits_for_the_next(world: World) -> None:
    machine = world.host.machine
    for number in range(5):
        await running(world, f"web-{number}", image=f"web-{number}:1", auto_update=structs.replace(NIGHT, minutes=10))
        machine.tags[f"web-{number}:1"] = NEW
    machine.durations["pull"] = 900
    await until(world, 3.01)
    await until(world, 3.1)
    await until(world, 3.23)
    await until(world, 3.3)
    assert sum([len(await runs(world, f"web-{number}")) for number in range(5)]) == 4
    await until(world, 27.1)
    assert sum([len(await runs(world, f"web-{number}")) for number in range(5)]) == 5
