"""SimulatedShell: a very small shell in memory, so that terminals can be seen and tested without Docker."""

import asyncio

from monitor.abilities.terminal.calls import Size
from monitor.kernel.clock import Clock

_PROMPT = b"$ "
_STRIPPED = b"\r\n"
_FLOOD = b"y\r\n" * 5000
_AHEAD = 8


class SimulatedShell:
    """Implements `terminal.Program`: echoes what is typed; knows echo, size, yes, cat, sleep and exit."""

    def __init__(self, clock: Clock, size: Size, *, tty: bool, command: tuple[str, ...] = ()) -> None:
        self._clock = clock
        self._size = size
        self._tty = tty
        self._line = b""
        self._code = 0
        self._out: asyncio.Queue[bytes | None] = asyncio.Queue(_AHEAD)
        self._working: asyncio.Task[None] | None = None
        begins = self._begin(" ".join(command).encode()) if command else self._out.put(_PROMPT if tty else b"")
        self._beginning = asyncio.ensure_future(begins)

    async def read(self) -> tuple[int, bytes] | None:
        data = await self._out.get()
        return None if data is None else (1, data)

    async def write(self, data: bytes) -> None:
        for key in data.replace(_STRIPPED, b"\r"):
            await self._press(bytes([key]))

    async def end_input(self) -> None:
        await self._out.put(None)

    async def resize(self, size: Size) -> None:
        self._size = size

    async def exit_code(self) -> int | None:
        return self._code

    def stop(self) -> None:
        """Nothing of it goes on."""
        for task in (self._beginning, self._working):
            if task is not None:
                task.cancel()

    async def _press(self, key: bytes) -> None:
        if key == b"\x03":
            if self._working is not None:
                self._working.cancel()
            self._line = b""
            await self._out.put(b"^C\r\n" + _PROMPT)
        elif key == b"\x04" and not self._line:
            await self._out.put(None)
        elif key in b"\r\n":
            line, self._line = self._line, b""
            await self._out.put(b"\r\n")
            self._working = asyncio.ensure_future(self._run_line(line))
        elif key == b"\x7f":
            self._line = self._line[:-1]
            await self._out.put(b"\b \b")
        else:
            self._line += key
            if self._tty:
                await self._out.put(key)

    async def _begin(self, line: bytes) -> None:
        await self._do(line)
        await self._out.put(None)

    async def _run_line(self, line: bytes) -> None:
        if not await self._do(line):
            await self._out.put(_PROMPT)

    async def _do(self, line: bytes) -> bool:
        """Whether it was the last command."""
        word, _, rest = line.strip().partition(b" ")
        match word:
            case b"exit":
                self._code = int(rest or b"0")
                await self._out.put(None)
                return True
            case b"echo":
                await self._out.put(rest + b"\r\n")
            case b"size":
                await self._out.put(f"{self._size.rows} {self._size.columns}\r\n".encode())
            case b"sleep":
                await self._clock.sleep(float(rest))
            case b"yes":
                while True:
                    await self._out.put(_FLOOD)
            case b"":
                pass
            case _:
                await self._out.put(b"sh: " + word + b": not found\r\n")
        return False
