"""Filling: when the file systems of servers are full, from what they sent and, after a start of core, from history."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

from monitor.core.catalog import Record, resource_kind
from monitor.core.history.asked import past_of
from monitor.core.parts import Parts
from monitor.features.alerts.growth import SPAN, Growth, Point
from monitor.kernel.errors import MonitorError
from monitor.kernel.past import Past, PastQuery
from monitor.resources.alert_rule.figures import Figures

_POINTS = 36
_NOTHING: dict[str, float] = {}
log = logging.getLogger(__name__)


class Filling:
    """Of one core."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._of: dict[str, dict[str, Growth]] = {}
        self._asked: asyncio.Queue[str] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        parts.memory.listen(resource_kind("server"), self._changed)

    def start(self) -> None:
        """Read from history what went before, one server after another."""
        self._task = asyncio.create_task(self._read_all(), name="alerts: disks")

    async def stop(self) -> None:
        """Read no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def hours(self, server: str, at: float, figures: Figures) -> Mapping[str, float | None]:
        """Until each of its file systems is full, by a sample; None of one of which too little is known."""
        known = self._of.get(server)
        if known is None:
            known = self._of[server] = {}
            self._asked.put_nowait(server)
        totals = figures.get("disk_total", _NOTHING)
        found: dict[str, float | None] = {}
        for mount, used in figures.get("disk_used", _NOTHING).items():
            growth = known.get(mount)
            if growth is None:
                growth = known[mount] = Growth()
            found[mount] = growth.put(at, used, totals.get(mount, 0.0))
        for mount in [mount for mount in known.keys() - found.keys() if known[mount].is_old(at)]:
            del known[mount]  # a disk that was taken out
        return found

    def _changed(self, id: str, value: object) -> None:
        if value is None:
            self._of.pop(id, None)

    async def _read_all(self) -> None:
        while True:
            server = await self._asked.get()
            record = self._parts.catalog.get("server", server)
            if record is None:
                continue
            try:
                self._take_past(server, await self._past(record))
            except MonitorError as failure:
                log.warning("the past of a server's disks cannot be read: %s", failure, extra={"server": server})
            except Exception:
                log.exception("the past of a server's disks cannot be read", extra={"server": server})

    async def _past(self, record: Record) -> Past:
        asked: PastQuery[Past] = PastQuery(
            since=self._parts.clock.now() - timedelta(seconds=SPAN), metrics=("disk_used", "disk_total"), points=_POINTS
        )
        return await past_of(self._parts, record, asked, "")

    def _take_past(self, server: str, past: Past) -> None:
        series = {one.key: one.mean for one in past.series}
        begin = past.since.timestamp()
        for key, used in series.items():
            name, _, mount = key.partition(":")
            growth = self._of.get(server, {}).get(mount)
            if name != "disk_used" or growth is None:
                continue
            total = max((t for t in series.get(f"disk_total:{mount}", ()) if t is not None), default=0.0)
            points = [Point(begin + n * past.step, value) for n, value in enumerate(used) if value is not None]
            growth.put_before(points, total)
