"""Terminals that do not open, on a daemon that answers as a test says: who waits for one hears at once why."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import HostError
from tests.abilities.fake_docker import FakeDocker, Held, answer, fake_docker
from tests.abilities.memory import MemoryAgent
from tests.abilities.shells import opened_in

REFUSED = "unable to find user nobody-here: no matching entries in passwd file"
ID = "c" * 64
CONTAINER = f'{{"Id": "{ID}", "Name": "/web", "Config": {{}}, "State": {{"Status": "running", "Running": true}}}}'
AT_ONCE = 3.0


@pytest.fixture
async def fake(tmp_path: Path) -> AsyncIterator[FakeDocker]:
    """It runs `web`; what becomes of an exec in there, a test adds."""
    async with fake_docker(tmp_path) as fake:
        yield fake


@pytest.fixture
def agent(fake: FakeDocker) -> MemoryAgent:
    return MemoryAgent(Engine(str(fake.socket), SystemClock()))


def says(fake: FakeDocker, start: bytes | None, told: str = "") -> None:
    """What the daemon answers to the start of an exec, and what it knows of it."""

    def say(method: str, path: str) -> bytes | None:
        match path.partition("?")[0].split("/")[2:]:
            case ["containers", _, "json"] if any("start" in asked for asked in fake.asked):
                return answer(404, '{"message": "gone"}')  # with all that would have to be ended
            case ["containers", _, "json"]:
                return answer(200, CONTAINER)
            case ["containers", _, "exec"]:
                return answer(201, '{"Id": "e1"}')
            case ["exec", "e1", "start"]:
                return start
            case ["exec", "e1", "json"]:
                return answer(200, told)
            case ["events"]:
                return Held(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            case _:
                return None  # as the size of an exec that is never begun

    fake.say = say


@pytest.mark.parametrize(
    ("message", "code", "said"),
    [(REFUSED, 126, "nobody-here"), ('exec: "sh": executable file not found in $PATH', 127, "no program 'busybox'")],
)
async def test_a_daemon_that_refuses_to_begin(
    fake: FakeDocker, agent: MemoryAgent, message: str, code: int, said: str
) -> None:
    says(fake, answer(400, json.dumps({"message": message})))
    async with opened_in(agent, "web") as terminal, terminal.person() as ann:
        with pytest.raises(HostError, match=said) as heard:
            await asyncio.wait_for(ann.ended(), AT_ONCE)
        assert heard.value.exit_code == code
        with pytest.raises(HostError, match=said):
            await terminal.task


async def test_one_who_comes_after_it_failed_hears_it_too(fake: FakeDocker, agent: MemoryAgent) -> None:
    says(fake, answer(400, json.dumps({"message": REFUSED})))
    async with opened_in(agent, "web") as terminal:
        with pytest.raises(HostError, match="nobody-here"):
            await terminal.task
        async with terminal.person() as ann:
            with pytest.raises(HostError, match="nobody-here"):
                await asyncio.wait_for(ann.ended(), AT_ONCE)


async def test_a_daemon_that_tells_it_on_the_terminal_is_not_asked_for_a_size(
    fake: FakeDocker, agent: MemoryAgent
) -> None:
    """It would not answer: nothing that has a size is ever begun."""
    says(fake, answer(200, f"{REFUSED}\r\n"), '{"Running": false, "ExitCode": 126, "Pid": 0}')
    async with opened_in(agent, "web") as terminal, terminal.person() as ann:
        assert (await asyncio.wait_for(ann.ended(), AT_ONCE)).exit_code == 126
        assert b"nobody-here" in ann.output[1]
        assert (await terminal.task).exit_code == 126
    assert not any("resize" in asked for asked in fake.asked)


async def test_one_that_is_given_up_before_it_is_open(fake: FakeDocker, agent: MemoryAgent) -> None:
    says(fake, None)
    async with opened_in(agent, "web") as terminal, terminal.person() as ann:
        while not any("start" in asked for asked in fake.asked):
            await asyncio.sleep(0.01)
        terminal.task.cancel()
        with pytest.raises(HostError, match="given up before it was open"):
            await asyncio.wait_for(ann.ended(), AT_ONCE)
