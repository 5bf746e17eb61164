"""Verbs on a deployment's container: what reaches the host, and what it leaves; weak points of others by name."""

import pytest

from monitor.features.activity.spec import CancelActivity
from monitor.kernel.activity import State
from monitor.kernel.errors import Conflict, Forbidden, Invalid
from monitor.kernel.permission import Level, Right
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.operations.acts import Kill, Pause, Restart, Start, Stop, Unpause
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.pull import Pull
from monitor.resources.deployment.operations.rename import Rename
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage
from monitor.testing.container import SimulatedContainer
from tests.core.world import IMAGE, World, refused


@pytest.fixture
async def web(world: World) -> SimulatedContainer:
    """The container of the deployment `web`, which runs."""
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    return world.host.machine.find("web")


async def test_pause_and_unpause(world: World, web: SimulatedContainer) -> None:
    end = await world.do(Pause(target="web"))
    assert (end.state, end.summary, [s.name for s in end.steps]) == (
        State.SUCCEEDED,
        "container is paused",
        ["pause"],
    )
    assert (await world.app.get(DEPLOYMENT, "web")).status.state == "paused"
    assert (await world.do(Pause(target="web"))).state is State.FAILED
    assert (await world.do(Unpause(target="web"))).summary == "container is running"


async def test_a_stop_takes_a_signal_and_a_time(world: World, web: SimulatedContainer) -> None:
    await world.do(Stop(target="web", signal="SIGQUIT", timeout=3))
    assert web.signals == ["SIGQUIT"]
    assert web.view.state == "exited"
    await world.do(Start(target="web"))
    await world.do(Restart(target="web", timeout=0))
    assert web.view.state == "running"


async def test_a_kill_says_what_was_sent(world: World, web: SimulatedContainer) -> None:
    assert (await world.do(Kill(target="web", signal="SIGHUP"))).summary == "sent SIGHUP; container is running"
    assert (await world.do(Kill(target="web"))).summary == "sent SIGKILL; container is exited"
    assert web.signals == ["SIGHUP", "SIGKILL"]


async def test_a_stuck_verb_can_be_cancelled(world: World, web: SimulatedContainer) -> None:
    """Komodo §9.1.2: a stuck command stays busy, and its cancel throws the output away."""
    world.host.machine.durations["restart"] = 3600
    activity = await world.app.run(Restart(target="web"))
    await world.clock.advance(1)
    await world.app.run(CancelActivity(target=activity.id))
    assert (await world.ended(activity)).state is State.CANCELLED


async def test_pull_fetches_and_touches_no_container(world: World, web: SimulatedContainer) -> None:
    world.host.machine.registry.add(IMAGE)
    started = web.view.started
    end = await world.do(Pull(target="web"))
    assert (end.state, end.summary) == (State.SUCCEEDED, f"pulled {IMAGE}: it is what runs already")
    assert [s.name for s in end.steps] == ["pull"]
    world.host.machine.add_build((IMAGE,))  # the tag was pushed again
    assert (await world.do(Pull(target="web"))).summary.endswith("deploy to use it")
    assert web.view.started == started


async def test_pull_of_what_no_registry_has_is_refused_with_the_way_out(world: World) -> None:
    await world.build("app")
    await world.deployment("web", image=BuiltImage(build="app"))
    failure = await refused(world, Pull(target="web"))
    assert (type(failure), failure.hint) == (Conflict, "Run it first: monitor build run app")
    await world.do(RunBuild(target="app"))
    failure = await refused(world, Pull(target="web"))
    assert (type(failure), failure.hint.partition(":")[0]) == (Conflict, "Deploy it")


async def test_a_rename_takes_the_running_container_along(world: World, web: SimulatedContainer) -> None:
    before = web.view
    end = await world.do(Rename(target="web", name="shop"))
    assert (end.state, end.summary) == (State.SUCCEEDED, "renamed web to shop; its container follows")
    assert [(c.field, c.before, c.after) for c in end.changes] == [("name", '"web"', '"shop"')]
    assert web.view.name == "shop"
    assert (web.view.id, web.view.started) == (before.id, before.started), "nothing was restarted"
    now = await world.app.get(DEPLOYMENT, "shop")
    assert (now.status.state, now.status.outdated) == ("running", False)
    assert now.info.container == before.id


async def test_a_rename_leaves_a_name_of_its_own(world: World) -> None:
    await world.deployment("web", container_name="front")
    await world.do(Deploy(target="web"))
    assert (await world.do(Rename(target="web", name="shop"))).summary == "renamed web to shop"
    assert world.host.machine.named("front") is not None
    assert (await world.app.get(DEPLOYMENT, "shop")).status.state == "running"


async def test_a_rename_of_what_was_never_deployed_needs_no_host(world: World) -> None:
    await world.deployment("web")
    world.host.down = "cut"
    await world.clock.advance(10)
    assert (await world.do(Rename(target="web", name="shop"))).state is State.SUCCEEDED


async def test_names_that_cannot_be(world: World, web: SimulatedContainer) -> None:
    await world.deployment("shop")
    assert isinstance(await refused(world, Rename(target="web", name="shop")), Conflict)
    assert isinstance(await refused(world, Rename(target="web", name="Sh op")), Invalid)
    assert isinstance(await refused(world, Rename(target="web", name="web")), Invalid)
    world.host.machine.create("till", {"Image": IMAGE})
    await world.clock.advance(1)
    end = await world.do(Rename(target="web", name="till"))
    assert (end.state, end.error) == (State.FAILED, "another container on the server is called till")
    assert (await world.app.get(DEPLOYMENT, "web")).status.state == "running"


async def test_of_two_renames_to_one_name_the_second_changes_nothing(world: World, web: SimulatedContainer) -> None:
    await world.deployment("api")
    await world.do(Deploy(target="api"))
    world.host.machine.durations["rename"] = 1
    first, second = [await world.app.run(Rename(target=t, name="shop")) for t in ("web", "api")]
    assert (await world.ended(first)).state is State.SUCCEEDED
    assert (await world.ended(second)).state is State.FAILED
    assert (await world.app.get(DEPLOYMENT, "api")).status.state == "running"
    assert world.host.machine.named("api") is not None


async def test_a_rename_outlives_core(world: World, web: SimulatedContainer) -> None:
    world.host.machine.durations["rename"] = 5
    activity = await world.app.run(Rename(target="web", name="shop"))
    await world.clock.advance(1)
    await world.app.crash()
    assert (await world.ended(activity)).state is State.SUCCEEDED
    assert (await world.app.get(DEPLOYMENT, "shop")).status.state == "running"


async def test_a_container_nobody_sees_is_not_renamed_blindly(world: World, web: SimulatedContainer) -> None:
    world.host.down = "cut"
    await world.clock.advance(10)
    assert isinstance(await refused(world, Rename(target="web", name="shop")), Conflict)


async def test_who_may_only_execute_renames_nothing(world: World, web: SimulatedContainer) -> None:
    ann = await world.app.user("ann")
    await world.grant(ann, "deployment", "web", Level.EXECUTE, (Right.LOGS,))
    assert isinstance(await refused(world, Rename(target="web", name="shop"), ann), Forbidden)
    assert (await world.do(Pause(target="web"), ann)).state is State.SUCCEEDED
