"""JobWriter: turns steps and output into numbered events: redacted, gathered into pieces, capped."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from msgspec import Raw

from monitor.kernel.activity import State
from monitor.kernel.clock import Clock
from monitor.kernel.job import JobEnded, JobEvent, Output, StepEnded, StepStarted
from monitor.kernel.redact import Redactor
from monitor.periphery.jobs.shelf import JobLog

PIECE = 64 * 1024
"""Output is written once this much has gathered."""
EVERY = 0.25
"""Or so many seconds after what was written last: what comes after a silence, at once."""
CAP = 64 * 1024 * 1024
"""Bytes of output a job may write; of what comes later only the end of each step is kept."""
TAIL = 1024 * 1024
"""Bytes kept of what comes after the cap, per step."""
_LOG = logging.getLogger(__name__)


class JobWriter:
    """The only one that writes a job's log. After `lost` is set nothing is written any more."""

    def __init__(self, log: JobLog, secrets: tuple[str, ...], clock: Clock, wrote: Callable[[], None]) -> None:
        self._log = log
        self._redactor = Redactor(secrets)
        self._clock = clock
        self._wrote = wrote
        self._redactors: dict[str, Redactor] = {}
        self._pending: list[tuple[str, bytes]] = []
        self._gathered = 0
        self._timer: asyncio.Task[None] | None = None
        self._flushed = clock.monotonic() - EVERY
        self._room = CAP
        self._tail: deque[tuple[str, bytes]] = deque()
        self._tail_size = 0
        self._dropped = 0
        self._seq = log.last_seq
        self._step = log.step
        self._backlog: deque[JobEvent] = deque()
        self.lost = False

    @property
    def step(self) -> str:
        """The step that runs, or ran last."""
        return self._step

    def start_step(self, name: str) -> None:
        """Write that a step began."""
        self._finish_output()
        self._step = name
        self._append(StepStarted, step=name)

    def end_step(self, name: str, outcome: str, exit_code: int | None = None) -> None:
        """Write that a step ended, after all its output."""
        self._finish_output()
        self._append(StepEnded, step=name, outcome=outcome, exit_code=exit_code)

    def output(self, data: bytes, stream: str) -> None:
        """Take bytes of the current step; they are written soon."""
        if stream not in self._redactors:
            self._redactors[stream] = self._redactor.another()
        self._gather(stream, self._redactors[stream].feed(data))

    def keep(self, result: Raw) -> None:
        """What the job answers should it be cut off from now on. Without room for it, it is as if there were none."""
        if self.lost or self._log.end is not None:
            return
        try:
            self._log.keep(result)
        except OSError as failure:
            _LOG.error("what a job has come to cannot be written: %s", failure)

    def end(self, state: State, error: str = "", hint: str = "", **result: Any) -> None:
        """Write the last event of the job."""
        self._finish_output()
        redact = self._redactor.redact_text
        self._append(JobEnded, state=state, error=redact(error), hint=redact(hint), **result)

    @property
    def settled(self) -> bool:
        """Whether all that was to be written is."""
        return not self._backlog

    def settle(self) -> None:
        """Write what the disk had no room for: steps and the end wait for it, output is let go."""
        while self._backlog:
            event = self._backlog[0]
            try:
                self._log.append(event)
            except OSError as failure:
                _LOG.error("job output cannot be written: %s", failure)
                if not isinstance(event, Output):
                    return
            self._backlog.popleft()
        if self._log.end is not None:
            self._log.close()
        self._wrote()

    def flush(self) -> None:
        """Write what has gathered, one event for each run of bytes of the same stream."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        pieces, self._pending, self._gathered = self._pending, [], 0
        self._flushed = self._clock.monotonic() if pieces else self._flushed
        for stream, data in _joined(pieces):
            self._write(stream, data)

    def _gather(self, stream: str, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            self._pending.append((stream, piece))
            self._gathered += len(piece)
            if self._gathered >= PIECE:
                self.flush()
        if self._pending and self._timer is None:
            self._timer = asyncio.get_running_loop().create_task(self._flush_later())

    async def _flush_later(self) -> None:
        await self._clock.sleep(max(self._flushed + EVERY - self._clock.monotonic(), 0))
        self._timer = None
        self.flush()

    def _finish_output(self) -> None:
        for stream, redactor in self._redactors.items():
            self._gather(stream, redactor.flush())
        self._redactors.clear()
        self.flush()
        if self._tail:
            self._write_tail()

    def _write(self, stream: str, data: bytes) -> None:
        if len(data) <= self._room:
            self._room -= len(data)
            self._append(Output, step=self.step, stream=stream, data=data)
            return
        self._room = 0
        self._tail.append((stream, data))
        self._tail_size += len(data)
        while self._tail_size - len(self._tail[0][1]) >= TAIL:
            dropped = len(self._tail.popleft()[1])
            self._tail_size -= dropped
            self._dropped += dropped

    def _write_tail(self) -> None:
        if self._dropped:
            words = f"[{self._dropped} bytes of output are left out here: a job keeps {CAP} bytes and the end]\n"
            self._append(Output, step=self.step, stream="note", data=words.encode())
        for stream, data in self._tail:
            self._append(Output, step=self.step, stream=stream, data=data)
        self._tail.clear()
        self._tail_size = self._dropped = 0

    def _append(self, event: type[JobEvent], **fields: Any) -> None:
        if self.lost or self._log.end is not None:
            return
        self._seq += 1
        self._backlog.append(event(seq=self._seq, at=self._clock.now(), **fields))
        self.settle()


def _joined(pieces: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Neighbours of the same stream as one."""
    joined: list[tuple[str, bytes]] = []
    for stream, data in pieces:
        if joined and joined[-1][0] == stream:
            joined[-1] = (stream, joined[-1][1] + data)
        else:
            joined.append((stream, data))
    return joined
