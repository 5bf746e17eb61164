"""Terminal: one's own side of a terminal in a container; it outlives lost connections for a while."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import (
    Conflict,
    Forbidden,
    HostError,
    Invalid,
    MonitorError,
    NotFound,
    NotSignedIn,
    Unavailable,
)

WINDOW = 128 * 1024
"""Bytes on their way to the process at most."""
_FRAME = 32 * 1024
_PATIENCE = 30.0
"""Seconds it is tried to come back; the terminal lives no longer alone."""
_PAUSE = 0.5
_REFUSALS: dict[int, type[MonitorError]] = {
    4400: Invalid,
    4401: NotSignedIn,
    4403: Forbidden,
    4404: NotFound,
    4409: Conflict,
}


class Screen(Protocol):
    """Where it is shown."""

    def show(self, stream: int, data: bytes) -> None:
        """Output: stream 1, or 2 for stderr where there is no tty."""
        ...

    def tell(self, text: str) -> None:
        """Monitor's own words: it will be closed soon, the connection is lost; empty when that is over."""
        ...


class Told(Struct, frozen=True, kw_only=True):
    """A text frame from core."""

    kind: str
    command: str = ""
    at: int = 0
    lost: int = 0
    count: int = 0
    text: str = ""
    exit_code: int | None = None
    reason: str = ""
    error: str = ""
    hint: str = ""


class Closed(Struct, frozen=True):
    """How it ended."""

    exit_code: int | None
    reason: str


class Terminal:
    """`serve` it once, to its end; type meanwhile."""

    def __init__(self, settings: Callable[[int | None], dict[str, Any]], screen: Screen, clock: Clock) -> None:
        self._settings = settings
        self._screen = screen
        self._clock = clock
        self._socket: Any = None
        self._ready = asyncio.Event()
        self._seen: int | None = None
        self._acknowledged = 0
        self._on_its_way = 0
        self._size: tuple[int, int] | None = None
        self._ended_input = False

    async def serve(self) -> Closed:
        """Until it has ended. The kernel's errors: HostError where it could not be opened, Unavailable where the
        connection is lost for too long, Forbidden or NotSignedIn where one may not have it any more.
        """
        from websockets.asyncio.client import connect  # noqa: PLC0415 - only what is live needs it
        from websockets.exceptions import ConnectionClosed, WebSocketException  # noqa: PLC0415 - the same

        until = self._clock.monotonic() + _PATIENCE
        while True:
            why: Exception
            try:
                async with connect(**self._settings(self._seen)) as self._socket:
                    until = self._clock.monotonic() + _PATIENCE
                    return await self._converse()
            except ConnectionClosed as closed:
                why = closed
                if closed.rcvd is not None and (refusal := _REFUSALS.get(closed.rcvd.code)) is not None:
                    raise refusal(closed.rcvd.reason) from closed
            except (OSError, WebSocketException, TimeoutError) as failure:
                why = failure
            finally:
                self._ready.clear()
            if self._clock.monotonic() >= until:
                raise Unavailable(f"the connection to the terminal is lost: {why}", hint="it has been closed by now")
            if self._on_its_way and self._ended_input:
                raise Unavailable("the connection was lost with input on its way, of which some may be lost")
            self._on_its_way = 0
            self._screen.tell("connection lost, connecting again …")
            await self._clock.sleep(_PAUSE)

    async def type(self, data: bytes) -> None:
        """Input; waits while too much is on its way."""
        for place in range(0, len(data), _FRAME):
            piece = data[place : place + _FRAME]
            while True:
                await self._ready.wait()
                if self._on_its_way < WINDOW:
                    break
                await self._clock.sleep(0.005)
            self._on_its_way += len(piece)
            await self._send(piece)

    async def end_input(self) -> None:
        """Nothing more comes."""
        self._ended_input = True
        await self._ready.wait()
        await self._say(op="end_input")

    async def resize(self, columns: int, rows: int) -> None:
        """The window has another size."""
        self._size = (columns, rows)
        if self._ready.is_set():
            await self._say(op="resize", columns=columns, rows=rows)

    async def close(self) -> None:
        """End it."""
        await self._say(op="close")

    async def _converse(self) -> Closed:
        async for frame in self._socket:
            if isinstance(frame, bytes):
                self._screen.show(frame[0], frame[1:])
                self._seen = (self._seen or 0) + len(frame) - 1
                if self._seen - self._acknowledged >= _FRAME:
                    self._acknowledged = self._seen
                    await self._say(op="seen", upto=self._seen)
            elif (end := await self._heard(msgspec.json.decode(frame, type=Told))) is not None:
                return end
        raise Unavailable("core has ended the connection")

    async def _heard(self, told: Told) -> Closed | None:
        match told.kind:
            case "began":
                self._seen = self._acknowledged = told.at
                self._ready.set()
                self._screen.tell("")
                if self._size is not None:
                    await self.resize(*self._size)
            case "taken":
                self._on_its_way = max(0, self._on_its_way - told.count)
            case "warned":
                self._screen.tell(told.text)
            case "ended":
                return Closed(told.exit_code, told.reason)
            case "failed":
                raise HostError(told.error, hint=told.hint)
            case _:
                pass
        return None

    async def _send(self, data: bytes | str) -> None:
        from websockets.exceptions import ConnectionClosed  # noqa: PLC0415 - as above

        # What is lost is told by who reads.
        with suppress(ConnectionClosed, TimeoutError):
            async with deadline(self._clock, _PATIENCE):
                await self._socket.send(data)

    async def _say(self, **fields: Any) -> None:
        await self._send(msgspec.json.encode(fields).decode())
