"""After a build: what asks for its new version gets it, as whoever asked for that, once, whenever core is killed."""

from typing import Any

import pytest

from monitor.core.caller import SYSTEM, Caller
from monitor.core.reactions import CURSOR
from monitor.features.activity.spec import CancelActivity, GetOutput, ListActivity
from monitor.features.users.spec import UpdateUser
from monitor.kernel.activity import Activity, State
from monitor.kernel.errors import Conflict, Invalid
from monitor.kernel.permission import HostPower, Level, Right
from monitor.resources.build.operations.redeploy import ListFollowers, ListWriters, Redeploy, Writers
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.operations.acts import Stop
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, LiteralImage, Volume
from tests.core.world import World, refused


@pytest.fixture
async def ana(world: World) -> Caller:
    """Builds; sees no deployment."""
    ana = await world.app.user("ana")
    await world.build("app")
    await world.grant(ana, "build", "app", Level.EXECUTE)
    await world.do(RunBuild(target="app"))
    return ana


@pytest.fixture
async def bea(world: World, ana: Caller) -> Caller:
    """Has two deployments that ask for it, and one that does not."""
    bea = await world.app.user("bea")
    await world.grant(bea, "build", "", Level.READ)
    await world.grant(bea, "server", "", Level.EXECUTE)
    await world.grant(bea, "deployment", rights=(Right.CREATE,))
    for name, asks in (("web-1", True), ("web-2", True), ("quiet", False)):
        await world.deployment(name, bea, image=BuiltImage(build="app"), redeploy_on_build=asks)
        await world.do(Deploy(target=name))
    return bea


async def built(world: World, caller: Caller = SYSTEM) -> Activity:
    """The app's next version; everything that follows has ended."""
    activity = await world.app.run(RunBuild(target="app"), caller)
    await world.clock.advance(1)
    while world.app.core.journal.open:
        await world.clock.advance(0.25)
    return await world.stored(activity)


async def below(world: World, parent: Activity, caller: Caller = SYSTEM) -> list[Activity]:
    """What it led, oldest first."""
    page = await world.app.run(ListActivity(parent=parent.id), caller)
    return list(page.items)[::-1]


async def round_of(world: World, build: Activity) -> tuple[Activity, dict[str, Activity]]:
    """The round of redeploys that followed a build, and those by name."""
    (leading,) = await below(world, build)
    return leading, {a.what.name: a for a in await below(world, leading) if a.what}


async def version(world: World, name: str) -> str:
    return (await world.app.get(DEPLOYMENT, name)).info.version


async def test_those_that_ask_for_it_are_redeployed_as_who_switched_it_on(
    world: World, ana: Caller, bea: Caller
) -> None:
    build = await built(world, ana)
    leading, redeploys = await round_of(world, build)
    assert (leading.operation, leading.who.kind, leading.origin) == ("build.redeploy", "system", "redeploy_on_build")
    assert (leading.state, leading.summary) == (State.SUCCEEDED, "redeploys of 0.0.2: 2 succeeded")
    assert sorted(redeploys) == ["web-1", "web-2"]
    assert {(a.operation, a.who.name, a.origin) for a in redeploys.values()} == {
        ("deployment.deploy", "bea", "redeploy_on_build")
    }
    assert [await version(world, n) for n in ("web-1", "web-2", "quiet")] == ["0.0.2", "0.0.2", "0.0.1"]
    assert (await world.app.get(DEPLOYMENT, "web-1")).status.redeploys_as == "bea"


async def test_who_may_not_read_a_deployment_learns_how_many_and_no_name(
    world: World, ana: Caller, bea: Caller
) -> None:
    world.host.machine.exits["app:0.0.2"] = 3
    leading, redeploys = await round_of(world, await built(world, ana))
    assert leading.state is State.FAILED
    seen = await below(world, leading, ana)
    assert seen == []
    said = str([leading, await world.app.run(GetOutput(target=leading.id), ana)])
    assert "web-" not in said
    assert await world.app.run(ListFollowers(target="app"), ana) == ()
    assert [f.name for f in await world.app.run(ListFollowers(target="app"), bea)] == ["web-1", "web-2"]
    assert set(redeploys) == {"web-1", "web-2"}


async def test_a_failed_build_is_followed_by_nothing(world: World, ana: Caller, bea: Caller) -> None:
    await world.update(BUILD, "app", config={"source": {"url": "https://git.example/app", "branch": "gone"}})
    build = await built(world)
    assert build.state is State.FAILED
    assert await below(world, build) == []


async def test_one_after_another_or_side_by_side(world: World, bea: Caller) -> None:
    for number in (3, 4):
        await world.deployment(f"web-{number}", image=BuiltImage(build="app"), redeploy_on_build=True)
        await world.do(Deploy(target=f"web-{number}"))
    for limit in (1, 3):
        await world.update(BUILD, "app", config={"redeploy_limit": limit})
        world.host.machine.durations["create"] = 5
        await world.app.run(RunBuild(target="app"))
        await world.clock.advance(1)
        most = 0
        while open_ones := list(world.app.core.journal.open.values()):
            most = max(most, sum(a.operation == "deployment.deploy" for a in open_ones))
            await world.clock.advance(0.5)
        assert most == limit


async def test_stop_on_failure_leaves_the_rest_and_says_which(world: World, bea: Caller) -> None:
    world.host.machine.exits["app:0.0.2"] = 3
    leading, redeploys = await round_of(world, await built(world))
    assert (leading.state, leading.error) == (State.FAILED, "redeploys of 0.0.2: 1 failed, 1 not begun")
    assert redeploys["web-1"].state is State.FAILED
    untouched = redeploys["web-2"]
    assert (untouched.state, untouched.started) == (State.CANCELLED, None)
    assert untouched.error == "not begun: a redeploy before it did not succeed"
    assert [await version(world, n) for n in ("web-1", "web-2")] == ["0.0.1", "0.0.1"]
    # What was left is taken up by hand, once the reason is gone.
    world.host.machine.exits.clear()
    again = await world.do(Redeploy(target="app"))
    assert (again.state, again.summary) == (State.SUCCEEDED, "redeploys of 0.0.2: 2 succeeded")


async def test_going_on_after_a_failure(world: World, bea: Caller) -> None:
    await world.update(BUILD, "app", config={"redeploy_stop_on_failure": False})
    await world.app.run(UpdateUser(target="bea", enabled=False))
    await world.update(DEPLOYMENT, "web-2", config={"redeploy_on_build": False})
    await world.update(DEPLOYMENT, "web-2", config={"redeploy_on_build": True})
    leading, redeploys = await round_of(world, await built(world))
    assert (leading.state, leading.error) == (State.FAILED, "redeploys of 0.0.2: 1 succeeded, 1 failed")
    refused_one = redeploys["web-1"]
    assert refused_one.error == "not run: bea, who switched it on, is deleted or disabled"
    assert redeploys["web-2"].who.kind == "system"
    assert [await version(world, n) for n in ("web-1", "web-2")] == ["0.0.1", "0.0.2"]


@pytest.mark.parametrize("lost", ["deployment", "build"])
async def test_a_right_lost_since_ends_it(world: World, bea: Caller, lost: str) -> None:
    if lost == "deployment":
        for name in ("web-1", "web-2"):
            await world.grant(bea, "deployment", name, Level.READ)
    else:
        await world.grant(bea, "build", "", Level.NONE)
    leading, redeploys = await round_of(world, await built(world))
    assert leading.state is State.FAILED
    assert redeploys["web-1"].error.startswith("not run: ")
    assert redeploys["web-2"].state is State.CANCELLED
    assert await version(world, "web-1") == "0.0.1"


async def test_host_powers_of_the_config_are_asked_of_who_switched_it_on(world: World, bea: Caller) -> None:
    await world.grant(bea, "server", "", Level.EXECUTE, powers=(HostPower.BIND,))
    config = {"volumes": [{"source": "/srv", "target": "/data"}], "redeploy_on_build": True}
    await world.update(DEPLOYMENT, "quiet", bea, config=config)
    await world.update(BUILD, "app", config={"redeploy_limit": 5, "redeploy_stop_on_failure": False})
    await world.do(Deploy(target="quiet"))
    await world.grant(bea, "server", "", Level.EXECUTE)
    _, redeploys = await round_of(world, await built(world))
    assert "host powers you do not have" in redeploys["quiet"].error
    assert redeploys["web-1"].state is State.SUCCEEDED


async def test_it_starts_nothing_that_does_not_run(world: World, bea: Caller) -> None:
    await world.do(Stop(target="web-1"))
    await world.deployment("never", image=BuiltImage(build="app"), redeploy_on_build=True)
    leading, redeploys = await round_of(world, await built(world))
    assert (leading.state, leading.summary) == (State.SUCCEEDED, "redeploys of 0.0.2: 1 succeeded, 2 left alone")
    assert list(redeploys) == ["web-2"]
    told = {f.name: f.skipped for f in await world.app.run(ListFollowers(target="app"))}
    assert told["never"] == "it was never deployed"
    assert "starts nothing that does not run" in told["web-1"]
    assert told["web-2"] == ""


async def test_a_kept_version_is_redeployed_only_when_it_is_the_one_built(world: World, bea: Caller) -> None:
    await world.update(DEPLOYMENT, "web-1", config={"image": {"kind": "build", "build": "app", "version": "0.0.3"}})
    for expected in ("0.0.1", "0.0.3", "0.0.3"):
        await built(world)
        assert await version(world, "web-1") == expected
    assert await version(world, "web-2") == "0.0.4"


async def test_killed_between_the_builds_end_and_its_redeploys(world: World, bea: Caller) -> None:
    activity = await world.app.run(RunBuild(target="app"))
    core = world.app.core
    while core.journal.open:  # until the very write of its end
        await world.clock.advance(0.01)
        if activity.id not in core.journal.open:
            break
    await world.app.crash()
    await world.clock.advance(20)
    leading, redeploys = await round_of(world, activity)
    assert leading.state is State.SUCCEEDED
    assert {a.error for a in redeploys.values()} == {""}
    assert await version(world, "web-2") == "0.0.2"


async def test_killed_again_and_again_nothing_is_done_twice(world: World, bea: Caller) -> None:
    world.host.machine.durations["create"] = 1
    activity = await world.app.run(RunBuild(target="app"))
    for _ in range(25):
        await world.clock.advance(0.3)
        await world.app.crash()
    await world.clock.advance(20)
    _, redeploys = await round_of(world, activity)
    assert {n: a.state for n, a in redeploys.items()} == dict.fromkeys(("web-1", "web-2"), State.SUCCEEDED)
    deploys = [a for a in await world.activities() if a.origin == "redeploy_on_build"]
    assert len(deploys) == 3


async def test_told_again_it_does_nothing_again(world: World, bea: Caller) -> None:
    build = await built(world)
    await world.app.stop()
    await world.app.store.open()
    await world.app.store.commit([], [_cursor()])
    await world.app.store.close()
    await world.app.crash()
    await world.clock.advance(10)
    assert len(await below(world, build)) == 1


def _cursor() -> Any:
    from monitor.store.contract import Delete  # noqa: PLC0415 - for this alone

    return Delete(CURSOR, "redeploy_on_build")


async def test_a_newer_version_takes_over_from_a_round_under_way(world: World, bea: Caller) -> None:
    world.host.machine.durations["create"] = 20
    first = await world.app.run(RunBuild(target="app"))
    await world.clock.advance(5)
    second = await world.app.run(RunBuild(target="app"))
    await world.ended(second)
    waits = [a for a in world.app.core.journal.open.values() if a.operation == "build.redeploy"]
    assert sorted(a.state for a in waits) == [State.QUEUED, State.RUNNING]
    while world.app.core.journal.open:
        await world.clock.advance(1)
    leading, redeploys = await round_of(world, first)
    assert (leading.summary, list(redeploys)) == ("redeploys of 0.0.2: 1 succeeded, 1 left alone", ["web-1"])
    _, redeploys = await round_of(world, second)
    assert sorted(redeploys) == ["web-1", "web-2"]
    assert [await version(world, n) for n in ("web-1", "web-2")] == ["0.0.3", "0.0.3"]


async def test_cancelled_it_begins_no_more(world: World, ana: Caller, bea: Caller) -> None:
    world.host.machine.durations["create"] = 20
    build = await world.app.run(RunBuild(target="app"))
    await world.clock.advance(5)
    (leading,) = await below(world, build)
    await world.app.run(CancelActivity(target=leading.id), ana)
    while world.app.core.journal.open:
        await world.clock.advance(1)
    leading, redeploys = await round_of(world, build)
    assert leading.state is State.CANCELLED
    assert {n: a.error for n, a in redeploys.items()}["web-2"] == "not begun: the redeploys were cancelled"


async def test_it_is_refused_where_it_cannot_mean_anything(world: World, bea: Caller) -> None:
    with pytest.raises(Invalid, match="counts only with a build's image"):
        await world.deployment("x1", image=LiteralImage(image="web:1"), redeploy_on_build=True)
    await world.build("other")
    assert isinstance(failure := await refused(world, Redeploy(target="other")), Conflict)
    assert failure.message == "it has built nothing yet"
    await world.do(RunBuild(target="other"))
    assert "no deployment asks" in (await refused(world, Redeploy(target="other"))).message


async def test_what_keeps_data_is_redeployed_too(world: World, bea: Caller) -> None:
    await world.update(DEPLOYMENT, "web-1", bea, config={"volumes": [Volume(source="data", target="/data")]})
    _, redeploys = await round_of(world, await built(world))
    assert redeploys["web-1"].state is State.SUCCEEDED


async def test_who_can_write_a_build_is_told_to_who_manages_it(world: World, ana: Caller, bea: Caller) -> None:
    await world.grant(bea, "build", "app", Level.WRITE)
    await world.app.user("root", admin=True)
    assert await world.app.run(ListWriters(target="app"), ana) == Writers(told=False)
    await world.grant(ana, "build", "app", Level.READ, rights=(Right.MANAGE,))
    assert await world.app.run(ListWriters(target="app"), ana) == Writers(told=True, people=("bea",), admins=1)
