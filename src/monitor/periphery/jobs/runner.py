"""JobRunner: starts each job once, brings it to exactly one end, and lets anyone follow it from any point."""

import asyncio
import errno
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import msgspec
from msgspec import Raw

from monitor.abilities.agent.contract import JobHandler, Recovered
from monitor.kernel.activity import State
from monitor.kernel.clock import Clock, Deadline, deadline
from monitor.kernel.errors import Conflict, HostError, MonitorError, Unavailable, UnknownJob
from monitor.kernel.job import JobEvent, JobStart
from monitor.kernel.operation import tag_of
from monitor.kernel.wire import pack, unpack
from monitor.periphery.jobs.memory import MemoryLog
from monitor.periphery.jobs.output import JobWriter
from monitor.periphery.jobs.process import Programs
from monitor.periphery.jobs.run import JobRun
from monitor.periphery.jobs.shelf import JobLog, JobNote, Shelf

KEEP = timedelta(days=7)
"""How long an ended job waits for core's acknowledgement."""
MOST = 1000
"""How many ended jobs wait at most."""
RETRY = 2.0
"""Seconds between tries to recover a job while Docker does not answer."""
_LOG = logging.getLogger(__name__)


class JobRunner:
    """All jobs of one host."""

    def __init__(
        self, agent: Any, handlers: Sequence[JobHandler], shelf: Shelf, clock: Clock, programs: Programs | None = None
    ) -> None:
        self._agent = agent
        self._handlers = {tag_of(handler.message): handler for handler in handlers}
        self._shelf = shelf
        self._clock = clock
        self._programs = programs
        self._jobs: dict[str, _Kept] = {}

    def load(self) -> set[str]:
        """Take over what an earlier life left; the ids of jobs it was in the middle of. Follow with `recover`."""
        for note, log in self._shelf.load():
            self._jobs[note.id] = _Kept(note, log)
        self._prune()
        return {kept.note.id for kept in self._jobs.values() if kept.log.end is None}

    def recover(self) -> None:
        """Bring every job without an end to one, in the background."""
        for kept in self._jobs.values():
            if kept.log.end is None and kept.task is None:
                kept.writer = JobWriter(kept.log, (), self._clock, kept.tell)
                kept.recovering = True
                kept.task = asyncio.get_running_loop().create_task(self._recover(kept, kept.writer))

    def start(self, given: JobStart) -> None:
        """Take a job over and begin it; nothing happens if its id is known. HostError for an unknown kind of job."""
        if given.id in self._jobs:
            return
        handler = self._handlers.get(given.name)
        if handler is None:
            raise HostError(f"this agent does not know the job {given.name}", hint="update the agent on this host")
        try:
            work = unpack(bytes(given.body), handler.message)
        except msgspec.ValidationError as wrong:
            raise HostError(f"the job {given.name} does not fit this agent: {wrong}", hint="update the agent") from None
        self._prune()
        note = JobNote(id=given.id, name=given.name, time_limit=given.time_limit, started=self._clock.now())
        kept = _Kept(note, self._log(note, handler))
        kept.writer = JobWriter(kept.log, given.secrets, self._clock, kept.tell)
        self._jobs[given.id] = kept
        kept.task = asyncio.get_running_loop().create_task(self._live(kept, kept.writer, handler, work))
        kept.task.add_done_callback(lambda _: self._end_unbegun(kept))

    def _log(self, note: JobNote, handler: JobHandler) -> JobLog:
        """Where it is written down; in memory, for a job that may, where there is no room. HostError."""
        try:
            return self._shelf.make(note)
        except OSError as failure:
            self._shelf.drop(note.id)
            if handler.message.diskless:
                _LOG.error("a job is not written down: %s", failure)
                return MemoryLog()
            raise HostError(
                f"this host cannot write a job down: {failure.strerror or failure}",
                hint="make room on its disk: a clean-up works without any" if failure.errno == errno.ENOSPC else "",
            ) from failure

    def check(self, id: str) -> None:
        """UnknownJob if there is no such job."""
        self._find(id)

    async def follow(self, id: str, after: int) -> AsyncIterator[JobEvent]:
        """Events with `seq > after`, then live ones, to the end. Reads what is written, so it never holds a job up."""
        kept = self._find(id)
        reader = kept.log.reader(after)
        try:
            while True:
                wake = kept.wake
                events = reader.read()
                for event in events:
                    yield event
                if not events:
                    if kept.log.end is not None:
                        return
                    await wake.wait()
        finally:
            reader.close()

    def cancel(self, id: str) -> None:
        """Ask a job to end; asked once, so that the undo is not cancelled too. An ended job stays as it ended."""
        kept = self._find(id)
        asked = kept.cancelled or kept.recovering
        if kept.task is not None and not kept.task.done() and not asked:
            kept.cancelled = True
            kept.task.cancel()

    def forget(self, id: str) -> None:
        """Delete an ended job; an unknown one is forgotten already. Conflict while it runs."""
        kept = self._jobs.get(id)
        if kept is None:
            return
        if kept.log.end is None:
            raise Conflict(f"job {id} has not ended; cancel it first")
        self._drop(id)

    def list(self) -> tuple[JobNote, ...]:
        """Every job this host knows."""
        return tuple(kept.note for kept in self._jobs.values())

    async def stop(self, patience: float = 20.0) -> None:
        """End running jobs: they get `patience` seconds to undo, and end as interrupted."""
        running = [kept for kept in self._jobs.values() if kept.task is not None and not kept.task.done()]
        for kept in running:
            kept.stopping = True
            assert kept.task is not None  # noqa: S101 - chosen above
            if not kept.cancelled:
                kept.task.cancel()
        tasks = [kept.task for kept in running if kept.task is not None]
        with suppress(TimeoutError):
            async with deadline(self._clock, patience):
                await asyncio.gather(*tasks, return_exceptions=True)
        for kept in self._jobs.values():
            kept.log.close()

    def abandon(self) -> None:
        """Stop as if killed: nothing more is written, and nobody is told. For crashes of the simulated host."""
        for kept in self._jobs.values():
            if kept.writer is not None:
                kept.writer.lost = True
            if kept.task is not None:
                kept.task.cancel()
            kept.log.close()
            kept.tell()

    async def _live(self, kept: "_Kept", writer: JobWriter, handler: JobHandler, work: Any) -> None:
        await self._run(kept, writer, handler, work)
        # The disk may be full; the end must be written all the same, once there is room.
        while not writer.settled:
            await self._clock.sleep(RETRY)
            writer.settle()

    async def _run(self, kept: "_Kept", writer: JobWriter, handler: JobHandler, work: Any) -> None:
        run = JobRun(kept.note.id, self._agent, writer, self._programs)
        limit = kept.note.time_limit
        scope = Deadline()
        try:
            async with deadline(self._clock, limit) as scope:
                result = await handler.run(run, work)
        except asyncio.CancelledError:
            self._end_cancelled(kept, writer)
        except MonitorError as failure:
            writer.end(State.FAILED, failure.message, failure.hint)
        except TimeoutError as failure:
            text = f"time limit of {limit:g} s reached" if scope.struck else f"timed out: {failure}"
            writer.end(State.FAILED, f"{text} in {_step(writer)}")
        except Exception as bug:
            _LOG.exception("job %s (%s) failed by a bug", kept.note.id, kept.note.name)
            writer.end(State.FAILED, f"the agent failed in {_step(writer)}: {type(bug).__name__}: {bug}")
        else:
            writer.end(State.SUCCEEDED, result=Raw(pack(result)))

    def _end_unbegun(self, kept: "_Kept") -> None:
        """A task cancelled before its first step has run no line of `_run`."""
        if kept.writer is not None and kept.writer.settled and kept.log.end is None:
            self._end_cancelled(kept, kept.writer)

    def _end_cancelled(self, kept: "_Kept", writer: JobWriter) -> None:
        if kept.stopping:
            writer.end(State.INTERRUPTED, f"the agent was stopped in the middle of {_step(writer)}")
        else:
            writer.end(State.CANCELLED, f"cancelled in {_step(writer)}")

    async def _recover(self, kept: "_Kept", writer: JobWriter) -> None:
        handler = self._handlers.get(kept.note.name)
        end = Recovered(state=State.INTERRUPTED, error=f"the agent was restarted in the middle of {_step(writer)}")
        try:
            if handler is not None and handler.recover is not None:
                end = await self._asked(handler.recover, kept.note.id)
        except asyncio.CancelledError:
            # The next life tries again: nothing is written.
            return
        except Exception as failure:
            _LOG.exception("job %s (%s) could not be recovered", kept.note.id, kept.note.name)
            end = Recovered(
                state=State.INTERRUPTED,
                error=f"the agent was restarted in {_step(writer)} and could not clean up: {failure}",
            )
        if end.state is State.INTERRUPTED and (result := kept.log.kept()) is not None:
            end = Recovered(state=State.SUCCEEDED, result=result)
        writer.end(end.state, end.error, end.hint, result=end.result)

    async def _asked(self, recover: Callable[[Any, str], Awaitable[Recovered]], id: str) -> Recovered:
        while True:
            try:
                return await recover(self._agent, id)
            except Unavailable:
                await self._clock.sleep(RETRY)

    def _find(self, id: str) -> "_Kept":
        kept = self._jobs.get(id)
        if kept is None:
            raise UnknownJob(f"this host has no job {id}")
        return kept

    def _prune(self) -> None:
        """Drop ended jobs nobody acknowledged: the old, and the oldest beyond the most."""
        ended = [kept.note for kept in self._jobs.values() if kept.log.end is not None]
        oldest = self._clock.now() - KEEP
        for index, note in enumerate(ended):
            if note.started < oldest or len(ended) - index > MOST:
                self._drop(note.id)

    def _drop(self, id: str) -> None:
        self._jobs.pop(id).log.close()
        self._shelf.drop(id)


class _Kept:
    """One job in memory."""

    def __init__(self, note: JobNote, log: JobLog) -> None:
        self.note = note
        self.log = log
        self.wake = asyncio.Event()
        self.writer: JobWriter | None = None
        self.task: asyncio.Task[None] | None = None
        self.cancelled = False
        self.recovering = False
        self.stopping = False

    def tell(self) -> None:
        """Wake every follower."""
        woken, self.wake = self.wake, asyncio.Event()
        woken.set()


def _step(writer: JobWriter) -> str:
    return f"step {writer.step}" if writer.step else "its start"
