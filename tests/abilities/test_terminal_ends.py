"""Ends of terminals on the real Docker: nothing that was started stays, and nothing else is hit."""

import asyncio
import os
import time

import pytest

from monitor.abilities.agent.contract import Recovered
from monitor.abilities.terminal import ending, processes
from monitor.abilities.terminal.held import Terminals
from monitor.abilities.terminal.run import recover
from monitor.kernel.clock import SystemClock
from tests.abilities.memory import MemoryAgent
from tests.abilities.shells import SH, opened
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real

OWN = "busybox sleep 3600"
"""What the container runs by itself."""


@pytest.fixture(autouse=True)
async def running(world: World) -> None:
    """A container, once all it runs by itself is there."""
    world.run("web", "--network", "none")
    async with asyncio.timeout(20):
        while not any(line.endswith(OWN) for line in seen(world)):
            await asyncio.sleep(0.05)


@pytest.fixture(params=["from outside", "from inside"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """As an agent that is root, and as one that is not or is in a container itself."""
    if request.param == "from inside":
        monkeypatch.setattr(ending, "is_in_view", blind)
    return request.param


def blind(container: str, main: int) -> bool:
    """An agent that cannot look into containers."""
    del container, main
    return False


def seen(world: World) -> list[str]:
    """Command lines of all processes in the container."""
    return docker("top", world.name(), "-eo", "pid,args").splitlines()[1:]


def strangers(world: World) -> list[str]:
    """Those it does not run by itself."""
    return [line for line in seen(world) if not line.endswith(OWN) and "trap" not in line]


async def started(world: World, what: str = "busybox") -> None:
    """What was typed runs: that it is seen says only that the terminal read it."""
    async with asyncio.timeout(20):
        while not any(what in line for line in strangers(world)):
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    "left",
    [
        b"busybox sleep 1111",
        b"busybox sleep 1111 & busybox sleep 1112 & busybox sleep 1113",
        b"busybox nohup busybox sleep 1111 >/dev/null 2>&1 & busybox sleep 1112",
        b"busybox setsid busybox sleep 1111 & busybox sleep 1112",
        b"(busybox setsid busybox sh -c 'busybox sleep 1111 & busybox sleep 1112 & wait' &); busybox sleep 1113",
        b"trap '' TERM HUP INT; while :; do busybox sleep 1; done",
        b"busybox yes >/dev/null & busybox yes",
    ],
    ids=["a child", "in background", "nohup", "setsid", "detached", "deaf", "flooding"],
)
async def test_closing_ends_all_it_started(way: str, agent: MemoryAgent, world: World, left: bytes) -> None:
    before = len(seen(world))
    async with opened(agent, world) as terminal, terminal.person() as ann:
        await ann.type(left + b"\r")
        await started(world, "sleep 111" if b"1111" in left else "busybox")
        await asyncio.sleep(0.2)
        terminal.close("enough")
        ended = await asyncio.wait_for(terminal.task, 15)
        assert ended.left == 0, strangers(world)
        assert ended.reason == "enough"
        assert strangers(world) == []
        assert len(seen(world)) == before
        assert (await ann.ended()).reason == "enough"


async def test_an_exit_ends_what_was_left_in_background(way: str, agent: MemoryAgent, world: World) -> None:
    async with opened(agent, world) as terminal, terminal.person() as ann:
        await ann.type(b"busybox sleep 1111 &\r")
        await ann.type(b"exit 4\r")
        assert (await ann.ended()).exit_code == 4
        await asyncio.wait_for(terminal.task, 15)
    assert strangers(world) == []


async def test_another_user_s_processes_too(way: str, agent: MemoryAgent, world: World) -> None:
    async with opened(agent, world, user="1234") as terminal, terminal.person() as ann:
        await ann.type(b"busybox sleep 1111 &\r")
        await started(world, "sleep 1111")
        terminal.close()
        assert (await asyncio.wait_for(terminal.task, 15)).left == 0
    assert strangers(world) == []


async def test_two_terminals_end_apart(way: str, agent: MemoryAgent, world: World) -> None:
    async with opened(agent, world) as one, opened(agent, world) as two, one.person() as ann, two.person() as bob:
        await ann.type(b"busybox sleep 1111\r")
        await bob.type(b"busybox sleep 2222\r")
        async with asyncio.timeout(20):
            while sum("sleep" in line for line in strangers(world)) < 2:
                await asyncio.sleep(0.05)
        one.close()
        await asyncio.wait_for(one.task, 15)
        assert [line.split("busybox ")[1] for line in strangers(world) if "sleep" in line] == ["sleep 2222"]
        two.close()
        await asyncio.wait_for(two.task, 15)


async def test_cancelled_it_ends_as_well(way: str, agent: MemoryAgent, world: World) -> None:
    async with opened(agent, world) as terminal, terminal.person() as ann:
        await ann.type(b"busybox sleep 1111\r")
        await started(world, "sleep 1111")
        terminal.task.cancel()
        await asyncio.wait([terminal.task], timeout=15)
        assert terminal.task.cancelled()
    assert strangers(world) == []


async def test_an_agent_that_was_killed_is_cleaned_up_after(
    way: str, agent: MemoryAgent, world: World, tmp_path: os.PathLike[str]
) -> None:
    agent.terminals = Terminals(SystemClock(), folder=tmp_path)  # pyright: ignore[reportArgumentType]
    async with opened(agent, world) as terminal, terminal.person() as ann:
        await ann.type(b"busybox setsid busybox sleep 1111 &\r")
        await started(world, "sleep 1111")
        after = MemoryAgent()
        after.terminals = Terminals(SystemClock(), folder=tmp_path)  # pyright: ignore[reportArgumentType]
        recovered: Recovered = await recover(after, terminal.id)
        assert recovered.error == "the agent was restarted; its processes were ended"
        assert strangers(world) == []
        assert after.terminals.recall(terminal.id) is None


async def test_a_removed_container_ends_it_at_once(agent: MemoryAgent, world: World) -> None:
    async with opened(agent, world) as terminal, terminal.person() as ann:
        await ann.type(b"echo up\r")
        await ann.until(b"up")
        begun = time.monotonic()
        docker("rm", "-f", world.name())
        await asyncio.wait_for(asyncio.wait([terminal.task]), 15)
        assert time.monotonic() - begun < 10


async def test_nobody_connected_ends_it(agent: MemoryAgent, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.abilities.terminal.terminal.LINGER", 1.0)
    async with opened(agent, world, command=(*SH, "-c", "busybox sleep 1111")) as terminal:
        ended = await asyncio.wait_for(terminal.task, 15)
        assert ended.reason == "nobody was connected for 1 s"
    assert strangers(world) == []


def test_a_number_given_to_another_process_is_not_hit() -> None:
    own = processes.read_process(processes.PROC / str(os.getpid()))
    assert own is not None
    processes.send(own._replace(start=own.start - 1), (9,))  # pyright: ignore[reportArgumentType] - it would kill us
