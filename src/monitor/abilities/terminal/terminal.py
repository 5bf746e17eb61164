"""Terminal: one command that runs on the host, whoever is connected to it, and its limits."""

import asyncio
from contextlib import suppress
from typing import Protocol

from monitor.abilities.terminal.calls import (
    INPUT_WINDOW,
    LINGER,
    Began,
    Closed,
    Ended,
    FromTerminal,
    InputEnded,
    Resized,
    Seen,
    Size,
    Taken,
    ToTerminal,
    Typed,
    Warned,
)
from monitor.abilities.terminal.kept import Kept
from monitor.kernel.call import Exchange
from monitor.kernel.clock import Clock
from monitor.kernel.errors import Conflict, HostError, MonitorError

WARNING = 60.0
"""Seconds before its end by a limit in which it is told."""
_LOOK = 1.0


class Program(Protocol):
    """What a terminal shows: a process and its two directions."""

    async def read(self) -> tuple[int, bytes] | None:
        """Output as (stream, bytes), at most 64 KiB; None once it has ended."""
        ...

    async def write(self, data: bytes) -> None:
        """Input; waits until the process has room."""
        ...

    async def end_input(self) -> None:
        """Nothing more comes."""
        ...

    async def resize(self, size: Size) -> None:
        """The window has another size."""
        ...

    async def exit_code(self) -> int | None:
        """After its end."""
        ...


class Terminal:
    """`run` it once; `attach` connects somebody, the newest in place of whoever was. Closed, `run` returns."""

    def __init__(self, command: str, program: Program, clock: Clock, *, idle: float, total: float) -> None:
        self.command = command
        self.reason = ""
        """Why it was closed."""
        self.ended: Ended | None = None
        self._program = program
        self._clock = clock
        self._idle = idle
        self._until = clock.monotonic() + total
        self._kept = Kept()
        self._wake = asyncio.Event()
        """Set and replaced at each change: more output, room for more, a warning, the end."""
        self._closing = asyncio.Event()
        self._active = clock.monotonic()
        self._left = clock.monotonic()
        """When the last connection went."""
        self._connected: asyncio.Event | None = None
        """Of the connection there is: set when another takes its place."""
        self._warning = ""

    @property
    def written(self) -> int:
        """Bytes taken from the command so far."""
        return self._kept.end

    async def run(self) -> None:
        """Until the command has ended, or somebody or a limit closes it."""
        reading = asyncio.ensure_future(self._read())
        limits = asyncio.ensure_future(self._keep_limits())
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait((reading, limits, closing), return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                reading.result()
        finally:
            for task in (reading, limits, closing):
                task.cancel()
            await asyncio.wait((reading, limits, closing))

    def end(self, exit_code: int | None) -> None:
        """Tell who is connected that it is over."""
        self.ended = Ended(exit_code, self.reason)
        self._tell()

    def close(self, reason: str) -> None:
        """Let `run` return; the first reason counts."""
        if not self._closing.is_set():
            self.reason = reason
            self._closing.set()

    async def attach(self, exchange: Exchange[FromTerminal, ToTerminal], after: int | None) -> None:
        """Serve one connection until it is over. Conflict when another takes its place."""
        if self._connected is not None:
            self._connected.set()
        mine = self._connected = asyncio.Event()
        start = self._kept.first if after is None else min(max(after, self._kept.first), self._kept.end)
        lost = 0 if after is None else max(0, self._kept.first - after)
        self._kept.seen(start)
        self._tell()
        inbox = _Inbox()
        tasks = [
            asyncio.ensure_future(each)
            for each in (self._send(exchange, start, lost), self._receive(exchange, inbox), self._feed(exchange, inbox))
        ]
        replaced = asyncio.ensure_future(mine.wait())
        try:
            done, _ = await asyncio.wait([*tasks, replaced], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            if mine.is_set():
                raise Conflict("this terminal was opened in another window")
        finally:
            for task in (*tasks, replaced):
                task.cancel()
            await asyncio.wait([*tasks, replaced])
            if self._connected is mine:
                self._connected = None
                self._left = self._clock.monotonic()

    async def _read(self) -> None:
        while (told := await self._program.read()) is not None:
            self._kept.add(*told)
            self._touch()
            self._tell()
            while self._kept.full:
                await self._wake.wait()

    async def _send(self, exchange: Exchange[FromTerminal, ToTerminal], place: int, lost: int) -> None:
        """All there is from `place` on, as it comes, to the end."""
        await exchange.send(Began(self.command, place, self._kept.end, lost))
        warning = ""
        while True:
            wake = self._wake
            if self._warning != warning:
                warning = self._warning
                await exchange.send(Warned(warning))
            if (piece := self._kept.after(place)) is not None:
                await exchange.send(piece)
                place = piece.at + len(piece.data)
            elif self.ended is not None:
                await exchange.send(self.ended)
                return
            else:
                await wake.wait()

    async def _receive(self, exchange: Exchange[FromTerminal, ToTerminal], inbox: "_Inbox") -> None:
        """What the other side says; input waits apart, so that it holds nothing else up."""
        async for message in exchange:
            match message:
                case Typed():
                    self._touch()
                    inbox.put(message)
                case InputEnded():
                    inbox.put(message)
                case Seen():
                    self._kept.seen(message.upto)
                    self._tell()
                case Resized():
                    # A process that has just ended has no window.
                    with suppress(MonitorError):
                        await self._program.resize(message.size)
                case Closed():
                    self.close(message.reason)

    async def _feed(self, exchange: Exchange[FromTerminal, ToTerminal], inbox: "_Inbox") -> None:
        """Input to the process, no faster than that takes it."""
        while True:
            message = await inbox.get()
            try:
                if isinstance(message, InputEnded):
                    await self._program.end_input()
                    continue
                await self._program.write(message.data)
            except MonitorError:
                return await _for_ever()  # it has ended, which is told by itself
            await exchange.send(Taken(len(message.data)))

    async def _keep_limits(self) -> None:
        """Return once a limit has closed it."""
        while True:
            await self._clock.sleep(_LOOK)
            now = self._clock.monotonic()
            if self._connected is None and now - self._left >= LINGER:
                self.close(f"nobody was connected for {LINGER:g} s")
            left = {
                f"nothing was typed or written for {_length(self._idle)}": self._active + self._idle - now,
                "it has reached its time limit": self._until - now,
            }
            why, seconds = min(left.items(), key=lambda each: each[1])
            if seconds <= 0:
                self.close(why)
            self._warn(f"closes in {min(WARNING, self._idle):g} s: {why}" if seconds <= WARNING else "")

    def _warn(self, text: str) -> None:
        if text != self._warning:
            self._warning = text
            self._tell()

    def _touch(self) -> None:
        self._active = self._clock.monotonic()

    def _tell(self) -> None:
        woken, self._wake = self._wake, asyncio.Event()
        woken.set()


class _Inbox:
    """Input on its way to the process. HostError for who sends more than the window he was told of."""

    def __init__(self) -> None:
        self._size = 0
        self._queue: asyncio.Queue[Typed | InputEnded] = asyncio.Queue()

    def put(self, message: Typed | InputEnded) -> None:
        self._size += len(message.data) if isinstance(message, Typed) else 1
        if self._size > 2 * INPUT_WINDOW:
            raise HostError("more was typed than this terminal takes at a time", hint="wait for what was taken")
        self._queue.put_nowait(message)

    async def get(self) -> Typed | InputEnded:
        message = await self._queue.get()
        self._size -= len(message.data) if isinstance(message, Typed) else 1
        return message


async def _for_ever() -> None:
    await asyncio.Event().wait()


def _length(seconds: float) -> str:
    return f"{seconds / 60:g} min" if seconds >= 60 else f"{seconds:g} s"
