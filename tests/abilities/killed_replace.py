"""A program that replaces a container and kills itself at a given change to Docker.

Argument: JSON {job, id, at, when}; it dies `before` change number `at` (counting from 1), or `during` it. With 0 it
lives, and prints the name of each change it made, which are all places to die at.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import msgspec

from monitor.abilities.container.calls import ReplaceContainer
from monitor.abilities.container.replace import replace
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import HostError
from tests.abilities.memory import SOCKET, MemoryAgent, MemoryRun

ASKS = (
    "ask",
    "containers",
    "events",
    "image",
    "info",
    "inspect",
    "judge",
    "network",
    "ping",
    "stream",
    "version",
    "wait",
)
"""What changes nothing in Docker (`ask` only asks about volumes here); all else counts."""


class DeadlyDocker:
    """The real engine until its time has come."""

    def __init__(self, docker: Engine, at: int, when: str) -> None:
        self._docker = docker
        self._left = at
        self._when = when
        self.made: list[str] = []

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._docker, name)
        return method if name in ASKS else self._counted(name, method)

    def _counted(self, name: str, method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def call(*given: Any, **named: Any) -> Any:
            self.made.append(name)
            self._left -= 1
            if self._left == 0:
                if self._when == "during":
                    # Long enough to reach the daemon, too short for it to be done.
                    asyncio.get_running_loop().call_later(0.004, _die)
                    await method(*given, **named)
                _die()
            return await method(*given, **named)

        return call


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def main() -> None:
    """Replace, and die on the way."""
    given = msgspec.json.decode(sys.argv[1])
    docker: Any = DeadlyDocker(Engine(SOCKET, SystemClock()), given["at"], given["when"])
    job = msgspec.convert(given["job"], ReplaceContainer)
    with suppress(HostError):
        await replace(MemoryRun(MemoryAgent(docker), given["id"]), job)
    print(" ".join(docker.made))


if __name__ == "__main__":
    asyncio.run(main())
