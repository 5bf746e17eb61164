"""Live: one websocket per tab; topics subscribed over it, permitted when opened and again when rights change."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from monitor.core.caller import Caller
from monitor.core.context import QueryContext
from monitor.core.dispatch import Dispatcher
from monitor.core.parts import Parts
from monitor.core.problem import problem_of
from monitor.kernel import wire
from monitor.kernel.errors import Invalid, MonitorError, NotFound, NotSignedIn
from monitor.kernel.operation import tag_of
from monitor.kernel.stream import Item, Snapshot, StreamHandler, StreamKind

log = logging.getLogger(__name__)

Send = Callable[[bytes], Awaitable[None]]
_MOST = 200


class Frame(Struct, frozen=True, kw_only=True):
    """What a client sends."""

    id: int
    op: str
    """subscribe, unsubscribe, or ping: asks only whether core is still there."""
    topic: dict[str, Any] = {}
    """`{"topic": "activity.follow_output", "target": …, "after": …}`"""


class Reply(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What core sends: `kind` snapshot, change, append, end, error or pong."""

    id: int
    kind: str
    seq: int = 0
    key: str = ""
    data: Any = None


class LiveSession:
    """The subscriptions of one websocket."""

    def __init__(
        self,
        parts: Parts,
        dispatcher: Dispatcher,
        handlers: Mapping[str, StreamHandler],
        caller: Callable[[], Caller | None],
        send: Send,
    ) -> None:
        self._parts = parts
        self._dispatcher = dispatcher
        self._handlers = handlers
        self._caller = caller
        self._send = send
        self._tasks: dict[int, tuple[asyncio.Task[None], Any]] = {}
        self._sent: dict[int, int] = {}
        """The last seq sent of each log."""
        self._standing = self._stands()

    async def receive(self, data: str | bytes) -> None:
        """One frame from the client; whatever is wrong with it is answered, nothing ends the socket."""
        id = -1
        try:
            raw = _json(data)
            id = raw.get("id", -1) if isinstance(raw.get("id", -1), int) else -1
            frame = wire.from_user(raw, Frame)
            if frame.op == "unsubscribe":
                self._drop(frame.id)
            elif frame.op == "subscribe":
                self._open(frame.id, self._topic(frame.topic))
            elif frame.op == "ping":
                await self._reply(Reply(id=frame.id, kind="pong"))
            else:
                raise Invalid.field("op", "use subscribe, unsubscribe or ping")
        except MonitorError as wrong:
            await self._reply(Reply(id=id, kind="error", data=problem_of(wrong)))

    def rights_changed(self) -> None:
        """Check every subscription anew: a state topic sends a fresh snapshot, a log goes on where it still may.

        A feature's topic decides itself what it shows: its log is opened again where it stood. Where only others'
        rights have changed there is nothing to do.
        """
        before, self._standing = self._standing, self._stands()
        if self._standing is not None and self._standing == before:
            return
        for id, (task, topic) in list(self._tasks.items()):
            if task.done() or self._stays(topic):
                continue
            sent = self._sent.get(id, 0)
            self._drop(id)
            # Answers with a fresh snapshot, with what comes after the last line, or with why not.
            self._open(id, msgspec.structs.replace(topic, after=max(topic.after, sent)))

    def close(self) -> None:
        """The socket is gone."""
        for id in list(self._tasks):
            self._drop(id)

    def _stands(self) -> Any:
        """All that decides what the caller may see; None once he is signed out."""
        caller = self._caller()
        return None if caller is None else (caller.who, caller.admin, self._parts.permit.held(caller))

    def _stays(self, topic: Any) -> bool:
        """A log that lives on what the dispatcher permits, and still does."""
        if topic.kind is StreamKind.STATE or self._parts.registry.type_of(tag_of(topic.__class__)) is None:
            return False
        try:
            self._permit(topic)
        except MonitorError:
            return False
        return True

    def _topic(self, raw: dict[str, Any]) -> Any:
        name = str(raw.get("topic", ""))
        declared = self._parts.registry.streams.get(name)
        if declared is None:
            raise NotFound(f"there is no topic {name[:80]!r}")
        return wire.from_user(raw, declared)

    def _open(self, id: int, topic: Any) -> None:
        if id in self._tasks and not self._tasks[id][0].done():
            raise Invalid.field("id", f"{id} is in use; unsubscribe it first")
        live = [i for i, (task, _) in self._tasks.items() if not task.done()]
        if len(live) >= _MOST:
            raise Invalid.field("id", f"no more than {_MOST} subscriptions on one socket")
        self._tasks[id] = (asyncio.create_task(self._run(id, topic)), topic)

    def _drop(self, id: int) -> None:
        task, _ = self._tasks.pop(id, (None, None))
        self._sent.pop(id, None)
        if task is not None:
            task.cancel()

    def _permit(self, topic: Any) -> tuple[Caller, Any]:
        caller = self._need_caller()
        record = self._dispatcher.find(caller, topic)
        self._dispatcher.permit(caller, topic, record)
        return caller, record

    def _need_caller(self) -> Caller:
        """Who stands behind the socket now; asked for each event, since a session may also end by its age."""
        caller = self._caller()
        if caller is None:
            raise NotSignedIn("the session has ended; sign in again")
        return caller

    async def _run(self, id: int, topic: Any) -> None:
        try:
            caller, record = self._permit(topic)
            context = QueryContext(self._parts, caller, record, _nothing)
            events = self._handlers[topic.__struct_config__.tag].follow(context, topic)
            if topic.kind is StreamKind.LOG:
                await self._log(id, events)
            else:
                await self._state(id, events)
            await self._reply(Reply(id=id, kind="end"))
        except MonitorError as failure:
            await self._reply(Reply(id=id, kind="error", data=problem_of(failure)))
        except Exception:
            log.exception("a topic failed unexpectedly", extra={"topic": tag_of(topic.__class__)})
            bug = MonitorError("a bug in Monitor; core's log has the details")
            await self._reply(Reply(id=id, kind="error", data=problem_of(bug)))

    async def _log(self, id: int, events: Any) -> None:
        async for item in events:
            self._need_caller()
            self._sent[id] = item.seq
            await self._reply(Reply(id=id, kind="append", seq=item.seq, data=item.data))

    async def _state(self, id: int, events: "AsyncIterator[Item[Any] | Snapshot]") -> None:
        snapshot: list[dict[str, Any]] | None = []
        async for item in events:
            self._need_caller()
            if item is Snapshot.DONE:
                await self._reply(Reply(id=id, kind="snapshot", data=snapshot))
                snapshot = None
            elif isinstance(item, Snapshot):
                continue
            elif snapshot is not None:
                snapshot.append({"key": item.key, "data": item.data})
            else:
                await self._reply(Reply(id=id, kind="change", key=item.key, data=item.data))

    async def _reply(self, reply: Reply) -> None:
        await self._send(msgspec.json.encode(reply))


def _json(data: str | bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Invalid("a frame is a JSON object: {id, op, topic}") from None


async def _nothing(caller: Caller, op: Any, parent: str) -> Any:
    raise TypeError("a topic runs no operation")
