"""Topic: how a state topic of keyed values is fed: each value shown to its reader, or hidden from him."""

from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any, TypeVar

from monitor.core.bus import Bus
from monitor.kernel.stream import Item, Snapshot

T = TypeVar("T")


async def keyed(
    bus: Bus, topic: str, now: Callable[[], Iterable[tuple[str, Any]]], show: Callable[[str, Any], T | None]
) -> AsyncIterator[Item[T] | Snapshot]:
    """What there is `now`, then what the bus tells of `topic`, as `show` answers it; None hides it.

    Whatever was shown and is gone, or hidden by now, is taken back by its key; of the rest nothing is told.
    """
    listener = bus.listen(topic)
    known: set[str] = set()
    try:
        for key, value in now():
            if (data := show(key, value)) is not None:
                known.add(key)
                yield Item(key=key, data=data)
        yield Snapshot.DONE
        async for key, value in listener:
            data = show(key, value) if value is not None else None
            if data is not None:
                known.add(key)
                yield Item(key=key, data=data)
            elif key in known:
                known.discard(key)
                yield Item(key=key, data=None)
    finally:
        bus.leave(topic, listener)
