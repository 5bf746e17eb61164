"""Outbox: what a Watch has yet to send; a newer state takes the place of an unsent older one, so it never grows."""

import asyncio

from monitor.abilities.watch.calls import (
    ContainerChanged,
    ContainerGone,
    Containers,
    DockerDown,
    DockerTouched,
    Usage,
    WatchEvent,
)

_DOCKER = "docker"
_USAGE = "usage"


class Outbox:
    """Filled by the watchers, emptied by the feed's one reader."""

    def __init__(self) -> None:
        self._pending: dict[str, WatchEvent] = {}
        self._filled = asyncio.Event()
        self._failure: BaseException | None = None

    def put(self, event: WatchEvent) -> None:
        """Keep it for the reader, in place of what it outdates."""
        match event:
            case Containers() | DockerDown():
                usage = self._pending.get(_USAGE)
                self._pending = {_USAGE: usage} if usage is not None else {}
                key = _DOCKER
            case Usage():
                key = _USAGE
            case DockerTouched(kind):
                key = f"touched {kind}"
            case ContainerChanged(item):
                key = item.id
            case ContainerGone(id):
                key = id
        # Taken out first, so that it comes after what it may rest on.
        self._pending.pop(key, None)
        self._pending[key] = event
        self._filled.set()

    def watch_over(self, task: "asyncio.Task[None]") -> None:
        """Raise to the reader what ends this task."""
        task.add_done_callback(self._ended)

    async def take(self) -> tuple[WatchEvent, ...]:
        """Everything unsent, in order; waits until there is something."""
        await self._filled.wait()
        if self._failure is not None:
            raise self._failure
        self._filled.clear()
        taken, self._pending = tuple(self._pending.values()), {}
        return taken

    def _ended(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled():
            self._failure = task.exception() or RuntimeError("a watcher ended")
            self._filled.set()
