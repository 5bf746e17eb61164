"""SharedFeeds: what hosts send while somebody looks: one feed however many look, none when nobody does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

from msgspec import Struct

from monitor.core.bus import Bus, Listener
from monitor.kernel.call import Feed, Host
from monitor.kernel.clock import Clock
from monitor.kernel.errors import MonitorError

E = TypeVar("E")

_AGAIN = 1.0
"""Seconds until a feed that broke or ended is opened again, while somebody still looks."""


class Silent(Struct, frozen=True):
    """In place of an event: the feed broke, and is tried again."""

    reason: str


class SharedFeeds:
    """By server and feed. `host` answers a server's host or raises Unavailable."""

    def __init__(self, host: Callable[[str], Host], bus: Bus, clock: Clock) -> None:
        self._host = host
        self._bus = bus
        self._clock = clock
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def join(self, server: str, feed: Feed[Any], listener: Listener) -> str:
        """Let a listener hear the feed's events, or Silent, under the topic that is answered; `leave` when done."""
        topic = f"feed:{server}:{feed}"
        self._bus.listen(topic, listener)
        if topic not in self._tasks:
            self._tasks[topic] = asyncio.create_task(self._run(topic, server, feed))
        return topic

    def leave(self, topic: str, listener: Listener) -> None:
        """The last one who leaves ends the feed."""
        self._bus.leave(topic, listener)
        if not self._bus.watched(topic) and (task := self._tasks.pop(topic, None)):
            task.cancel()

    async def follow(self, server: str, feed: Feed[E]) -> AsyncIterator[E]:
        """The events while iterated; what breaks meanwhile is waited out."""
        listener = Listener()
        topic = self.join(server, feed, listener)
        try:
            async for _, event in listener:
                if not isinstance(event, Silent):
                    yield event
        finally:
            self.leave(topic, listener)

    def stop(self) -> list["asyncio.Task[None]"]:
        """End every feed; the tasks, to be waited for."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        return tasks

    async def _run(self, topic: str, server: str, feed: Feed[Any]) -> None:
        while True:
            try:
                async with self._host(server).stream(feed) as events:
                    async for event in events:
                        self._bus.publish(topic, topic, event)
            except MonitorError as failure:
                self._bus.publish(topic, topic, Silent(failure.message))
            await self._clock.sleep(_AGAIN)
