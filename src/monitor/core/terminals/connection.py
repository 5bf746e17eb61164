"""Connection: one websocket to one terminal: keys from the person to the host, output from the host to the person.

Binary frames are bytes: what is typed in one direction; in the other one byte for the stream, and what was written.
Text frames are JSON: `{op: resize|seen|end_input|close|ping}` and `{kind: began|taken|warned|ended|failed|pong}`.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct
from starlette.websockets import WebSocket, WebSocketDisconnect

from monitor.abilities.terminal.calls import (
    AttachTerminal,
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
    Written,
)
from monitor.core.journal import ACTIVITY
from monitor.kernel.activity import Activity, State
from monitor.kernel.call import Exchange
from monitor.kernel.clock import deadline
from monitor.kernel.errors import HostError, Invalid, MonitorError, NotFound, NotSignedIn, Unavailable

if TYPE_CHECKING:
    from monitor.core.app import Core

_RECORD = 10.0
"""Seconds the record may take to say how a terminal has ended."""
_MOST = 64 * 1024
_CODES = {401: 4401, 403: 4403, 404: 4404, 409: 4409, 422: 4400}


class Told(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A text frame from the person."""

    op: str
    columns: Annotated[int, Meta(ge=1, le=1000)] = 80
    rows: Annotated[int, Meta(ge=1, le=1000)] = 24
    upto: Annotated[int, Meta(ge=0, le=2**53)] = 0


class Connection:
    """`serve` it once."""

    def __init__(self, core: "Core", socket: WebSocket) -> None:
        self._core = core
        self._socket = socket
        self._open = True
        self._began = False
        """Whether the host has said that there is a terminal."""

    async def serve(self) -> None:
        """From its opening to its end."""
        core, socket = self._core, self._socket
        await socket.accept()
        id = str(socket.path_params["id"])
        try:
            core.origins.check_host(socket)
            caller = core.api.caller(socket)
            if not caller.user:
                raise NotSignedIn("sign in first")
            activity = await core.door.find(caller, id)
            after = _after(socket.query_params.get("after", ""))
        except MonitorError as refused:
            await self.close(_CODES.get(refused.status, 4403), refused.message)
            return
        core.door.enter(id, self, caller.session)
        core.metrics.live.inc()
        try:
            await self._connect(activity, after)
        except MonitorError as failure:
            await self.close(_CODES.get(failure.status, 4503), failure.message)
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            core.door.leave(id, self)
            core.metrics.live.dec()

    async def close(self, code: int, reason: str) -> None:
        """End it, saying why."""
        if not self._open:
            return
        self._open = False
        with suppress(RuntimeError, WebSocketDisconnect):
            await self._socket.close(code, reason.encode()[:120].decode(errors="ignore"))

    async def _connect(self, activity: Activity, after: int | None) -> None:
        ended = asyncio.ensure_future(self._once(activity.id, lambda now: now.state.ended))
        relaying = asyncio.ensure_future(self._relay(activity.id, after, ended))
        try:
            await asyncio.wait([relaying, ended], return_when=asyncio.FIRST_COMPLETED)
            if not relaying.done() and ended.result().state is not State.FAILED:
                # The host's own last words come with the exit code.
                await asyncio.wait([relaying], timeout=_RECORD)
            if relaying.done() and relaying.result():
                await self.close(1000, "ended")
                return
            async with deadline(self._core.parts.clock, _RECORD):
                await self._tell_end(await ended)
        except TimeoutError:
            raise Unavailable("the server does not say how it ended; connect again") from None
        finally:
            for task in (relaying, ended):
                task.cancel()
            await asyncio.gather(relaying, ended, return_exceptions=True)

    async def _relay(self, id: str, after: int | None, ended: "asyncio.Future[Activity]") -> bool:
        """Whether the host has told its end; not where the terminal could not be opened, or is gone, which the record
        says, and again to who connects anew.
        """
        activity = await self._once(id, lambda now: now.state is not State.QUEUED)
        if activity.state.ended:
            return False
        try:
            async with self._core.parts.hosts.host(activity.server).session(AttachTerminal(id=id, after=after)) as line:
                down = asyncio.ensure_future(self._down(line))
                up = asyncio.ensure_future(self._up(line))
                try:
                    await asyncio.wait([down, up], return_when=asyncio.FIRST_COMPLETED)
                    # What cannot be sent any more meets an end that is about to be told.
                    if up.done() and not isinstance(up.exception(), Unavailable):
                        up.result()
                    return await down
                finally:
                    for task in (down, up):
                        task.cancel()
                    await asyncio.gather(down, up, return_exceptions=True)
        except NotFound:
            return False
        except HostError:
            if self._began:
                raise
            return False

    async def _once(self, id: str, reached: Callable[[Activity], bool]) -> Activity:
        """The activity as soon as it has come so far."""
        bus = self._core.parts.bus
        listener = bus.listen(ACTIVITY)
        try:
            current = await self._core.journal.get(id)
            if current is not None and reached(current):
                return current
            async for changed, activity in listener:
                if changed == id and reached(activity):
                    return activity
        finally:
            bus.leave(ACTIVITY, listener)
        raise NotFound("there is no such terminal")

    async def _tell_end(self, activity: Activity) -> None:
        if activity.state is State.FAILED:
            await self._say({"kind": "failed", "error": activity.error, "hint": activity.hint})
        else:
            said = activity.summary or activity.error
            await self._say({"kind": "ended", "exit_code": None, "reason": said})
        await self.close(1000, "ended")

    async def _down(self, line: Exchange[ToTerminal, FromTerminal]) -> bool:
        """Output and what is told; True with the end."""
        async for message in line:
            match message:
                case Written():
                    await self._socket.send_bytes(bytes([message.stream]) + message.data)
                case Began():
                    self._began = True
                    await self._say({"kind": "began", **msgspec.structs.asdict(message)})
                case Taken():
                    await self._say({"kind": "taken", "count": message.count})
                case Warned():
                    await self._say({"kind": "warned", "text": message.text})
                case Ended():
                    await self._say({"kind": "ended", "exit_code": message.exit_code, "reason": message.reason})
                    return True
        return False

    async def _up(self, line: Exchange[ToTerminal, FromTerminal]) -> None:
        """What the person sends; WebSocketDisconnect when he leaves."""
        while True:
            received = await self._socket.receive()
            if received["type"] == "websocket.disconnect":
                raise WebSocketDisconnect
            if (data := received.get("bytes")) is not None:
                if len(data) > _MOST:
                    raise Invalid(f"send at most {_MOST} bytes in a frame")
                await line.send(Typed(data))
            elif (message := await self._understood(received.get("text") or "")) is not None:
                await line.send(message)

    async def _understood(self, text: str) -> ToTerminal | None:
        try:
            told = msgspec.json.decode(text, type=Told)
        except msgspec.MsgspecError:
            raise Invalid("a text frame is JSON: {op: resize, seen, end_input, close or ping}") from None
        match told.op:
            case "resize":
                return Resized(Size(told.columns, told.rows))
            case "seen":
                return Seen(told.upto)
            case "end_input":
                return InputEnded()
            case "close":
                return Closed("ended by its user")
            case "ping":
                await self._say({"kind": "pong"})
                return None
            case _:
                raise Invalid.field("op", "use resize, seen, end_input, close or ping")

    async def _say(self, told: dict[str, Any]) -> None:
        await self._socket.send_text(msgspec.json.encode(told).decode())


def _after(text: str) -> int | None:
    """How many bytes of output the person has; None: none."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Invalid.field("after", "a number of bytes")
    return int(text)
