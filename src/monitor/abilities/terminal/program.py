"""ExecProgram: a command run in a container by the Engine, on one connection of both directions."""

import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.names import container_segment
from monitor.abilities.docker.transport import Answer
from monitor.abilities.terminal.calls import Size
from monitor.kernel.clock import Clock
from monitor.kernel.errors import Conflict, HostError, NotFound

MARK = "MONITOR_TERMINAL"
"""Environment variable that names the terminal a process belongs to."""
_START = 30.0
_HEAD = 8
_TRIES = 50
_PAUSE = 0.1


class ExecProgram:
    """Implements `terminal.Program`."""

    def __init__(self, docker: Engine, clock: Clock, exec: str, answer: Answer, *, tty: bool) -> None:
        self.exec = exec
        """The Engine's id of it."""
        self._docker = docker
        self._clock = clock
        self._answer = answer
        self._output = _raw(answer.chunks()) if tty else _split(answer.chunks())

    async def read(self) -> tuple[int, bytes] | None:
        return await anext(self._output, None)

    async def write(self, data: bytes) -> None:
        await self._answer.send(data)

    async def end_input(self) -> None:
        self._answer.send_end()

    async def resize(self, size: Size) -> None:
        query = {"h": str(size.rows), "w": str(size.columns)}
        await self._docker.ask("POST", f"/exec/{self.exec}/resize", query)

    async def pid(self) -> int:
        """Its first process, as the daemon's host numbers it; 0 where there is none."""
        return int((await self._told()).get("Pid") or 0)

    async def exit_code(self) -> int | None:
        """The Engine knows it a moment after the output has ended."""
        for _ in range(_TRIES):
            told = await self._told()
            if not told.get("Running"):
                code = told.get("ExitCode")
                return code if isinstance(code, int) else None
            await self._clock.sleep(_PAUSE)
        return None

    async def settle(self, size: Size | None) -> None:
        """Wait until it runs, or could not be begun, and set its first size.

        The Engine answers before it begins anything. Asked for the size of what it then fails to begin, it waits for
        ten seconds, so it is asked for the size of what runs only.
        """
        until = self._clock.monotonic() + _START
        while self._clock.monotonic() < until:
            told = await self._told()
            if told.get("ExitCode") is not None:
                return
            if told.get("Pid"):
                if size is not None:
                    with suppress(HostError, NotFound, Conflict):  # one that has just ended has no window
                        await self.resize(size)
                return
            await self._clock.sleep(_PAUSE / 10)

    async def _told(self) -> dict[str, Any]:
        return await self._docker.ask("GET", f"/exec/{self.exec}/json")


@asynccontextmanager
async def started(
    docker: Engine,
    clock: Clock,
    container: str,
    command: Sequence[str],
    *,
    id: str,
    user: str = "",
    workdir: str = "",
    tty: bool = True,
    size: Size | None = None,
) -> AsyncGenerator[ExecProgram]:
    """Run it; never privileged. The connection is given up at the end, which alone does not end the process.

    Given a size, it has one when this is entered, and a first process that can be asked for.
    """
    body: dict[str, Any] = {
        "AttachStdin": True,
        "AttachStdout": True,
        "AttachStderr": True,
        "Tty": tty,
        "Cmd": list(command),
        "Env": [f"{MARK}={id}", *(["TERM=xterm-256color"] if tty else [])],
        "DetachKeys": _detach_keys(),
        **({"User": user} if user else {}),
        **({"WorkingDir": workdir} if workdir else {}),
    }
    console = {"ConsoleSize": [size.rows, size.columns]} if size is not None and tty else {}
    made = await docker.ask("POST", f"/containers/{container_segment(container)}/exec", body={**body, **console})
    start = {"Detach": False, "Tty": tty, **console}
    async with AsyncExitStack() as open_ones:
        try:
            stream = docker.stream("POST", f"/exec/{made['Id']}/start", {}, body=start, limit=_START)
            answer = await open_ones.enter_async_context(stream)
        except HostError as refused:
            raise _explained(refused, command) from None
        program = ExecProgram(docker, clock, made["Id"], answer, tty=tty)
        if size is not None:
            await program.settle(size if tty else None)
        yield program


def _detach_keys() -> str:
    """A sequence nobody types and no data holds: the Engine's own would hold back each Ctrl-P, and end the stream."""
    return ",".join(["ctrl-@", *(f"ctrl-{secrets.choice('_^]')}" for _ in range(40))])


def _explained(refused: HostError, command: Sequence[str]) -> HostError:
    """With the exit code the docker command gives for it."""
    text = refused.message
    if "executable file not found" in text or "no such file or directory" in text.lower():
        return HostError(f"the container has no program {command[0]!r}", hint="give another command", exit_code=127)
    return HostError(text, hint=refused.hint, exit_code=126)


async def _raw(pieces: AsyncIterator[bytes]) -> AsyncGenerator[tuple[int, bytes]]:
    async for piece in pieces:
        yield 1, piece


async def _split(pieces: AsyncIterator[bytes]) -> AsyncGenerator[tuple[int, bytes]]:
    """Without a tty: 8 bytes of head before each piece, the first the stream, the last four the length."""
    held = bytearray()
    async for piece in pieces:
        held += piece
        while len(held) >= _HEAD and len(held) >= (end := _HEAD + int.from_bytes(held[4:_HEAD], "big")):
            yield (2 if held[0] == 2 else 1), bytes(held[_HEAD:end])
            del held[:end]
