"""Log worker: one search in a process of its own, which a pattern may keep busy without holding up the agent.

It reads its Task from standard input and writes frames: four bytes of length, then a LogBatch, or a Failure as JSON.
No pattern outlives the alarm: its default action ends the process even inside a match.
"""

import asyncio
import resource
import signal
import sys

from monitor.abilities.container.log_calls import LogBatch
from monitor.abilities.container.log_match import Match
from monitor.abilities.container.log_task import FRAME, STALL, Task
from monitor.abilities.container.logs import events
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import Clock, SystemClock
from monitor.kernel.errors import MonitorError
from monitor.kernel.link import Failure
from monitor.kernel.parent import die_with_parent
from monitor.kernel.wire import encode, pack, unpack

_MEMORY = 1024 * 1024 * 1024
_TELL = 0.5
"""Seconds after which it says how far it is, though nothing was found."""


def main() -> None:
    """Do the task."""
    die_with_parent(int(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    task = unpack(sys.stdin.buffer.read(), Task)
    try:
        asyncio.run(_search(task, SystemClock()))
    except MonitorError as failure:
        _write(encode(Failure.of(failure)))
    except MemoryError:
        _write(encode(Failure("invalid", "the pattern takes more memory than a search may have")))


async def _search(task: Task, clock: Clock) -> None:
    wanted = task.feed.wanted
    if wanted is None:
        raise TypeError("a search looks for something")
    signal.alarm(STALL)
    match = Match(wanted)
    signal.alarm(0)
    told = clock.monotonic()
    seq = 0
    async for event, seq in events(Engine(task.socket, clock), clock, task.feed):
        if isinstance(event, str):
            _write(pack(LogBatch(seq=seq, note=event)))
            continue
        signal.alarm(STALL)
        batch = match.feed(event, seq)
        signal.alarm(0)
        if batch.data or clock.monotonic() - told > _TELL:
            told = clock.monotonic()
            _write(pack(batch))
        if match.done:
            break
    signal.alarm(STALL)
    _write(pack(match.flush(seq)))


def _write(frame: bytes) -> None:
    sys.stdout.buffer.write(FRAME.pack(len(frame)) + frame)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
