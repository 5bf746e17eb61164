"""Programs that jobs run: in a group of their own, marked with their job, dead when the agent is."""

import asyncio
import os
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable, Sequence
from contextlib import suppress
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
_LOOKS = 2
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
        self,
        job: str,
        argv: Sequence[str],
        *,
        cwd: Path | None,
        env: dict[str, str],
        what: str,
        sink: Sink,
        most: int = 0,
    ) -> bytes:
        """Run to the end and answer the last 64 KiB of stdout. HostError if it cannot start, fails, or prints more than
        `most` bytes (0: as it likes).
        """
        name = what or argv[0]
        path = os.environ.get("PATH", os.defpath)
        if shutil.which(argv[0], path=env.get("PATH", path)) is None:
            raise HostError(f"{name}: the program {argv[0]} is not installed on this host", hint=f"install {argv[0]}")
        loop = asyncio.get_running_loop()
        transport, program = await loop.subprocess_exec(
            lambda: _Program(sink, most),
            *self._prefix,
            *argv,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            cwd=cwd or self._work,
            env={"PATH": path, "HOME": str(self._work), "LANG": "C.UTF-8", **env, MARK: job},
            start_new_session=True,
        )
        try:
            await self._supervise(transport.get_pid(), program)
        finally:
            transport.close()
        if program.flooded:
            raise HostError(f"{name} was ended: it printed more than {most} bytes", hint="let it print less")
        code = program.code.result()
        if code:
            said = program.complaint.decode(errors="replace")
            raise HostError(f"{name} failed {_how(code)}", exit_code=code, said=said)
        return bytes(program.kept)

    async def _supervise(self, group: int, program: "_Program") -> None:
        """Until it has ended and said all, or was cancelled and is dead; nothing of its group is left then."""
        try:
            await asyncio.shield(program.code)
            with suppress(TimeoutError):
                async with deadline(self._clock, DRAIN):
                    await asyncio.shield(program.silent)
        except asyncio.CancelledError:
            _signal(group, signal.SIGTERM)
            with suppress(TimeoutError):
                async with deadline(self._clock, GRACE):
                    await asyncio.shield(program.code)
            raise
        finally:
            _signal(group, signal.SIGKILL)
            await program.code


class _Program(asyncio.SubprocessProtocol):
    """A running program: its output as it comes, and its end."""

    def __init__(self, sink: Sink, most: int) -> None:
        loop = asyncio.get_running_loop()
        self.code: asyncio.Future[int] = loop.create_future()
        """Its exit code, or minus the signal that ended it."""
        self.silent: asyncio.Future[None] = loop.create_future()
        """Done when it has ended and its output is closed, by its children too."""
        self.kept = bytearray()
        """The end of its stdout."""
        self.complaint = bytearray()
        """The end of its stderr."""
        self.flooded = False
        """Whether it was killed for printing too much."""
        self._room = most or sys.maxsize
        self._sink = sink
        self._transport: asyncio.SubprocessTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.SubprocessTransport)  # noqa: S101 - the loop's promise
        self._transport = transport

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        self._room -= len(data)
        if self._room < 0:
            self._end_flood()
            return
        kept = self.kept if fd == 1 else self.complaint
        kept += data
        del kept[:-_KEPT]
        self._sink(data, "stdout" if fd == 1 else "stderr")

    def process_exited(self) -> None:
        code = self._transport.get_returncode() if self._transport is not None else None
        self.code.set_result(code or 0)

    def _end_flood(self) -> None:
        if not self.flooded and self._transport is not None:
            self.flooded = True
            _signal(self._transport.get_pid(), signal.SIGKILL)

    def connection_lost(self, exc: Exception | None) -> None:
        self.silent.set_result(None)


def ignored(data: bytes, stream: str) -> None:
    """The sink of output that is shown to nobody."""
    del data, stream


def kill_leftovers(jobs: set[str], proc: Path = Path("/proc")) -> list[int]:
    """Kill what programs of these jobs an earlier life of the agent left; the pids killed.

    They are known by the mark in their environment, so a reused pid is never hit.
    """
    marks = {f"{MARK}={job}".encode() for job in jobs}
    killed: list[int] = []
    # One that starts another program just now shows no environment: a second look sees it.
    for _ in range(_LOOKS):
        for folder in proc.iterdir():
            if folder.name.isdigit() and int(folder.name) != os.getpid() and _is_marked(folder, marks):
                killed += _kill(int(folder.name))
    return killed


def _is_marked(folder: Path, marks: set[bytes]) -> bool:
    try:
        return not marks.isdisjoint((folder / "environ").read_bytes().split(b"\0"))
    except OSError:
        return False


def _kill(pid: int) -> list[int]:
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        return []
    return [pid]


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
