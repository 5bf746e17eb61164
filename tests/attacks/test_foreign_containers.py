"""A deployment's container name is no key to containers somebody else made."""

import pytest

from monitor.core.caller import Caller
from monitor.kernel.activity import State
from monitor.kernel.errors import MonitorError
from monitor.kernel.operation import Action
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.operations.acts import Remove, Restart, Start, Stop
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.log import ReadLog
from monitor.resources.deployment.spec import DEPLOYMENT
from tests.core.world import IMAGE, World


async def mallory(world: World) -> Caller:
    """May make deployments on the host, and no more."""
    user = await world.app.user("mallory")
    await world.grant(user, "server", "host", Level.EXECUTE)
    await world.grant(user, "deployment", rights=(Right.CREATE,))
    return user


def foreign(world: World) -> str:
    """A container of somebody else; its id."""
    machine = world.host.machine
    container = machine.create("vault", {"Image": IMAGE})
    machine.start(container)
    container.lines.append(b"unseal key 1: hunter2")
    return container.view.id


@pytest.mark.parametrize("verb", [Start, Stop, Restart, Remove])
@pytest.mark.parametrize("by_id", [False, True])
async def test_no_verb_reaches_a_foreign_container(world: World, verb: type[Action], by_id: bool) -> None:
    user, id = await mallory(world), foreign(world)
    started = world.host.containers[id].view.started
    await world.deployment("mine", user, container_name=id[:63] if by_id else "vault")
    end = await world.do(verb(target="mine"), user)
    assert end.state is State.FAILED
    assert world.host.containers[id].view.state == "running"
    assert world.host.containers[id].view.started == started


async def test_deleting_with_the_container_keeps_a_foreign_one(world: World) -> None:
    user, id = await mallory(world), foreign(world)
    await world.deployment("mine", user, container_name="vault")
    await world.do(Delete(target="mine", container=Keep.REMOVE), user)
    assert world.host.containers[id].view.state == "running"


async def test_no_log_of_a_foreign_container(world: World) -> None:
    user, _ = await mallory(world), foreign(world)
    await world.deployment("mine", user, container_name="vault")
    with pytest.raises(MonitorError, match="not this deployment's"):
        await world.app.run(ReadLog(target="mine"), user)


async def test_no_log_and_no_verb_across_deployments(world: World) -> None:
    user = await mallory(world)
    await world.deployment("theirs")
    await world.do(Deploy(target="theirs"))
    await world.deployment("mine", user, container_name="theirs")
    with pytest.raises(MonitorError, match="not this deployment's"):
        await world.app.run(ReadLog(target="mine"), user)
    assert (await world.do(Stop(target="mine"), user)).state is State.FAILED
    assert (await world.app.get(DEPLOYMENT, "theirs")).status.state == "running"


async def test_a_deploy_does_not_replace_a_foreign_container(world: World) -> None:
    user, id = await mallory(world), foreign(world)
    await world.deployment("mine", user, container_name="vault")
    end = await world.do(Deploy(target="mine"), user)
    assert end.state is State.FAILED
    assert world.host.machine.named("vault") is world.host.containers[id]
