"""A deployment that is renamed, or moved, while its container runs: what is shown stays true, nothing is lost."""

from monitor.kernel.activity import State
from monitor.resources.deployment.operations.acts import Stop
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.log import ReadLog
from monitor.resources.deployment.spec import DEPLOYMENT
from tests.core.world import IMAGE, World


async def test_a_renamed_deployment_still_shows_and_reaches_its_container(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", name="shop")
    status = (await world.app.get(DEPLOYMENT, "shop")).status
    assert status.state == "running"
    assert status.outdated
    world.host.machine.named("web").lines.append(b"hello")  # type: ignore[union-attr]
    assert [line.text for line in (await world.app.run(ReadLog(target="shop"))).lines] == ["hello"]
    assert (await world.do(Stop(target="shop"))).state is State.SUCCEEDED
    assert (await world.app.get(DEPLOYMENT, "shop")).status.state == "exited"


async def test_a_deploy_after_a_rename_replaces_the_container_of_the_old_name(world: World) -> None:
    await world.deployment("web", ports=())
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", name="shop")
    assert (await world.do(Deploy(target="shop"))).state is State.SUCCEEDED
    assert [c.view.name for c in world.host.containers.values()] == ["shop"]


async def test_a_failed_deploy_after_a_rename_leaves_the_old_container_running(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    world.host.images.add("broken:1")
    world.host.machine.exits["broken:1"] = 3
    await world.update(DEPLOYMENT, "web", name="shop", config={"image": {"kind": "image", "image": "broken:1"}})
    assert (await world.do(Deploy(target="shop"))).state is State.FAILED
    [left] = world.host.containers.values()
    assert (left.view.image, left.view.state) == (IMAGE, "running")
    assert (await world.app.get(DEPLOYMENT, "shop")).status.state == "running"


async def test_a_moved_deployment_says_where_a_container_may_still_be(world: World) -> None:
    await world.app.server("other")
    await world.clock.advance(1)
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", config={"server": "other"})
    status = (await world.app.get(DEPLOYMENT, "web")).status
    assert status.state == "not_deployed"
    assert "another server" in status.reason


async def test_a_deploy_that_ran_while_the_server_was_changed_notes_where_it_ran(world: World) -> None:
    await world.app.server("other")
    await world.clock.advance(1)
    first = (await world.deployment("web")).config.server
    world.host.machine.durations["create"] = 5
    activity = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    await world.update(DEPLOYMENT, "web", config={"server": "other"})
    assert (await world.ended(activity)).state is State.SUCCEEDED
    assert (await world.app.get(DEPLOYMENT, "web")).info.server == first
