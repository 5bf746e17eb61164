"""Agent and Run: what an ability's run.py may reach on a host. The periphery implements both."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Protocol

from msgspec import Raw, Struct

from monitor.abilities.build.room import Builds
from monitor.abilities.cleaning.seen import Seen
from monitor.abilities.docker.engine import Engine
from monitor.abilities.git.mirrors import Mirrors
from monitor.abilities.image.held import Held
from monitor.abilities.stats.recorder import Recorder
from monitor.abilities.stats.sampler import Sampler
from monitor.abilities.terminal.held import Terminals
from monitor.abilities.watch.kills import Kills
from monitor.kernel.activity import State
from monitor.kernel.clock import Clock
from monitor.kernel.hostview import AgentInfo
from monitor.kernel.operation import tag_of

SEARCHES = 6
"""Logs an agent searches at once: each is a process that keeps a cpu busy."""


class Agent(Protocol):
    """The host's side: its Docker, its clock, its folder for work."""

    docker: Engine
    """Every container body it creates has passed the host's policy: the engine is given the judge."""
    clock: Clock
    work: Path
    """An empty-able folder for clones; 0700."""
    mirrors: Mirrors
    """Of the repositories this host has fetched; kept."""
    builds: Builds
    """What builds may do and use here."""
    held: Held
    """Images that jobs under way need."""
    seen: Seen
    """When images were last seen in use."""
    stats: Sampler
    """The host's usage: one for Watch and everybody who looks."""
    recorder: Recorder
    """Its usage on a grid, for history."""
    kills: Kills
    """The kernel's for want of memory, as far as a watch has seen them: the next one knows it too."""
    searches: asyncio.Semaphore
    """So many logs are searched at once."""
    terminals: Terminals
    """Those that are open, and whether this host allows any."""

    async def info(self) -> AgentInfo:
        """What Hello answers."""
        ...

    async def process(self, argv: Sequence[str], *, env: dict[str, str], what: str) -> bytes:
        """Run a program to its end beside the jobs, for a call: as Run's, with its output shown to nobody."""
        ...


class Run(Protocol):
    """One job being run: its steps, its output, its processes. All output is redacted before it leaves memory."""

    id: str
    agent: Agent

    def step(self, name: str) -> AbstractAsyncContextManager[None]:
        """A step; ends succeeded, or failed/cancelled with the exception that leaves it (HostError.exit_code kept)."""
        ...

    def output(self, data: bytes, stream: str = "stdout") -> None:
        """Bytes of the current step."""
        ...

    def note(self, text: str) -> None:
        """A line in Monitor's own words."""
        ...

    def keep(self, result: Any) -> None:
        """From here on the job has done something that must not be forgotten: should the agent be killed before its
        end, it has succeeded with this, or what was kept after it.
        """
        ...

    async def process(
        self,
        argv: Sequence[str],
        *,
        cwd: Path | None = None,
        env: dict[str, str] | None = None,
        what: str = "",
        quiet: bool = False,
        most: int = 0,
        merged: bool = False,
    ) -> bytes:
        """Run a program to its end, its output streamed into the step (not if `quiet`); its last 64 KiB of stdout.

        It gets no stdin, a minimal environment plus `env`, a process group of its own, and dies with the agent.
        Cancelling sends TERM to the group, KILL after 5 s. HostError with the exit code and the end of stderr if it
        fails; `what` names it. One that prints more than `most` bytes, if any are given, is killed and has failed.
        `merged`: what it writes to stderr is no complaint, and stands with the rest.
        """
        ...


class CallHandler(Struct, frozen=True):
    """Binds a Call to the agent's way of answering it."""

    message: type[Any]
    run: Callable[[Any, Any], Awaitable[Any]]
    """(agent, call) -> answer"""


class FeedHandler(Struct, frozen=True):
    """Binds a Feed to the agent's way of feeding it."""

    message: type[Any]
    run: Callable[[Any, Any], AsyncIterator[Any]]
    """(agent, feed) -> events"""


class SessionHandler(Struct, frozen=True):
    """Binds a Session to the agent's side of it."""

    message: type[Any]
    run: Callable[[Any, Any, Any], Awaitable[None]]
    """(agent, session, exchange); the session ends when it returns."""


class Recovered(Struct, frozen=True, kw_only=True):
    """How a job ended after all, found out by an agent that was killed in the middle of it."""

    state: State
    """An end: succeeded, failed or interrupted."""
    result: Raw = Raw(b"\xc0")
    """msgpack of the job's R, only when it succeeded."""
    error: str = ""
    hint: str = ""


class JobHandler(Struct, frozen=True):
    """Binds a HostJob to the agent's way of running it."""

    message: type[Any]
    run: Callable[[Any, Any], Awaitable[Any]]
    """(run, job) -> result"""
    recover: Callable[[Any, str], Awaitable[Recovered]] | None = None
    """(agent, job id) -> how it ended, asked by a new agent before it takes work. Finishes or undoes from what stands
    on the host alone and may be asked again. Unavailable when the host cannot tell yet: ask later. None means that
    the job ends as interrupted."""


class Abilities(Struct, frozen=True):
    """Everything a host answers, as explicit tuples."""

    calls: tuple[CallHandler, ...] = ()
    feeds: tuple[FeedHandler, ...] = ()
    jobs: tuple[JobHandler, ...] = ()
    sessions: tuple[SessionHandler, ...] = ()

    def __add__(self, other: "Abilities") -> "Abilities":
        """Both together."""
        return Abilities(
            self.calls + other.calls,
            self.feeds + other.feeds,
            self.jobs + other.jobs,
            self.sessions + other.sessions,
        )

    def names(self) -> tuple[str, ...]:
        """The name of each message it answers."""
        return tuple(tag_of(handler.message) for handler in (*self.calls, *self.feeds, *self.jobs, *self.sessions))
