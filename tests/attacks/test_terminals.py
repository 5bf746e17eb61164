"""Terminals where nobody may have one: foreign containers, Monitor's own, names that are somebody's id."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.terminal import forbidden
from monitor.abilities.terminal.held import Terminals
from monitor.abilities.terminal.powers import standing_powers
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import MonitorError, NotFound, PolicyRefused
from monitor.kernel.permission import HostPower
from tests.abilities.memory import MemoryAgent
from tests.abilities.shells import opened
from tests.abilities.world import World, build_image, docker

pytestmark = pytest.mark.real


@pytest.fixture
def world(tmp_path: Path) -> Any:
    made = World(build_image(tmp_path))
    yield made
    made.clean()
    docker("rmi", "-f", made.image)


@pytest.fixture
def agent() -> MemoryAgent:
    return MemoryAgent()


async def refused(agent: MemoryAgent, world: World, **given: Any) -> MonitorError:
    async with opened(agent, world, **given) as terminal:
        with pytest.raises(MonitorError) as failure:
            await asyncio.wait_for(terminal.task, 20)
        return failure.value


async def test_a_foreign_container_by_name_and_by_the_beginning_of_its_id(agent: MemoryAgent, world: World) -> None:
    id = world.run("other", "--network", "none", "--label", "monitor.deployment=somebody-else")
    for name in (world.name("other"), id, id[:12], id[:6], id[:4]):
        assert isinstance(await refused(agent, world, container=name, deployment=world.deployment), NotFound)
    for name in (id[:6], id[:4]):  # even where nobody asks whose it is
        assert isinstance(await refused(agent, world, container=name), NotFound)


async def test_monitor_s_own_by_their_label(agent: MemoryAgent, world: World) -> None:
    world.run("web", "--network", "none", "--label", f"{forbidden.ROLE}=core")
    assert isinstance(await refused(agent, world), PolicyRefused)


async def test_the_agent_s_own_container(agent: MemoryAgent, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    id = world.run("web", "--network", "none")
    monkeypatch.setattr(forbidden, "own_ids", lambda: frozenset({id}))
    assert isinstance(await refused(agent, world), PolicyRefused)


def test_the_agent_knows_what_it_is_in(world: World, tmp_path: Path) -> None:
    """As the kernel shows it to a process in a container."""
    id = world.run("web")
    pid = docker("inspect", "-f", "{{.State.Pid}}", id)
    assert forbidden.own_ids(Path("/proc") / pid) == {id}
    only_mounts = tmp_path / "proc"
    only_mounts.mkdir()
    (only_mounts / "mountinfo").write_text((Path("/proc") / pid / "mountinfo").read_text())
    (only_mounts / "cgroup").write_text("0::/\n")
    assert forbidden.own_ids(only_mounts) == {id}
    assert forbidden.own_ids(Path("/nonexistent")) == frozenset()


@pytest.mark.parametrize(
    ("option", "power"),
    [
        ("--pid=host", HostPower.NAMESPACES),
        ("--cap-add=SYS_ADMIN", HostPower.CAPABILITIES),
        ("--volume=/etc:/host:ro", HostPower.BIND),
        ("--device=/dev/null:/dev/zap", HostPower.DEVICES),
        ("--security-opt=seccomp=unconfined", HostPower.SECURITY),
    ],
)
async def test_a_container_with_powers_its_opener_has_not(
    agent: MemoryAgent, world: World, option: str, power: HostPower
) -> None:
    world.run("web", "--network", "none", option)
    failure = await refused(agent, world)
    assert isinstance(failure, PolicyRefused)
    assert power.value in failure.message
    async with opened(agent, world, powers=tuple(HostPower), command=("busybox", "true")) as terminal:
        assert (await asyncio.wait_for(terminal.task, 20)).exit_code == 0


async def test_a_privileged_container_is_known_for_one(agent: MemoryAgent, world: World) -> None:
    label = f"--label=monitor.test={world.mark}"
    id = docker("create", "--privileged", label, world.image, "busybox", "true")
    assert HostPower.PRIVILEGED in standing_powers(await agent.docker.inspect(id))


async def test_a_plain_container_holds_none(agent: MemoryAgent, world: World) -> None:
    volume = f"--volume={world.name('data')}:/data"
    world.run("web", "--network", "none", volume, "--tmpfs=/x", "--memory=64m", "--read-only", "--init")
    async with opened(agent, world, command=("busybox", "true")) as terminal:
        assert (await asyncio.wait_for(terminal.task, 20)).exit_code == 0


async def test_a_host_that_allows_none(agent: MemoryAgent, world: World) -> None:
    world.run("web", "--network", "none")
    agent.terminals = Terminals(SystemClock(), allowed=False)
    failure = await refused(agent, world)
    assert isinstance(failure, PolicyRefused)
    assert "container_terminals" in failure.hint


async def test_none_is_privileged(agent: MemoryAgent, world: World) -> None:
    world.run("web", "--network", "none")
    async with opened(agent, world) as terminal, terminal.person() as ann:
        await ann.type(b"busybox mount -t tmpfs none /mnt || echo re''fused\r")
        await ann.until(b"refused")
