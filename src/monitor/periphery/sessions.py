"""AgentExchange: the agent's side of one session: what core sends as it comes, and whether core is still there."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from monitor.kernel.call import sides_of
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import HostError
from monitor.kernel.link import DEAD_AFTER
from monitor.kernel.wire import pack

_AHEAD = 16
"""Frames taken in before the handler has asked for them; then TCP holds core back."""


class AgentExchange:
    """Implements `kernel.call.Exchange`."""

    def __init__(self, send: Callable[[bytes], Awaitable[None]], message: type[Any], clock: Clock) -> None:
        self._send = send
        self._clock = clock
        self._decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(sides_of(message)[0])
        self._frames: asyncio.Queue[bytes] = asyncio.Queue(_AHEAD)

    async def send(self, message: Any) -> None:
        await self._send(pack(message))

    async def __aiter__(self) -> AsyncIterator[Any]:
        while True:
            try:
                message = self._decoder.decode(await self._frames.get())
            except msgspec.MsgspecError as wrong:
                raise HostError(f"what core sent does not fit this agent: {wrong}") from None
            yield message

    async def listen(self, socket: WebSocket) -> None:
        """Take frames in until core leaves, or has said nothing for so long that it is gone."""
        try:
            while True:
                async with deadline(self._clock, DEAD_AFTER):
                    frame = await socket.receive_bytes()
                if frame:
                    await self._frames.put(frame)
        except (WebSocketDisconnect, TimeoutError, KeyError, RuntimeError):
            return
