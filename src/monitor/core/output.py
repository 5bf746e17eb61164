"""Output: what activities printed, stored as a log under the activity's id and handed live to who follows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import msgspec

from monitor.core.bus import Bus
from monitor.kernel.activity import Line
from monitor.kernel.clock import Clock
from monitor.kernel.errors import Unavailable
from monitor.store.contract import Record, Store

_FLUSH_BYTES = 64 * 1024
_FLUSH_SECONDS = 0.25


class Outputs:
    """Append-only output by activity. Stored at the latest 250 ms or 64 KiB after it came."""

    def __init__(self, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._pending: dict[str, list[Line]] = {}
        self._sizes: dict[str, int] = {}
        self._flushes: dict[str, asyncio.Task[None]] = {}

    async def add(self, activity: str, line: Line) -> None:
        """Take one piece of output."""
        self._pending.setdefault(activity, []).append(line)
        self._sizes[activity] = self._sizes.get(activity, 0) + len(line.data)
        self._bus.publish(f"output:{activity}", str(line.seq), line)
        if self._sizes[activity] >= _FLUSH_BYTES:
            await self.flush(activity)
        elif activity not in self._flushes:
            self._flushes[activity] = asyncio.create_task(self._flush_later(activity))

    async def flush(self, activity: str) -> None:
        """Store what is pending."""
        lines = self._pending.get(activity, [])
        if not lines:
            return
        self._sizes[activity] = 0
        last = lines[-1].seq
        await self._store.append(f"output/{activity}", [Record(x.seq, msgspec.msgpack.encode(x)) for x in lines])
        # Another flush may have stored some of them meanwhile, and more may have come.
        lines[:] = [x for x in lines if x.seq > last]
        if not lines and self._pending.get(activity) is lines:
            self._pending.pop(activity, None)
            self._sizes.pop(activity, None)

    async def end(self, activity: str) -> None:
        """Store the rest; nothing more comes."""
        await self.flush(activity)
        if (task := self._flushes.pop(activity, None)) is not None:
            task.cancel()
        self._bus.publish(f"output:{activity}", "end", None)

    async def read(self, activity: str, after: int, limit: int) -> list[Line]:
        """Pieces with a greater seq, stored or pending, in order."""
        records = await self._store.read(f"output/{activity}", after, limit)
        lines = [msgspec.msgpack.decode(r.data, type=Line) for r in records]
        last = lines[-1].seq if lines else after
        if len(lines) < limit:
            lines += [x for x in self._pending.get(activity, []) if x.seq > last][: limit - len(lines)]
        return lines

    async def follow(self, activity: str, after: int, *, live: bool) -> AsyncIterator[Line]:
        """Everything after `after`; while the activity is open (`live`), then each piece as it comes, to its end."""
        topic = f"output:{activity}"
        listener = self._bus.listen(topic)
        try:
            while chunk := await self.read(activity, after, 1000):
                for line in chunk:
                    after = line.seq
                    yield line
            if not live:
                return
            async for key, line in listener:
                if key == "end":
                    return
                if line.seq > after:
                    after = line.seq
                    yield line
        finally:
            self._bus.leave(topic, listener)

    async def _flush_later(self, activity: str) -> None:
        await self._clock.sleep(_FLUSH_SECONDS)
        self._flushes.pop(activity, None)
        with suppress(Unavailable):  # kept for the next flush, at the latest the one at the end
            await self.flush(activity)
