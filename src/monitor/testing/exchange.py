"""SimulatedExchange: both sides of a session in memory; what cannot travel as msgpack fails here too."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import Any

from monitor.kernel.call import sides_of
from monitor.kernel.errors import HostError, MonitorError, Unavailable
from monitor.kernel.wire import pack, unpack

_AHEAD = 16


class SimulatedExchange:
    """Core's side; `agent` is the other one."""

    def __init__(self, message: type[Any]) -> None:
        into, out = sides_of(message)
        self._into: asyncio.Queue[Any] = asyncio.Queue(_AHEAD)
        self._out: asyncio.Queue[Any] = asyncio.Queue(_AHEAD)
        self._types = (into, out)
        self._ended = asyncio.Event()
        self.agent = _AgentSide(self._out, self._into, into)
        self.messages: AsyncIterator[Any] = self.arriving()

    async def send(self, message: Any) -> None:
        if self._ended.is_set():
            raise Unavailable("the host has ended the session")
        putting = asyncio.ensure_future(self._into.put(pack(message)))
        ended = asyncio.ensure_future(self._ended.wait())
        try:
            await asyncio.wait((putting, ended), return_when=asyncio.FIRST_COMPLETED)
            if not putting.done():
                raise Unavailable("the host has ended the session")
        finally:
            putting.cancel()
            ended.cancel()

    def __aiter__(self) -> AsyncIterator[Any]:
        return self.messages

    async def arriving(self) -> AsyncIterator[Any]:
        """What the host sends, until it ends the session or fails."""
        while (frame := await self._out.get()) is not None:
            if isinstance(frame, MonitorError):
                raise frame
            yield unpack(frame, self._types[1])

    async def serve(self, handler: Awaitable[None]) -> None:
        """Run the host's handler; its end ends the session."""
        end: MonitorError | None = None
        try:
            await handler
        except MonitorError as failure:
            end = failure
        except Exception as bug:
            end = HostError(f"the agent failed: {type(bug).__name__}: {bug}")
        self._ended.set()
        await self._out.put(end)


class _AgentSide:
    def __init__(self, out: "asyncio.Queue[Any]", into: "asyncio.Queue[Any]", into_type: Any) -> None:
        self._out = out
        self._into = into
        self._type = into_type

    async def send(self, message: Any) -> None:
        await self._out.put(pack(message))

    async def __aiter__(self) -> AsyncIterator[Any]:
        while True:
            yield unpack(await self._into.get(), self._type)
