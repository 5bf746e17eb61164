"""A volume that was made as a bind mount is one by its name: nobody without the host power gains what it reaches."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.core.caller import Caller
from monitor.kernel.activity import Activity, State
from monitor.kernel.permission import HostPower, Level, Right
from monitor.resources.deployment.operations.acts import Remove
from monitor.resources.deployment.operations.adopt import Adopt
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.history import RollBack
from monitor.resources.deployment.operations.terminal import Terminal
from monitor.resources.deployment.operations.updates import UpdateImage
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import Volume
from monitor.testing.things import SimulatedVolume
from tests.core.world import IMAGE, World, new_world

LOOT = {"type": "none", "o": "bind", "device": "/etc"}
VOLUMES = (Volume(source="loot", target="/loot"),)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path) as made:
        made.host.machine.volumes["loot"] = SimulatedVolume(options=LOOT)
        yield made


async def writer(world: World, deployment: str, *powers: HostPower) -> Caller:
    """Somebody who may write one deployment and deploy on its server."""
    ben = await world.app.user("ben")
    await world.grant(ben, "deployment", deployment, Level.WRITE, (Right.TERMINAL,))
    await world.grant(ben, "server", "host", Level.EXECUTE, (Right.UNMANAGED,), powers)
    return ben


def refused(activity: Activity) -> bool:
    assert "the volume loot is more than a volume" in activity.error, activity
    return activity.state is State.FAILED


async def test_a_volume_made_as_a_bind_is_not_deployed_without_the_power(world: World) -> None:
    made = await world.deployment("web", volumes=VOLUMES)
    ben = await writer(world, made.id)
    assert refused(await world.do(Deploy(target="web"), ben))
    await world.grant(ben, "server", "host", Level.EXECUTE, (), (HostPower.BIND,))
    assert (await world.do(Deploy(target="web"), ben)).state is State.SUCCEEDED


async def test_without_it_what_somebody_with_it_deployed_is_repeated_and_nothing_else(world: World) -> None:
    made = await world.deployment("web", volumes=VOLUMES)
    assert (await world.do(Deploy(target="web"))).state is State.SUCCEEDED
    ben = await writer(world, made.id)
    assert (await world.do(Deploy(target="web"), ben)).state is State.SUCCEEDED
    world.host.machine.registry.add(IMAGE)
    assert refused(await world.do(UpdateImage(target="web"), ben))
    await world.update(DEPLOYMENT, "web", ben, config={"command": ["cat", "/loot/shadow"]})
    assert refused(await world.do(Deploy(target="web"), ben))
    assert refused(await world.do(RollBack(target="web", release=1), ben))
    assert (await world.do(Deploy(target="web"))).state is State.SUCCEEDED


async def test_it_is_not_repeated_once_its_container_is_gone(world: World) -> None:
    """Meanwhile somebody may have made the volume of that name anew, as a bind mount."""
    world.host.machine.volumes.clear()
    made = await world.deployment("web", volumes=VOLUMES)
    ben = await writer(world, made.id)
    assert (await world.do(Deploy(target="web"), ben)).state is State.SUCCEEDED
    await world.do(Remove(target="web"))
    world.host.machine.volumes["loot"] = SimulatedVolume(options=LOOT)
    assert refused(await world.do(Deploy(target="web"), ben))


async def test_no_terminal_where_one_is_mounted(world: World) -> None:
    made = await world.deployment("web", volumes=VOLUMES)
    assert (await world.do(Deploy(target="web"))).state is State.SUCCEEDED
    ben = await writer(world, made.id)
    ended = await world.do(Terminal(target="web"), ben)
    assert ended.state is State.FAILED
    assert "host powers you do not have on this server: bind" in ended.error


async def test_adopting_its_container_is_no_way_around(world: World) -> None:
    machine = world.host.machine
    machine.images.add("tool:1")
    machine.start(machine.create("stray", {"Image": "tool:1", "HostConfig": {"Binds": ["loot:/x"]}}))
    ben = await writer(world, (await world.deployment("other")).id)
    await world.grant(ben, "deployment", "", Level.NONE, (Right.CREATE,))
    await world.clock.advance(1)
    await world.app.run(Adopt(name="mine", server="host", container="stray"), ben)
    assert refused(await world.do(Deploy(target="mine"), ben))


async def test_a_plain_one_is_everybodys(world: World) -> None:
    world.host.machine.volumes["loot"] = SimulatedVolume(options={"size": "1g"})
    made = await world.deployment("web", volumes=VOLUMES)
    ben = await writer(world, made.id)
    assert (await world.do(Deploy(target="web"), ben)).state is State.SUCCEEDED
