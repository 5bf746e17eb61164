"""Outbox: what a Watch has yet to send; a newer state takes the place of an unsent older one, so it never grows."""

import asyncio

from msgspec.structs import replace

from monitor.abilities.watch.calls import (
    ContainerChanged,
    ContainerGone,
    Containers,
    DockerDown,
    DockerTouched,
    Offered,
    Recorded,
    Usage,
    WatchEvent,
)
from monitor.kernel.samples import BUFFERED

_DOCKER = "docker"
_USAGE = "usage"
_RECORDED = "recorded"
_OFFERED = "offered"
_MOST_RECORDED = 30
"""Samples in one message."""


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
                self._pending = {key: self._pending[key] for key in (_USAGE, _RECORDED) if key in self._pending}
                key = _DOCKER
            case Usage():
                key = _USAGE
            case Recorded():
                key, event = _RECORDED, self._grown(event)
            case Offered():
                key = _OFFERED
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
        return tuple(part for event in taken for part in _parts(event))

    def _grown(self, event: Recorded) -> Recorded:
        """Samples are the one thing of which the old is not outdated by the new."""
        held = self._pending.get(_RECORDED)
        if not isinstance(held, Recorded):
            return event
        return replace(event, samples=(*held.samples, *event.samples)[-BUFFERED:])

    def _ended(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled():
            self._failure = task.exception() or RuntimeError("a watcher ended")
            self._filled.set()


def _parts(event: WatchEvent) -> tuple[WatchEvent, ...]:
    """An hour of samples does not fit into one message."""
    if not isinstance(event, Recorded) or len(event.samples) <= _MOST_RECORDED:
        return (event,)
    begins = range(0, len(event.samples), _MOST_RECORDED)
    return tuple(replace(event, samples=event.samples[at : at + _MOST_RECORDED]) for at in begins)
