"""What is said on the live websocket, without the socket: both clients drive the same conversation."""

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Raw, Struct

from monitor.client.answers import Problem, error_from, error_of
from monitor.kernel.errors import Forbidden, NotSignedIn, Unavailable
from monitor.kernel.stream import Item, Stream, StreamKind
from monitor.kernel.wire import decode, encode

E = TypeVar("E")
FIRST_DELAY = 0.2
LONGEST_DELAY = 5.0
PATIENCE = 40
"""Attempts in a row, about three minutes, after which a lost core is given up."""

_REFUSALS = {4401: NotSignedIn, 4403: Forbidden}
"""Codes with which core closes a connection it does not take, and its reason."""


class Frame(Struct, frozen=True, kw_only=True):
    """One message from core."""

    id: int = 0
    kind: str
    seq: int = 0
    key: str = ""
    data: Raw = Raw(b"null")


class Entry(Struct, frozen=True, kw_only=True):
    """One thing of a snapshot."""

    key: str = ""
    seq: int = 0
    data: Raw = Raw(b"null")


class Subscription(Generic[E]):
    """One topic on a connection, and how far it has been read, so that a new connection misses nothing."""

    def __init__(self, stream: Stream[E], event: Any) -> None:
        self.stream = stream
        self.ended = False
        self._event = event
        self._after = stream.after
        self._keys: set[str] = set()

    def opening(self, id: int) -> bytes:
        """The frame that subscribes, from where the last connection broke off."""
        topic = msgspec.to_builtins(self.stream)
        if self.stream.kind is StreamKind.LOG:
            topic["after"] = self._after
        return encode({"id": id, "op": "subscribe", "topic": topic})

    def receive(self, frame: Frame) -> Iterator[Item[E]]:
        """The events a frame brings; raises the error it carries."""
        if frame.kind == "error":
            raise error_of(decode(bytes(frame.data), Problem))
        if frame.kind == "end":
            self.ended = True
        elif frame.kind == "snapshot":
            yield from self._snapshot(decode(bytes(frame.data), tuple[Entry, ...]))
        elif frame.kind == "append":
            self._after = max(self._after, frame.seq)
            yield self._item(frame.key, frame.seq, frame.data)
        elif frame.kind == "change":
            yield self._changed(frame.key, frame.seq, frame.data)

    def _snapshot(self, entries: Sequence[Entry]) -> Iterator[Item[E]]:
        """A fresh snapshot replaces what was known: what it no longer names is gone."""
        for key in self._keys - {entry.key for entry in entries}:
            yield self._changed(key, 0, Raw(b"null"))
        for entry in entries:
            yield self._changed(entry.key, entry.seq, entry.data)

    def _changed(self, key: str, seq: int, data: Raw) -> Item[E]:
        item = self._item(key, seq, data)
        if item.data is None:
            self._keys.discard(key)
        else:
            self._keys.add(key)
        return item

    def _item(self, key: str, seq: int, data: Raw) -> Item[E]:
        data_type: Any = self._event | None
        return Item(key=key, seq=seq, data=decode(bytes(data), data_type))


class Conversation:
    """The subscriptions of one websocket, over as many connections as it takes."""

    def __init__(self, *subscriptions: Subscription[Any]) -> None:
        self._subscriptions = subscriptions
        self._failures = 0
        self._met = False

    @property
    def done(self) -> bool:
        """Whether every topic has ended."""
        return all(one.ended for one in self._subscriptions)

    def opening(self) -> list[str]:
        """What to send on a new connection; asked for once it stands."""
        self._met = True
        return [one.opening(number).decode() for number, one in enumerate(self._subscriptions, 1) if not one.ended]

    def receive(self, message: str | bytes) -> Iterator[Item[Any]]:
        """The events of one message; Unavailable when it cannot be read."""
        try:
            yield from self._read(message)
        except msgspec.DecodeError as wrong:
            raise Unavailable(
                f"the live connection brought what cannot be read: {wrong}",
                hint="core and this client may be of different versions, or the address is not a core's",
            ) from None

    def _read(self, message: str | bytes) -> Iterator[Item[Any]]:
        frame = decode(message, Frame)
        self._failures = 0
        if 0 < frame.id <= len(self._subscriptions):
            yield from self._subscriptions[frame.id - 1].receive(frame)
        elif frame.kind == "error":
            raise error_of(decode(bytes(frame.data), Problem))

    def lost(self, why: BaseException | None) -> float:
        """Seconds to wait before the next connection; raises when there is no point in one.

        A core (or a proxy before it) that refused said why. One that was never reached is not waited for; one that was
        may be restarting.
        """
        refusal = getattr(why, "response", None)
        if refusal is not None and 400 <= refusal.status_code < 500:
            raise error_from(refusal.status_code, {}, refusal.body or b"") from why
        closed = getattr(why, "rcvd", None)
        if closed is not None and closed.code in _REFUSALS:
            raise _REFUSALS[closed.code](closed.reason) from why
        self._failures += 1
        if not self._met or self._failures > PATIENCE:
            raise Unavailable(
                f"the live connection to core failed: {reason_of(why)}",
                hint="check the address, and that a proxy in between passes websockets on",
            ) from why
        return min(FIRST_DELAY * 2 ** (self._failures - 1), LONGEST_DELAY)


def reason_of(why: BaseException | None) -> str:
    """What broke a connection, in words."""
    if why is None:
        return "core closed it"
    return str(why) or type(why).__name__
