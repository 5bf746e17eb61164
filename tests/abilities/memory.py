"""A job's run and an agent for tests of abilities: real Docker, everything else in memory."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from monitor.abilities.cleaning.seen import Seen
from monitor.abilities.docker.engine import Engine
from monitor.abilities.git.mirrors import Mirrors
from monitor.abilities.image.held import Held
from monitor.abilities.stats.cgroups import Cgroups
from monitor.abilities.stats.containers import Containers
from monitor.abilities.stats.recorder import Recorder
from monitor.abilities.stats.sampler import Sampler
from monitor.abilities.terminal.held import Terminals
from monitor.abilities.watch.kills import Kills
from monitor.kernel.clock import Clock, SystemClock
from monitor.kernel.errors import HostError
from monitor.kernel.hostview import AgentInfo

SOCKET = "/var/run/docker.sock"


class MemoryAgent:
    """An agent on the real Docker."""

    def __init__(self, docker: Engine | None = None, clock: Clock | None = None) -> None:
        self.clock: Clock = clock or SystemClock()
        self.docker = docker or Engine(SOCKET, self.clock)
        self.work = Path("/nonexistent")
        self.mirrors = Mirrors(self.work / "mirrors")
        self.held = Held()
        self.seen = Seen()
        self.stats = Sampler(self.clock)
        containers = Containers(self.docker, self.clock, Cgroups(self.stats.sys, self.stats.proc))
        self.recorder = Recorder(self.clock, self.stats, containers)
        self.kills = Kills()
        self.searches = asyncio.Semaphore(2)
        self.terminals = Terminals(self.clock)

    async def info(self) -> AgentInfo:
        return AgentInfo(version="test", calls=())

    async def process(self, argv: Sequence[str], *, env: dict[str, str], what: str) -> bytes:
        raise AssertionError("containers need no programs")


class MemoryRun:
    """A run that remembers its steps and output."""

    def __init__(self, agent: MemoryAgent, id: str) -> None:
        self.agent = agent
        self.id = id
        self.steps: list[tuple[str, str]] = []
        self.exit_code: int | None = None
        self.said: list[tuple[str, bytes]] = []

    @property
    def output_text(self) -> str:
        return b"".join(data for _, data in self.said).decode()

    @asynccontextmanager
    async def step(self, name: str) -> AsyncIterator[None]:
        self.steps.append((name, ""))
        try:
            yield
        except asyncio.CancelledError:
            self.steps[-1] = (name, "cancelled")
            raise
        except HostError as failure:
            self.exit_code = failure.exit_code
            self.steps[-1] = (name, "failed")
            raise
        except BaseException:
            self.steps[-1] = (name, "failed")
            raise
        self.steps[-1] = (name, "succeeded")

    def output(self, data: bytes, stream: str = "stdout") -> None:
        self.said.append((stream, data))

    def keep(self, result: Any) -> None:
        self.kept = result

    def note(self, text: str) -> None:
        self.said.append(("note", text.encode() + b"\n"))

    async def process(
        self,
        argv: Sequence[str],
        *,
        cwd: Path | None = None,
        env: dict[str, str] | None = None,
        what: str = "",
        quiet: bool = False,
    ) -> bytes:
        raise AssertionError("containers need no programs")
