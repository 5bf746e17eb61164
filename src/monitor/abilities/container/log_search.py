"""Log search: one search as the agent sees it: a process that is ended when its time is up, whatever it does."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress

from msgspec.structs import replace

from monitor.abilities.agent.contract import SEARCHES, Agent
from monitor.abilities.container.log_calls import LogBatch, ReadLog
from monitor.abilities.container.log_task import FRAME, STALL, Task
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import Conflict, HostError
from monitor.kernel.link import Failure
from monitor.kernel.wire import decode, pack, unpack

WITHIN = 60.0
"""Seconds a search that follows nothing may take."""
_WORKER = "monitor.abilities.container.log_worker"


async def search_log(agent: Agent, feed: ReadLog) -> AsyncIterator[LogBatch]:
    """What was found, as it is found; the last batch says how far the search came, and why no further.

    Invalid where the pattern is none, Conflict while too many others search.
    """
    if agent.searches.locked():
        raise Conflict(f"this server searches {SEARCHES} logs already", hint="wait until one of them has ended")
    async with agent.searches, _worker(agent, feed) as process:
        last = LogBatch()
        until = None if feed.follow else agent.clock.monotonic() + WITHIN
        try:
            while (frame := await _frame(process, agent.clock, until)) is not None:
                last = _batch(frame)
                yield last
        except TimeoutError:
            yield _cut(last, f"it took longer than {WITHIN:g} s")
            return
        code = await process.wait()
        if code == -signal.SIGALRM:
            yield _cut(last, f"the pattern took longer than {STALL} s over a few lines; give a simpler one")
        elif code:
            raise HostError(f"the search ended unexpectedly, with exit code {code}")


@asynccontextmanager
async def _worker(agent: Agent, feed: ReadLog) -> AsyncGenerator[Process]:
    """The process, given its task; killed when the context is left."""
    argv = (sys.executable, "-P", "-m", _WORKER, str(os.getpid()))
    process = await asyncio.create_subprocess_exec(*argv, stdin=PIPE, stdout=PIPE)
    try:
        assert process.stdin is not None  # noqa: S101 - asked for
        process.stdin.write(pack(Task(agent.docker.socket, feed)))
        process.stdin.write_eof()
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _frame(process: Process, clock: Clock, until: float | None) -> bytes | None:
    """The next; None at the end. TimeoutError once it is too late."""
    if until is None:
        return await _read(process)
    async with deadline(clock, until - clock.monotonic()):
        return await _read(process)


async def _read(process: Process) -> bytes | None:
    assert process.stdout is not None  # noqa: S101 - asked for
    try:
        head = await process.stdout.readexactly(FRAME.size)
        return await process.stdout.readexactly(FRAME.unpack(head)[0])
    except asyncio.IncompleteReadError:
        return None


def _batch(frame: bytes) -> LogBatch:
    """What was found; raises what went wrong."""
    if frame.startswith(b"{"):
        raise decode(frame, Failure).error()
    return unpack(frame, LogBatch)


def _cut(last: LogBatch, why: str) -> LogBatch:
    return replace(last, at=(), marks=b"", data=(), note="", stopped=why)
