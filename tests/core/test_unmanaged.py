"""Containers that belong to no deployment: acted on through their server, and nothing else is."""

from typing import Any

import pytest

from monitor.core.caller import SYSTEM, Caller
from monitor.kernel.activity import State
from monitor.kernel.errors import Conflict, Invalid, NotFound
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.server.operations.unmanaged import (
    UNMANAGED,
    KillContainers,
    OnContainers,
    PauseContainers,
    RemoveContainers,
    RestartContainers,
    StartContainers,
    StopContainers,
    UnpauseContainers,
)
from tests.core.world import IMAGE, World, refused

LABELS = {"com.docker.compose.project": "shop", "com.docker.compose.service": "api"}


def stray(world: World, name: str = "stray", *, project: str = "", labels: dict[str, str] | None = None) -> Any:
    """A running container Monitor did not make."""
    machine = world.host.machine
    container = machine.create(name, {"Image": IMAGE, "Labels": labels or {}})
    machine.start(container)
    machine.change(container, project=project)
    return container


async def operator(world: World, level: Level = Level.EXECUTE, *rights: Right) -> Caller:
    user = await world.app.user("olga")
    given = tuple(right for right in rights or (Right.UNMANAGED,) if right is not Right.CREATE)
    await world.grant(user, "server", "host", level, given)
    return user


async def test_each_verb_and_what_the_record_says(world: World) -> None:
    user, container = await operator(world), stray(world)
    await world.clock.advance(1)
    for operation, state, said in (
        (PauseContainers, "paused", "paused stray"),
        (UnpauseContainers, "running", "unpaused stray"),
        (StopContainers, "exited", "stopped stray"),
        (StartContainers, "running", "started stray"),
        (RestartContainers, "running", "restarted stray"),
        (KillContainers, "exited", "killed stray"),
    ):
        end = await world.do(operation(target="host", containers=("stray",)), user)
        assert (end.state, end.summary) == (State.SUCCEEDED, said), end.error
        assert container.view.state == state
        assert end.what is not None
        assert (end.what.type, end.what.name, end.who.name) == ("server", "host", "olga")
        assert [step.name for step in end.steps] == [f"{operation.__name__.removesuffix('Containers').lower()} stray"]
    end = await world.do(RemoveContainers(target="host", containers=("stray",)), user)
    assert (end.summary, world.host.machine.named("stray")) == ("removed stray", None)


@pytest.mark.parametrize("by", ["name", "id", "short id"])
async def test_a_name_an_id_and_the_beginning_docker_shows(world: World, by: str) -> None:
    container = stray(world)
    await world.clock.advance(1)
    ref = {"name": "stray", "id": container.view.id, "short id": container.view.id[:12]}[by]
    assert (await world.do(StopContainers(target="host", containers=(ref,)))).state is State.SUCCEEDED
    assert container.view.state == "exited"


async def test_a_name_comes_before_an_id_and_too_short_a_beginning_is_none(world: World) -> None:
    container = stray(world)
    other = stray(world, container.view.id[:12])
    await world.clock.advance(1)
    await world.do(StopContainers(target="host", containers=(container.view.id[:12],)))
    assert (container.view.state, other.view.state) == ("running", "exited")
    failure = await refused(world, StopContainers(target="host", containers=(container.view.id[:11],)))
    assert isinstance(failure, NotFound)


async def test_several_and_a_whole_compose_project_in_one_activity(world: World) -> None:
    for name in ("shop-api-1", "shop-db-1"):
        stray(world, name, project="shop", labels=LABELS)
    stray(world, "other")
    await world.clock.advance(1)
    end = await world.do(StopContainers(target="host", project="shop"))
    assert end.summary == "stopped shop-api-1, shop-db-1"
    assert [s.name for s in end.steps if s.name != "stop"] == ["stop shop-api-1", "stop shop-db-1"]
    end = await world.do(RestartContainers(target="host", containers=("other", "shop-api-1", "other")))
    assert end.summary == "restarted other, shop-api-1"
    for wrong in (StopContainers(target="host"), StopContainers(target="host", containers=("a",), project="shop")):
        assert isinstance(await refused(world, wrong), Invalid)
    assert isinstance(await refused(world, StopContainers(target="host", project="none")), NotFound)


async def test_one_that_fails_leaves_the_others_alone_and_is_named(world: World) -> None:
    stray(world, "good")
    bad = stray(world, "bad")
    await world.clock.advance(1)
    world.host.machine.exit(bad)
    await world.clock.advance(1)
    end = await world.do(PauseContainers(target="host", containers=("bad", "good")))
    assert end.state is State.FAILED
    assert "failed for 1 of 2 containers" in end.error
    assert "bad: the container bad is not running" in end.error
    assert "It was done to the others: good." in end.error
    assert [s.outcome for s in end.steps] == ["failed", "succeeded"]


@pytest.mark.parametrize("operation", UNMANAGED)
@pytest.mark.parametrize("by", ["name", "id"])
async def test_a_deployments_container_is_reached_through_its_deployment_only(
    world: World, operation: type[OnContainers], by: str
) -> None:
    """peers.md, class 9: the same rules on every path; not even an admin takes another one."""
    web = await world.deployment("web")
    await world.do(Deploy(target="web"))
    container = world.host.machine.find("web")
    ref = "web" if by == "name" else container.view.id
    failure = await refused(world, operation(target="host", containers=(ref,)))
    assert isinstance(failure, Conflict)
    assert "the container web is the deployment web's" in failure.message
    user = await operator(world, Level.WRITE, *Right)
    failure = await refused(world, operation(target="host", containers=(ref,)), user)
    assert isinstance(failure, NotFound), "to who may not read the deployment it is not there"
    assert web.id not in failure.message
    assert container.view.state == "running"


@pytest.mark.parametrize("operation", UNMANAGED)
async def test_another_monitors_container_is_refused(world: World, operation: type[OnContainers]) -> None:
    container = stray(world, labels={"monitor.core": "ANOTHER", "monitor.deployment": "01ELSEWHERE"})
    await world.clock.advance(1)
    failure = await refused(world, operation(target="host", containers=("stray",)))
    assert isinstance(failure, Conflict)
    assert "belongs to another Monitor" in failure.message
    assert container.view.state == "running"


@pytest.mark.parametrize("level", [Level.EXECUTE, Level.WRITE])
async def test_without_the_right_there_is_nothing_to_act_on(world: World, level: Level) -> None:
    stray(world, project="shop", labels=LABELS)
    await world.clock.advance(1)
    user = await operator(world, level, *(right for right in Right if right is not Right.UNMANAGED))
    for op in (StopContainers(target="host", containers=("stray",)), StopContainers(target="host", project="shop")):
        assert isinstance(await refused(world, op, user), NotFound)
    there = await refused(world, StopContainers(target="host", containers=("stray",)), user)
    none = await refused(world, StopContainers(target="host", containers=("absent",)), user)
    assert there.message.replace("stray", "absent") == none.message


async def test_seeing_them_is_not_acting_on_them(world: World) -> None:
    stray(world)
    await world.clock.advance(1)
    user = await operator(world, Level.READ)
    failure = await refused(world, StopContainers(target="host", containers=("stray",)), user)
    assert "needs 'execute'" in failure.message


async def test_a_kept_container_is_the_servers_once_its_deployment_is_deleted(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    await world.do(Delete(target="web", container=Keep.KEEP))
    user = await operator(world)
    end = await world.do(RemoveContainers(target="host", containers=("web",)), user)
    assert end.state is State.SUCCEEDED, end.error
    assert world.host.machine.named("web") is None


async def test_who_comes_to_have_the_name_after_the_check_is_not_meant(world: World) -> None:
    """peers.md, class 26: renamed between check and act."""
    container = stray(world)
    await world.clock.advance(1)
    world.host.machine.durations["stop"] = 5
    accepted = await world.app.run(StopContainers(target="host", containers=("stray",)))
    await world.clock.advance(1)
    machine = world.host.machine
    machine.change(container, name="renamed")
    other = stray(world, "stray")
    end = await world.ended(accepted)
    assert (container.view.state, other.view.state) == ("exited", "running")
    assert end.summary == "stopped renamed"


async def test_the_host_judges_the_labels_it_finds(world: World) -> None:
    """Core's picture may be old; what carries a deployment's label by now is left alone."""
    container = stray(world)
    await world.clock.advance(1)
    world.host.machine.durations["remove"] = 5
    accepted = await world.app.run(RemoveContainers(target="host", containers=("stray",)))
    await world.clock.advance(1)
    labels = (("monitor.core", world.app.core.parts.id), ("monitor.deployment", "01D"))
    world.host.machine.change(container, labels=labels)
    end = await world.ended(accepted)
    assert end.state is State.FAILED
    assert "belongs to a deployment" in end.error
    assert container.view.state == "running"


async def test_others_of_the_server_do_not_wait(world: World) -> None:
    stray(world, "slow")
    stray(world, "quick")
    await world.clock.advance(1)
    world.host.machine.durations["stop"] = 30
    slow = await world.app.run(StopContainers(target="host", containers=("slow",)))
    await world.clock.advance(1)
    again = await world.app.run(StartContainers(target="host", containers=("slow",)))
    end = await world.do(RestartContainers(target="host", containers=("quick",)), SYSTEM)
    assert end.state is State.SUCCEEDED
    assert (await world.now(again)).waiting_for == slow.id
    assert (await world.ended(slow)).state is State.SUCCEEDED
