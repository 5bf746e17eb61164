"""One stream from an agent, or session with it: a websocket that is noticed when it falls silent, read no faster than
its reader."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, ConnectionClosedOK, InvalidHandshake, InvalidMessage, InvalidStatus

from monitor.core.link.reach import Reach
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import HostError, MonitorError, Unavailable
from monitor.kernel.link import BODY_LIMIT, DEAD_AFTER, SILENCE, Failure
from monitor.kernel.wire import decode, unpack

_OPEN = 10.0
"""Seconds to connect and shake hands."""
_LOOK = 1.0


class Line(NamedTuple):
    """An open websocket: what comes, and how to send. Sending raises as the frames do."""

    frames: AsyncIterator[bytes]
    send: Callable[[bytes], Awaitable[None]]


@asynccontextmanager
async def open_stream(reach: Reach, clock: Clock, name: str, request: bytes) -> AsyncGenerator[AsyncIterator[bytes]]:
    """Frames of a feed. Unavailable when the host is lost, the agent's own error when it says one."""
    async with _open(reach, clock, name, request) as line:
        yield line.frames


@asynccontextmanager
async def open_session(reach: Reach, clock: Clock, name: str, request: bytes) -> AsyncGenerator[Line]:
    """Both directions of a session; signs of life tell the agent that core is still there."""
    async with _open(reach, clock, name, request) as line:
        living = asyncio.ensure_future(_show_life(line, clock))
        try:
            yield line
        finally:
            living.cancel()


@asynccontextmanager
async def _open(reach: Reach, clock: Clock, name: str, request: bytes) -> AsyncGenerator[Line]:
    connection = await _connect(reach, clock, name)
    silence = _Silence(connection, clock)
    watching = asyncio.ensure_future(silence.watch())

    async def send(frame: bytes) -> None:
        try:
            await connection.send(frame)
        except ConnectionClosed as closed:
            raise reach.closed(closed) from closed

    try:
        await send(request)
        yield Line(_frames(reach, connection, silence), send)
    finally:
        watching.cancel()
        # A close handshake with a host that is gone would only wait.
        connection.transport.abort()
        await connection.wait_closed()


async def _show_life(line: Line, clock: Clock) -> None:
    while True:
        await clock.sleep(SILENCE)
        try:
            await line.send(b"")
        except MonitorError:
            return  # who reads is told


async def _connect(reach: Reach, clock: Clock, name: str) -> ClientConnection:
    url = f"{reach.url('wss')}/stream/{name}"
    try:
        async with deadline(clock, _OPEN):
            return await connect(
                url,
                ssl=reach.context,
                proxy=None,
                compression=None,
                max_size=BODY_LIMIT,
                max_queue=4,
                # Pongs wait behind what a slow reader has not read; the agent's signs of life do not.
                ping_interval=None,
                open_timeout=None,
                user_agent_header=None,
            )
    except TimeoutError as late:
        raise reach.explain(late) from late
    except InvalidStatus as refused:
        raise _refusal(refused, reach) from None
    except (OSError, EOFError, InvalidMessage) as failure:
        raise reach.explain(failure) from failure
    except InvalidHandshake as wrong:
        raise HostError(f"{reach.place} does not speak as a periphery does: {wrong}") from wrong


async def _frames(reach: Reach, connection: ClientConnection, silence: "_Silence") -> AsyncIterator[bytes]:
    while True:
        try:
            with silence:
                frame = await connection.recv()
        except ConnectionClosedOK:
            return
        except ConnectionClosed as closed:
            if silence.struck:
                said = f"{reach.place} has said nothing for {DEAD_AFTER:g} s"
                raise Unavailable(said, hint="the host is down or cut off") from None
            raise reach.closed(closed) from closed
        if isinstance(frame, str):
            raise _failure(frame, reach)
        if frame:
            yield frame


class _Silence:
    """Ends the connection when a reader has waited for any frame too long; time nobody waits does not count."""

    def __init__(self, connection: ClientConnection, clock: Clock) -> None:
        self.struck = False
        self._connection = connection
        self._clock = clock
        self._since: float | None = None

    def __enter__(self) -> None:
        self._since = self._clock.monotonic()

    def __exit__(self, *_: object) -> None:
        self._since = None

    async def watch(self) -> None:
        while True:
            await self._clock.sleep(_LOOK)
            if self._since is not None and self._clock.monotonic() - self._since >= DEAD_AFTER:
                self.struck = True
                self._connection.transport.abort()
                return


def _failure(text: str, reach: Reach) -> MonitorError:
    try:
        return decode(text, Failure).error()
    except msgspec.MsgspecError:
        return HostError(f"{reach.place} sent an error that cannot be read")


def _refusal(refused: InvalidStatus, reach: Reach) -> MonitorError:
    try:
        return unpack(bytes(refused.response.body or b""), Failure).error()
    except msgspec.MsgspecError:
        status = refused.response.status_code
        return HostError(f"{reach.place} refused the stream with {status}", hint="is a periphery at this port?")
