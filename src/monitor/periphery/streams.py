"""Streams: feeds, job events and sessions over one websocket each; TCP holds back what core reads slowly."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from typing import Any, cast

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from monitor.abilities.agent.contract import Abilities, SessionHandler
from monitor.kernel.clock import deadline
from monitor.kernel.errors import HostError, MonitorError
from monitor.kernel.link import FOLLOW_JOB, SILENCE, Failure, FollowJob
from monitor.kernel.operation import tag_of
from monitor.kernel.wire import encode, pack, unpack
from monitor.periphery.agent import HostAgent
from monitor.periphery.jobs.runner import JobRunner
from monitor.periphery.sessions import AgentExchange

_FIRST_FRAME = 10.0
"""Seconds core has to say what it wants."""
_LOG = logging.getLogger(__name__)


class Streams:
    """Serves one websocket per feed."""

    def __init__(self, agent: HostAgent, abilities: Abilities, jobs: JobRunner) -> None:
        self._agent = agent
        self._jobs = jobs
        self._feeds = {tag_of(handler.message): handler for handler in abilities.feeds}
        self._sessions = {tag_of(handler.message): handler for handler in abilities.sessions}

    async def serve(self, socket: WebSocket, name: str) -> None:
        """Send the feed's events until it ends, fails, or core leaves."""
        await socket.accept()
        with suppress(WebSocketDisconnect, TimeoutError):
            async with deadline(self._agent.clock, _FIRST_FRAME):
                request = await socket.receive_bytes()
            await self._serve(socket, name, request)

    async def _serve(self, socket: WebSocket, name: str, request: bytes) -> None:
        sent = _Sent(socket)
        if (handler := self._sessions.get(name)) is not None:
            exchange = AgentExchange(sent.frame, handler.message, self._agent.clock)
            working, listening = self._hold(sent, handler, request, exchange), exchange.listen(socket)
        else:
            working, listening = self._send_events(sent, name, request), _wait_for_leave(socket)
        tasks = [asyncio.ensure_future(each) for each in (working, self._show_life(sent), listening)]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(RuntimeError, WebSocketDisconnect):
            await socket.close()

    async def _hold(self, sent: "_Sent", handler: SessionHandler, request: bytes, exchange: AgentExchange) -> None:
        name = tag_of(handler.message)
        try:
            await handler.run(self._agent, unpack(request, handler.message), exchange)
        except WebSocketDisconnect:
            return
        except msgspec.MsgspecError as wrong:
            await sent.failure(_unfit(name, wrong))
        except MonitorError as failure:
            await sent.failure(failure)
        except Exception as bug:
            _LOG.exception("session %s failed by a bug", name)
            await sent.failure(_broken(name, bug))

    async def _send_events(self, sent: "_Sent", name: str, request: bytes) -> None:
        try:
            source = cast("AsyncGenerator[Any]", self._open(name, request))
            try:
                async for event in source:
                    await sent.frame(pack(event))
            finally:
                await source.aclose()
        except WebSocketDisconnect:
            return
        except MonitorError as failure:
            await sent.failure(failure)
        except Exception as bug:
            _LOG.exception("feed %s failed by a bug", name)
            await sent.failure(_broken(name, bug))

    def _open(self, name: str, request: bytes) -> AsyncIterator[Any]:
        try:
            if name == FOLLOW_JOB:
                follow = unpack(request, FollowJob)
                self._jobs.check(follow.id)
                return self._jobs.follow(follow.id, follow.after)
            handler = self._feeds.get(name)
            if handler is None:
                said = f"this agent does not know {name}: it is older than core"
                raise HostError(said, hint="update the agent on this host")
            return handler.run(self._agent, unpack(request, handler.message))
        except msgspec.MsgspecError as wrong:
            raise _unfit(name, wrong) from None

    async def _show_life(self, sent: "_Sent") -> None:
        """Core counts a host as dead that says nothing for long."""
        with suppress(WebSocketDisconnect):
            while True:
                before = sent.frames
                await self._agent.clock.sleep(SILENCE)
                if sent.frames == before:
                    await sent.frame(b"")


class _Sent:
    """What was sent on one websocket."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self.frames = 0

    async def frame(self, data: bytes) -> None:
        self.frames += 1
        await self._socket.send_bytes(data)

    async def failure(self, failure: MonitorError) -> None:
        with suppress(WebSocketDisconnect):
            await self._socket.send_text(encode(Failure.of(failure)).decode())


def _unfit(name: str, wrong: msgspec.MsgspecError) -> HostError:
    said = f"the request for {name} does not fit this agent: {wrong}"
    return HostError(said, hint="update the agent on this host")


def _broken(name: str, bug: Exception) -> HostError:
    return HostError(f"the agent failed at {name}: {type(bug).__name__}: {bug}")


async def _wait_for_leave(socket: WebSocket) -> None:
    """Return when core closes; what else it sends is ignored."""
    with suppress(WebSocketDisconnect):
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
