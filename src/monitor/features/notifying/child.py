"""Child: one message in a process of its own, which has nothing of core's: no environment, files, keys or store.

It is ended with all it began once its time is up, however it hangs; then the message is sent again later.
"""

import asyncio
import os
import signal
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path

import msgspec

import monitor
from monitor.kernel.clock import Clock, deadline
from monitor.notifier.task import Outcome, Task

WITHIN = 45.0
"""Seconds one message may take."""
_MOST = 64 * 1024
"""Bytes of an answer that are read."""
_ROOT = str(Path(monitor.__file__).parents[1])


async def send(clock: Clock, task: Task) -> Outcome:
    """What became of it; never raises for what the service or the process does."""
    with tempfile.TemporaryDirectory(prefix="monitor-notifier-") as place:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-s", "-P", "-m", "monitor.notifier", str(os.getpid())),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            cwd=place,
            env=_environment(place),
            start_new_session=True,
        )
        try:
            async with deadline(clock, WITHIN):
                return await _answer(process, task)
        except TimeoutError:
            return Outcome(delivered=False, error=f"it was not done within {WITHIN:g} s")
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


async def _answer(process: Process, task: Task) -> Outcome:
    assert process.stdin is not None  # noqa: S101 - asked for
    assert process.stdout is not None  # noqa: S101 - asked for
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(msgspec.json.encode(task))
        await process.stdin.drain()
    process.stdin.close()
    answer = b""
    while len(answer) <= _MOST and (more := await process.stdout.read(_MOST)):
        answer += more
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(answer, type=Outcome)
    if len(answer) > _MOST:
        return Outcome(delivered=False, refused=True, error="the notifier said more than it may")
    ended = f"the notifier ended unexpectedly, with exit code {await process.wait()}"
    return Outcome(delivered=False, refused=True, error=ended)


def _environment(place: str) -> dict[str, str]:
    """Nothing of core's own: it may hold passwords, proxies and paths."""
    return {
        "PYTHONPATH": _ROOT,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "LANG": "C.UTF-8",
        "HOME": place,
        "TMPDIR": place,
    }
