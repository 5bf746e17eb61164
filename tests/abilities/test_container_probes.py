"""Probes on the real Docker: what counts as an answer, and where is asked: at the container's own address only."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest

from monitor.abilities.container.calls import ReplaceContainer
from monitor.abilities.container.dial import dialled
from monitor.abilities.container.probes import HttpProbe, Probe, TcpProbe
from monitor.abilities.container.replace import replace
from monitor.abilities.docker.described import Described, NetworkState, RunState, described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import HostError
from tests.abilities.memory import SOCKET, MemoryAgent, MemoryRun
from tests.abilities.world import SERVE, World
from tests.ports import free_port

pytestmark = pytest.mark.real
PORT = free_port()


def serving(answer: str, wait: float = 0) -> list[str]:
    """A command that answers each request so."""
    say = f"read line; printf '{answer}'"
    return ["busybox", "sh", "-c", f'busybox sleep {wait}; exec busybox nc -ll -p {PORT} -e busybox sh -c "{say}"']


OK = serving("HTTP/1.1 200 OK\\r\\n\\r\\n", 0.5)


async def deploy(agent: MemoryAgent, world: World, command: list[str], probe: Probe, **given: Any) -> MemoryRun:
    run = MemoryRun(agent, world.job())
    body = given.pop("body", world.body(command))
    job = {"healthy_within": 30.0, "stop_timeout": 0} | given
    await replace(run, ReplaceContainer(name=world.name(), body=body, probe=probe, **job))
    return run


async def refusal(agent: MemoryAgent, world: World, command: list[str], probe: Probe, **given: Any) -> str:
    with pytest.raises(HostError) as failure:
        await deploy(agent, world, command, probe, **({"healthy_within": 1.0} | given))
    assert failure.value.hint
    return failure.value.message


async def refusal_of_answer(
    agent: MemoryAgent, world: World, command: list[str], probe: Probe, expected: str, **given: Any
) -> str:
    """The same of one that has come so far as to do what is expected: a busy machine is given longer for that, since
    every refusal takes all the time there is.
    """
    for within in (1.0, 5.0, 25.0):
        told = await refusal(agent, world, command, probe, healthy_within=within, **given)
        if expected in told:
            return told
        assert any(soon in told for soon in ("nothing listens", "no answer within", "was not healthy within")), told
    raise AssertionError(f"{expected!r} was not said, but: {told}")


@asynccontextmanager
async def host_listener() -> AsyncGenerator[list[str]]:
    """A program of the host on the same port, at every address; it notes who came."""
    came: list[str] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append("somebody")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(connected, "0.0.0.0", PORT)
    async with server:
        yield came


@pytest.mark.parametrize("probe", [HttpProbe(port=PORT, interval=0.1), TcpProbe(port=PORT, interval=0.1)])
async def test_it_waits_for_an_answer(agent: MemoryAgent, world: World, probe: Probe) -> None:
    await deploy(agent, world, OK, probe, stable_for=60)
    assert world.containers() == {world.name(): "running"}


@pytest.mark.parametrize("probe", [HttpProbe(port=PORT, interval=0.1), TcpProbe(port=PORT, interval=0.1)])
async def test_without_an_answer_it_is_not_up(agent: MemoryAgent, world: World, probe: Probe) -> None:
    await deploy(agent, world, OK, probe)
    told = await refusal(agent, world, SERVE, probe)
    assert f"the container {world.name()} did not answer its probe within 1 s: nothing listens at 1" in told
    assert "The old container runs on" in told
    assert world.containers() == {world.name(): "running"}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("HTTP/1.1 503 Busy\\r\\n\\r\\n", "it answers 503 at"),
        ("SSH-2.0-OpenSSH\\r\\n", "it speaks no HTTP/1 at"),
        ("$(busybox yes | busybox head -c 100000 | busybox tr -d '\\n')", "it speaks no HTTP/1 at"),
        ("", "it closed the connection at"),
    ],
)
async def test_what_is_no_good_answer(agent: MemoryAgent, world: World, answer: str, told: str) -> None:
    await refusal_of_answer(agent, world, serving(answer), HttpProbe(port=PORT, interval=0.1), told)


async def test_how_long_it_was_waited_is_said(agent: MemoryAgent, world: World) -> None:
    mute = ["busybox", "nc", "-ll", "-p", str(PORT), "-e", "busybox", "sleep", "60"]
    told = await refusal_of_answer(agent, world, mute, HttpProbe(port=PORT, interval=0.1), "no answer within")
    found = re.search(r"did not answer its probe within (\S+) s: no answer within (\S+) s at", told)
    assert found is not None
    assert 1 <= float(found[2]) <= float(found[1])


async def test_the_range_of_statuses_is_the_configs(agent: MemoryAgent, world: World) -> None:
    probe = HttpProbe(port=PORT, interval=0.1, path="/health?x=1", status_from=500, status_to=503)
    await deploy(agent, world, serving("HTTP/1.0 503 Busy\\r\\n\\r\\n"), probe)


async def test_redirects_are_not_followed(agent: MemoryAgent, world: World) -> None:
    async with host_listener() as came:
        moved = serving(f"HTTP/1.1 302 Found\\r\\nLocation: http://127.0.0.1:{PORT}/\\r\\n\\r\\n")
        probe = HttpProbe(port=PORT, interval=0.1, status_to=299)
        await refusal_of_answer(agent, world, moved, probe, "it answers 302")
    assert came == []


async def test_nothing_but_its_own_address_is_asked(agent: MemoryAgent, world: World) -> None:
    """Neither what a label or the environment says, nor a port of the host, even one published for it."""
    body = world.body(PortBindings={f"{PORT + 1}/tcp": [{"HostIp": "127.0.0.1", "HostPort": str(PORT + 1)}]})
    body["Labels"] |= {"monitor.address": "127.0.0.1", "org.opencontainers.image.url": f"http://127.0.0.1:{PORT}"}
    body |= {"Env": [f"ADDRESS=127.0.0.1:{PORT}"], "Hostname": "localhost"}
    async with host_listener() as came:
        assert "nothing listens" in await refusal(agent, world, SERVE, HttpProbe(port=PORT, interval=0.1), body=body)
    assert came == []


async def test_a_container_without_an_address_is_not_asked(agent: MemoryAgent, world: World) -> None:
    async with host_listener() as came:
        body = world.body(NetworkMode="host")
        told = await refusal(agent, world, SERVE, TcpProbe(port=PORT, interval=0.1), body=body)
    assert "it has no address of its own that this host reaches" in told
    assert came == []


async def test_a_health_check_decides_beside_it(agent: MemoryAgent, world: World) -> None:
    check = {"Test": ["CMD", "busybox", "false"], "Interval": 200_000_000, "Timeout": 30 * 10**9, "Retries": 1}
    probe, body = TcpProbe(port=PORT, interval=0.1), world.body(OK) | {"Healthcheck": check}
    assert "is unhealthy" in await refusal(agent, world, OK, probe, body=body, healthy_within=30.0)
    check["Test"] = ["CMD", "busybox", "true"]
    body = world.body() | {"Healthcheck": check}
    await refusal_of_answer(agent, world, SERVE, probe, "did not answer its probe", body=body)


async def test_an_end_meanwhile_is_said_at_once(agent: MemoryAgent, world: World) -> None:
    told = await refusal(agent, world, ["busybox", "false"], TcpProbe(port=PORT, interval=0.1), healthy_within=60.0)
    assert "did not stay up: exit code 1" in told


class OddNetwork(Engine):
    """One whose network is of another driver."""

    driver = "bridge"

    async def network(self, name: str) -> dict[str, Any]:
        return {"Driver": self.driver}


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("127.0.0.1", "macvlan"),
        ("127.0.0.1", "bridge"),
        ("0.0.0.0", "bridge"),
        ("169.254.169.254", "bridge"),
        ("224.0.0.1", "bridge"),
        ("::1", "bridge"),
        ("", "bridge"),
    ],
)
async def test_addresses_that_may_be_somebody_elses_are_not_asked(address: str, driver: str) -> None:
    clock = SystemClock()
    engine = OddNetwork(SOCKET, clock)
    engine.driver = driver
    networks = {"odd": {"IPAddress": address, "NetworkID": "1"}}
    state = RunState(status="running", running=True)
    seen = Described(id="1", name="/x", state=state, network_settings=NetworkState(networks=networks))
    async with host_listener() as came:
        assert "no address of its own" in await dialled(engine, clock, seen, TcpProbe(port=PORT))
    assert came == []


async def test_a_network_of_another_driver_is_not_asked(world: World) -> None:
    clock = SystemClock()
    engine = OddNetwork(SOCKET, clock)
    seen = described(await engine.inspect(world.run("quiet")))
    assert "nothing listens" in await dialled(engine, clock, seen, TcpProbe(port=PORT))
    engine.driver = "macvlan"
    assert "no address of its own" in await dialled(engine, clock, seen, TcpProbe(port=PORT))


@pytest.mark.parametrize("path", ["", "health", "/a b", "/a\r\nHost: b", "/\0", "/ä", "/" + "a" * 2000])
def test_a_path_is_one_word_of_a_request(path: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"kind": "http", "port": 80, "path": path}, HttpProbe)
