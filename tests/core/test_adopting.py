"""Adopting: a container that runs becomes a deployment as it is; whose it is from then on, and what is no adopting."""

from typing import Any

import pytest

from monitor.core.caller import Caller
from monitor.kernel.activity import State
from monitor.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from monitor.kernel.permission import HostPower, Level, Right
from monitor.resources.deployment.operations.acts import Remove, Restart, Stop
from monitor.resources.deployment.operations.adopt import Adopt, AdoptPreview
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.log import ReadLog
from monitor.resources.deployment.operations.rename import Rename
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.server.operations.containers import ListContainers
from monitor.testing.container import SimulatedContainer
from tests.core.world import IMAGE, World, refused

BODY: dict[str, Any] = {
    "Image": IMAGE,
    "Env": ["LOG=info", "DB_PASSWORD=hunter2"],
    "HostConfig": {"Memory": 64 << 20, "NetworkMode": "bridge"},
}


async def stray(world: World, name: str = "legacy", **body: Any) -> SimulatedContainer:
    """A container somebody started by hand."""
    found = world.host.machine.create(name, {**BODY, **body})
    world.host.machine.start(found)
    found.write(world.clock.now(), b"hello")
    await world.clock.advance(1)
    return found


async def ann_of(world: World, *, unmanaged: bool = True, powers: tuple[HostPower, ...] = ()) -> Caller:
    """May deploy on the host and create; and see what is nobody's."""
    ann = await world.app.user("ann")
    rights = (Right.UNMANAGED,) if unmanaged else ()
    await world.grant(ann, "server", "host", Level.EXECUTE, rights, powers)
    await world.grant(ann, "deployment", "", rights=(Right.CREATE,))
    return ann


async def test_a_preview_shows_what_it_would_be_and_no_secret(world: World) -> None:
    found = await stray(world, Labels={"com.docker.compose.project": "shop"})
    plan = await world.app.run(AdoptPreview(server="host", container="legacy"))
    assert (plan.container, plan.name, plan.compose) == (found.view.id, "legacy", "shop")
    assert [(v.name, v.value) for v in plan.config.environment] == [("LOG", "info")]
    assert [(v.name, v.value) for v in plan.config.secret_environment] == [("DB_PASSWORD", None)]
    assert plan.config.memory == 64 << 20
    assert "compose project shop" in plan.left[0]
    plain = await world.app.run(AdoptPreview(server="host", container="legacy", secrets=()))
    assert plain.config.secret_environment == ()


async def test_adopted_as_it_runs_and_everything_works_on_it(world: World) -> None:
    found = await stray(world)
    started = found.view.started
    made = await world.app.run(Adopt(name="legacy", server="host", container=found.view.id))
    assert (made.status.state, made.status.outdated, made.info.container) == ("running", False, found.view.id)
    assert made.config.container_name == ""
    assert found.view.started == started
    assert "hello" in str(await world.app.run(ReadLog(target="legacy")))
    assert (await world.do(Stop(target="legacy"))).state is State.SUCCEEDED
    assert (await world.do(Restart(target="legacy"))).state is State.SUCCEEDED
    await world.do(Rename(target="legacy", name="shop"))
    assert (found.view.name, (await world.app.get(DEPLOYMENT, "shop")).status.state) == ("shop", "running")
    assert not any("hunter2" in str(written) for written in await world.app.store.journal(limit=1000))


async def test_the_next_deploy_replaces_it_and_a_failed_one_puts_it_back(world: World) -> None:
    found = await stray(world)
    await world.app.run(Adopt(name="legacy", server="host", container="legacy"))
    world.host.machine.exits[IMAGE] = 3
    assert (await world.do(Deploy(target="legacy"))).state is State.FAILED
    assert world.host.machine.named("legacy") is found
    assert found.view.state == "running"
    del world.host.machine.exits[IMAGE]
    assert (await world.do(Deploy(target="legacy"))).state is State.SUCCEEDED
    assert found.view.id not in world.host.containers
    now = await world.app.get(DEPLOYMENT, "legacy")
    assert (now.status.state, now.info.adopted) == ("running", False)
    assert "DB_PASSWORD=hunter2" in world.host.machine.find("legacy").body["Env"]


async def test_from_then_on_it_is_shown_to_who_may_read_the_deployment_only(world: World) -> None:
    ann, bob = await ann_of(world), await world.app.user("bob")
    await world.grant(bob, "server", "host", Level.READ, (Right.UNMANAGED,))
    await stray(world)
    seen = ListContainers(target="host")
    assert [c.name for c in await world.app.run(seen, bob)] == ["legacy"]
    made = await world.app.run(Adopt(name="legacy", server="host", container="legacy"), ann)
    assert await world.app.run(seen, bob) == ()
    assert [c.name for c in await world.app.run(seen, ann)] == ["legacy"]
    await world.app.crash()
    assert await world.app.run(seen, bob) == (), "also after a restart of core"
    await world.do(Delete(target=made.id, container=Keep.KEEP), ann)
    assert [c.name for c in await world.app.run(seen, bob)] == ["legacy"], "nobody's again"


async def test_removing_it_forgets_it(world: World) -> None:
    found = await stray(world)
    await world.app.run(Adopt(name="legacy", server="host", container="legacy"))
    assert (await world.do(Remove(target="legacy"))).state is State.SUCCEEDED
    assert found.view.id not in world.host.containers
    assert not (await world.app.get(DEPLOYMENT, "legacy")).info.adopted


async def test_somebodys_container_is_not_adopted(world: World) -> None:
    await world.deployment("theirs")
    await world.do(Deploy(target="theirs"))
    other = await stray(world, "other", Labels={"monitor.core": "X", "monitor.deployment": "Y"})
    await stray(world)
    await world.app.run(Adopt(name="legacy", server="host", container="legacy"))
    for name in ("theirs", other.view.name, other.view.id, "legacy"):
        assert isinstance(await refused(world, Adopt(name="mine", server="host", container=name)), Conflict), name
    ann = await ann_of(world)
    for name in ("theirs", "legacy", "absent"):
        failure = await refused(world, Adopt(name="mine", server="host", container=name), ann)
        assert isinstance(failure, NotFound), "what he may not see is not there"


async def test_it_needs_every_right_a_create_needs_and_one_more(world: World) -> None:
    await stray(world, "rooted", HostConfig={"Binds": ["/etc:/etc"]})
    await stray(world)
    ann = await ann_of(world, unmanaged=False)
    assert isinstance(await refused(world, Adopt(name="mine", server="host", container="legacy"), ann), Forbidden)
    await world.grant(ann, "server", "host", Level.READ, (Right.UNMANAGED,))
    assert isinstance(await refused(world, Adopt(name="mine", server="host", container="legacy"), ann), Forbidden)
    await world.grant(ann, "server", "host", Level.EXECUTE, (Right.UNMANAGED,))
    assert isinstance(await refused(world, Adopt(name="mine", server="host", container="rooted"), ann), Forbidden)
    await world.grant(ann, "server", "host", Level.EXECUTE, (Right.UNMANAGED,), (HostPower.BIND,))
    assert (await world.app.run(Adopt(name="mine", server="host", container="rooted"), ann)).name == "mine"
    bob = await world.app.user("bob")
    await world.grant(bob, "deployment", "", rights=(Right.CREATE,))
    assert isinstance(await refused(world, AdoptPreview(server="host", container="legacy"), bob), Invalid)


async def test_what_was_looked_at_is_what_is_adopted_or_nothing(world: World) -> None:
    found = await stray(world)
    plan = await world.app.run(AdoptPreview(server="host", container="legacy"))
    world.host.machine.change(found, name="moved")
    await world.clock.advance(1)
    made = await world.app.run(Adopt(name="legacy", server="host", container=plan.container))
    assert (made.info.container, made.config.container_name) == (found.view.id, "moved"), "by its id, as it is now"
    other = await stray(world, "gone")
    plan = await world.app.run(AdoptPreview(server="host", container="gone"))
    world.host.machine.remove(other)
    await stray(world, "gone")
    failure = await refused(world, Adopt(name="gone", server="host", container=plan.container))
    assert isinstance(failure, NotFound), "another of the same name is not what was looked at"


async def test_two_who_adopt_the_same_at_once(world: World) -> None:
    await stray(world)
    await world.app.run(Adopt(name="one", server="host", container="legacy"))
    assert isinstance(await refused(world, Adopt(name="two", server="host", container="legacy")), Conflict)


async def test_one_that_removes_itself_is_refused_with_the_way_out(world: World) -> None:
    await stray(world, "rm", HostConfig={"AutoRemove": True})
    failure = await refused(world, Adopt(name="mine", server="host", container="rm"))
    assert isinstance(failure, Conflict)
    assert "without --rm" in failure.hint


@pytest.mark.parametrize("name", ["My Container", "x"])
async def test_names_that_cannot_be(world: World, name: str) -> None:
    await stray(world)
    assert isinstance(await refused(world, Adopt(name=name, server="host", container="legacy")), Invalid)
