"""A new container beside the old one on the real Docker: nothing stops, and no name is ever without an answer."""

import asyncio
import json
from typing import Any

import pytest

from monitor.abilities.container.calls import ReplaceContainer, Replaced
from monitor.abilities.container.replace import replace
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import HostError, Unavailable
from tests.abilities.memory import SOCKET, MemoryAgent, MemoryRun
from tests.abilities.world import ENDS, World, docker

pytestmark = pytest.mark.real
FIRST = ["create", "start", "verify"]
IN_TURN = ["create", "park", "start", "verify", "remove"]
BESIDE = ["create", "start", "verify", "rename", "remove"]
DIES = ["busybox", "sh", "-c", "exit 3"]


async def deploy(agent: MemoryAgent, world: World, run: MemoryRun | None = None, **given: Any) -> Replaced:
    job = {"name": world.name(), "body": world.body(), "stable_for": 0.3, "stop_timeout": 2} | given
    return await replace(run or MemoryRun(agent, world.job()), ReplaceContainer(**job))


def aliased(world: World, command: list[str] | None = None, *aliases: str) -> dict[str, Any]:
    """A body on the test's network."""
    networking = {"NetworkingConfig": {"EndpointsConfig": {world.name("net"): {"Aliases": list(aliases)}}}}
    return world.body(command, NetworkMode=world.name("net")) | networking


def endpoint(container: str) -> dict[str, Any]:
    return next(iter(json.loads(docker("inspect", "-f", "{{json .NetworkSettings.Networks}}", container)).values()))


async def test_what_holds_nothing_starts_beside_the_old_one(agent: MemoryAgent, world: World) -> None:
    first = MemoryRun(agent, world.job())
    await deploy(agent, world, first)
    assert [step for step, _ in first.steps] == FIRST, "there is nothing to run beside"
    run = MemoryRun(agent, world.job())
    done = await deploy(agent, world, run)
    assert [step for step, _ in run.steps] == BESIDE
    assert "starts beside the old one" in run.output_text
    assert (done.beside, done.away) == (True, 0.0)
    assert world.containers() == {world.name(): "running"}
    assert docker("inspect", "-f", "{{.Id}} {{.HostConfig.RestartPolicy.Name}}", world.name()) == (
        f"{done.container} always"
    )


async def test_what_holds_something_stops_first_and_says_why(agent: MemoryAgent, world: World) -> None:
    body = world.body(Binds=[f"{world.name('data')}:/data"])
    await deploy(agent, world, body=body)
    run = MemoryRun(agent, world.job())
    done = await deploy(agent, world, run, body=body)
    assert [step for step, _ in run.steps] == IN_TURN
    assert f"stops first: two cannot both hold the volume {world.name('data')}." in run.output_text
    assert not done.beside
    assert done.away > 0


async def test_it_stops_first_where_the_config_says_so(agent: MemoryAgent, world: World) -> None:
    await deploy(agent, world)
    run = MemoryRun(agent, world.job())
    assert not (await deploy(agent, world, run, beside=False)).beside
    assert [step for step, _ in run.steps] == IN_TURN


async def test_a_failure_beside_leaves_the_old_one_untouched(agent: MemoryAgent, world: World) -> None:
    await deploy(agent, world)
    before = docker("inspect", world.name())
    with pytest.raises(HostError, match=r"did not stay up: exit code 3\. The old container runs on; it was never away"):
        await deploy(agent, world, body=world.body(DIES), stable_for=ENDS)
    assert docker("inspect", world.name()) == before
    assert world.containers() == {world.name(): "running"}


async def test_aliases_come_only_once_it_is_up(agent: MemoryAgent, world: World) -> None:
    world.network()
    body = aliased(world, None, "www")
    first = await deploy(agent, world, body=body)
    assert "www" in endpoint(world.name())["Aliases"], "where there is nothing to move they are there at once"
    run = MemoryRun(agent, world.job())
    task = asyncio.create_task(deploy(agent, world, run, body=body, stable_for=1.5))
    while ("verify", "") not in run.steps:
        await asyncio.sleep(0.02)
    passing = f"{world.name()}.new-{run.id}"
    assert "www" not in endpoint(passing)["Aliases"]
    address = endpoint(passing)["IPAddress"]
    second = await task
    given = endpoint(world.name())
    assert {"www", world.name()} <= set(given["Aliases"])
    assert given["IPAddress"] == address, "what it has connected to stays connected"
    assert first.container != second.container


async def test_a_changed_address_restarts_the_new_one(world: World) -> None:
    """A lower address became free in the meantime; what the container connected to would hang."""
    world.network()
    low = world.run("low", "--network", world.name("net"))
    body = aliased(world, None, "www")
    agent = MemoryAgent()
    await deploy(agent, world, body=body)
    run = MemoryRun(agent, world.job())
    task = asyncio.create_task(deploy(agent, world, run, body=body, stable_for=1.0))
    while ("verify", "") not in run.steps:
        await asyncio.sleep(0.02)
    started = docker("inspect", "-f", "{{.State.StartedAt}}", f"{world.name()}.new-{run.id}")
    docker("network", "disconnect", world.name("net"), low)
    assert (await task).beside
    assert "it is restarted" in run.output_text
    assert docker("inspect", "-f", "{{.State.StartedAt}}", world.name()) > started
    assert world.containers() == {world.name(): "running", world.name("low"): "running"}


async def test_several_networks(agent: MemoryAgent, world: World) -> None:
    nets = [world.network("net"), world.network("other")]
    body = aliased(world, None, "www")
    body["NetworkingConfig"]["EndpointsConfig"][nets[1]] = {"Aliases": ["api"]}
    for beside in (False, True):
        assert (await deploy(agent, world, body=body)).beside == beside
        networks = json.loads(docker("inspect", "-f", "{{json .NetworkSettings.Networks}}", world.name()))
        assert {"www"} <= set(networks[nets[0]]["Aliases"])
        assert {"api"} <= set(networks[nets[1]]["Aliases"])


@pytest.mark.parametrize("step", ["create", "start", "verify", "rename"])
async def test_cancelled_at_each_step_the_old_one_is_untouched(agent: MemoryAgent, world: World, step: str) -> None:
    world.network()
    body = aliased(world, None, "www")
    await deploy(agent, world, body=body)
    before = docker("inspect", "-f", "{{.Id}} {{.State.StartedAt}} {{.HostConfig.RestartPolicy.Name}}", world.name())
    run = MemoryRun(agent, world.job())
    task = asyncio.create_task(deploy(agent, world, run, body=body))
    while (step, "") not in run.steps:
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert run.steps[-1] == (step, "cancelled")
    assert world.containers() == {world.name(): "running"}
    assert before == docker(
        "inspect", "-f", "{{.Id}} {{.State.StartedAt}} {{.HostConfig.RestartPolicy.Name}}", world.name()
    )


async def test_no_name_is_ever_without_an_answer(agent: MemoryAgent, world: World) -> None:
    """Asked a hundred times a second inside the network, the container's name and its alias always lead somewhere."""
    world.network()
    body = aliased(world, None, "www")
    await deploy(agent, world, body=body)
    names = f"www {world.name()}"
    ask = f"for n in {names}; do busybox nslookup $n 127.0.0.11 >/dev/null 2>&1 && echo yes $n || echo no $n; done"
    asker = world.run(
        "asker",
        "--network",
        world.name("net"),
        command=["busybox", "sh", "-c", f"while :; do {ask}; busybox usleep 5000; done"],
    )
    for _ in range(3):
        assert (await deploy(agent, world, body=body)).beside
    lines = docker("logs", asker).splitlines()
    assert len(lines) > 100
    assert [line for line in lines if line.startswith("no")] == []


async def test_a_daemon_that_dies_while_the_old_one_is_cleared_away(world: World) -> None:
    """From then on nothing is undone: once the daemon is back, the old one goes."""

    class Dying(Engine):
        dead = 0

        async def stop(self, container: str, grace: int) -> None:
            if self.dead < 3:
                self.dead += 1
                raise Unavailable("gone")
            await super().stop(container, grace)

    docker_ = Dying(SOCKET, SystemClock())
    agent = MemoryAgent(docker_)
    await deploy(agent, world)
    await deploy(agent, world)
    assert docker_.dead == 3
    assert world.containers() == {world.name(): "running"}
