"""Programs that jobs run: in a group of their own, marked with their job, dead when the agent is."""

import asyncio
import os
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Sequence
from pathlib import Path

from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import HostError

GRACE = 5.0
"""Seconds between TERM and KILL."""
DRAIN = 2.0
"""Seconds in which the pipes must close after the program has ended; a child that keeps them open is killed."""
MARK = "MONITOR_JOB"
"""Environment variable that names the job a program belongs to."""
_KEPT = 64 * 1024
_SET_DEATH_SIGNAL = (
    "import ctypes, os, sys; ctypes.CDLL(None).prctl(1, 9, 0, 0, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)

Sink = Callable[[bytes, str], None]


class Programs:
    """Runs programs for jobs below one work folder."""

    def __init__(self, work: Path, clock: Clock) -> None:
        self._work = work
        self._clock = clock
        self._prefix = _death_prefix()

    async def run(
        self, job: str, argv: Sequence[str], *, cwd: Path | None, env: dict[str, str], what: str, sink: Sink
    ) -> bytes:
        """Run to the end and answer the last 64 KiB of stdout. HostError if it cannot start or fails."""
        name = what or argv[0]
        path = os.environ.get("PATH", os.defpath)
        if shutil.which(argv[0], path=env.get("PATH", path)) is None:
            raise HostError(f"{name}: the program {argv[0]} is not installed on this host", hint=f"install {argv[0]}")
        process = await asyncio.create_subprocess_exec(
            *self._prefix,
            *argv,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            cwd=cwd or self._work,
            env={"PATH": path, "HOME": str(self._work), "LANG": "C.UTF-8", **env, MARK: job},
            start_new_session=True,
        )
        output = await self._supervise(process, sink)
        if process.returncode:
            raise HostError(f"{name} failed {_how(process.returncode)}", exit_code=process.returncode)
        return output

    async def _supervise(self, process: Process, sink: Sink) -> bytes:
        assert process.stdout is not None and process.stderr is not None  # noqa: S101, PT018 - PIPE was asked for
        kept = bytearray()
        readers = asyncio.gather(
            _copy(process.stdout, "stdout", sink, kept), _copy(process.stderr, "stderr", sink, bytearray())
        )
        try:
            await process.wait()
            try:
                async with deadline(self._clock, DRAIN):
                    await asyncio.shield(readers)
            except TimeoutError:
                _signal(process.pid, signal.SIGKILL)
        except asyncio.CancelledError:
            await self._end(process)
            raise
        finally:
            _signal(process.pid, signal.SIGKILL)
            await readers
        return bytes(kept)

    async def _end(self, process: Process) -> None:
        """TERM to the group, KILL after the grace."""
        _signal(process.pid, signal.SIGTERM)
        try:
            async with deadline(self._clock, GRACE):
                await process.wait()
        except TimeoutError:
            _signal(process.pid, signal.SIGKILL)
            await process.wait()


def kill_leftovers(jobs: set[str], proc: Path = Path("/proc")) -> list[int]:
    """Kill what programs of these jobs an earlier life of the agent left; the pids killed.

    They are known by the mark in their environment, so a reused pid is never hit.
    """
    marks = {f"{MARK}={job}".encode() for job in jobs}
    killed: list[int] = []
    for folder in proc.iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
            if marks.intersection(environment):
                os.kill(int(folder.name), signal.SIGKILL)
                killed.append(int(folder.name))
        except (OSError, ProcessLookupError):
            continue
    return killed


async def _copy(source: asyncio.StreamReader, stream: str, sink: Sink, kept: bytearray) -> None:
    while data := await source.read(_KEPT):
        sink(data, stream)
        kept += data
        del kept[:-_KEPT]


def _signal(group: int, number: signal.Signals) -> None:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


def _how(code: int) -> str:
    if code > 0:
        return f"with exit code {code}"
    try:
        return f"by {signal.Signals(-code).name}"
    except ValueError:
        return f"by signal {-code}"


def _death_prefix() -> tuple[str, ...]:
    """What makes a program die with the agent's thread: util-linux's setpriv, else a small Python wrapper."""
    found = shutil.which("setpriv")
    # Busybox has a setpriv too, without this option.
    if found is not None and Path(found).resolve().name == "setpriv":
        return (found, "--pdeathsig", "KILL", "--")
    return (sys.executable, "-I", "-S", "-c", _SET_DEATH_SIGNAL)
