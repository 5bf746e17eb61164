"""Weak points of deployments in another product, each impossible here, on the real Docker.

Those that need none are in tests/core/test_weak_points.py.
"""

import subprocess
from typing import Any

import pytest

from monitor.abilities.container.act import act
from monitor.abilities.container.calls import (
    ActOnContainer,
    ContainerVerb,
    ReplaceContainer,
    Replaced,
)
from monitor.abilities.container.log_calls import ReadLog
from monitor.abilities.container.logs import read_log
from monitor.abilities.container.replace import replace
from monitor.abilities.inside.calls import InspectContainer
from monitor.abilities.inside.run import inspect
from monitor.kernel.errors import HostError
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.world import ENDS, World, docker

pytestmark = pytest.mark.real


async def deploy(
    agent: MemoryAgent, world: World, body: dict[str, Any], run: MemoryRun | None = None, stable_for: float = 0.3
) -> Replaced:
    job = ReplaceContainer(name=world.name(), body=body, stable_for=stable_for, stop_timeout=2)
    return await replace(run or MemoryRun(agent, world.job()), job)


async def log(agent: MemoryAgent, world: World) -> list[bytes]:
    return [line async for batch in read_log(agent, ReadLog(name=world.name())) for line in batch.data]


async def test_one_bad_byte_loses_no_output(agent: MemoryAgent, world: World) -> None:
    script = "printf 'before\\n\\377\\376bad\\nafter\\n'; exit 3"
    run = MemoryRun(agent, world.job())
    with pytest.raises(HostError, match="exit code 3"):
        await deploy(agent, world, world.body(["busybox", "sh", "-c", script]), run, stable_for=ENDS)
    shown = b"".join(data for _, data in run.said).decode()
    assert "before\n\ufffd\ufffdbad\nafter\n" in shown, "what is no text shows where it stood"
    logged = await log(agent, world)
    # Docker's own log driver has replaced them.
    assert logged == [b"before\n", "\ufffd\ufffdbad\n".encode(), b"after\n"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"Image": "127.0.0.1:1/nowhere:1"},
        {"HostConfig": {"PortBindings": {"80/tcp": [{"HostPort": "no port"}]}}},
        {"HostConfig": {"Memory": 1}},
        {"Cmd": ["no-such-program"]},
        {"User": "nobody-here"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_a_deploy_does_not_destroy_first(agent: MemoryAgent, world: World, wrong: dict[str, Any]) -> None:
    """A failed pull, a bad port, a body Docker refuses, a command that is not there: the old one was never away."""
    await deploy(agent, world, world.body())
    facts = "{{.Id}} {{.State.StartedAt}} {{.State.Running}} {{.HostConfig.RestartPolicy.Name}}"
    before = docker("inspect", "-f", facts, world.name())
    body = world.body()
    host = {**body["HostConfig"], **wrong.get("HostConfig", {})}
    with pytest.raises(HostError) as failure:
        await deploy(agent, world, {**body, **wrong, "HostConfig": host})
    assert docker("inspect", "-f", facts, world.name()) == before, failure.value.message
    assert world.containers() == {world.name(): "running"}


async def test_no_program_is_started_for_work_on_containers(
    agent: MemoryAgent, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Docker is spoken to through its API: deploying, acting, reading logs and state starts no docker command."""
    name = world.name()
    with monkeypatch.context() as patched:

        def refuse(*given: object, **named: object) -> None:
            raise AssertionError(f"a program was started: {given}")

        patched.setattr(subprocess, "Popen", refuse)
        await deploy(agent, world, world.body())
        await deploy(agent, world, world.body())
        for verb in (ContainerVerb.STOP, ContainerVerb.START, ContainerVerb.RESTART):
            await act(MemoryRun(agent, world.job()), ActOnContainer(name=name, verb=verb, timeout=1))
        id = (await agent.docker.inspect(name))["Id"]
        assert (await inspect(agent, InspectContainer(name=id)))["State"]["Running"]
        assert await log(agent, world)
    assert world.containers() == {name: "running"}
