"""Bus: changes inside core, handed to whoever listens; a slow listener loses nothing and holds up nobody."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from monitor.kernel.errors import Unavailable

_MOST_BEHIND = 20_000


class Listener:
    """One subscription: values by key, the newest of each; iterate to get them in order of first change.

    Who falls too far behind gets Unavailable when he reads on, and may begin again.
    """

    def __init__(self) -> None:
        self._lost = False
        self._pending: dict[str, Any] = {}
        self._ready = asyncio.Event()

    def offer(self, key: str, value: Any) -> None:
        """Remember the newest value of a key; one that waits already is replaced."""
        if len(self._pending) >= _MOST_BEHIND and key not in self._pending:
            self._lost = True
        if not self._lost:
            self._pending[key] = value
        self._ready.set()

    async def __aiter__(self) -> AsyncIterator[tuple[str, Any]]:
        while True:
            await self._ready.wait()
            if self._lost:
                raise Unavailable("you read too slowly and were dropped; subscribe again, a log with `after`")
            pending, self._pending = self._pending, {}
            self._ready.clear()
            for item in pending.items():
                yield item


class Bus:
    """Topics by name. Publishing never waits."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = {}

    def listen(self, topic: str, listener: Listener | None = None) -> Listener:
        """Begin to listen, with a listener of other topics too if given; `leave` when done."""
        listener = listener or Listener()
        self._listeners.setdefault(topic, set()).add(listener)
        return listener

    def leave(self, topic: str, listener: Listener) -> None:
        """Stop listening."""
        listeners = self._listeners.get(topic, set())
        listeners.discard(listener)
        if not listeners:
            self._listeners.pop(topic, None)

    def publish(self, topic: str, key: str, value: Any) -> None:
        """Hand a change to every listener of the topic."""
        for listener in self._listeners.get(topic, ()):
            listener.offer(key, value)

    def watched(self, topic: str) -> bool:
        """Whether anybody listens."""
        return topic in self._listeners
