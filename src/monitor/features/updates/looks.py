"""Looks: newer images looked for when it is time to, and those taken whose window is open; core's timer says when.

All it goes by is stored.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any

from monitor.core.catalog import Record, info_kind, resource_kind
from monitor.core.parts import Parts
from monitor.core.timer import Timer
from monitor.features.updates.auto import AutoUpdates, window_at
from monitor.features.updates.checks import Checks
from monitor.features.updates.due import next_look
from monitor.kernel.errors import MonitorError
from monitor.resources.deployment.newer import ImageUpdate
from monitor.resources.deployment.values import BuiltImage

_FRESH = 600.0
"""Seconds what a registry said counts for other deployments of the same image."""
_PAUSE = 1.0
"""Seconds between two turns at the least, however much changes."""
_AFTER_FAILURE = 60.0
_LONGEST = timedelta(seconds=300)
"""After which it looks again for hosts that have come back."""
log = logging.getLogger(__name__)


class Looks:
    """Of one core."""

    def __init__(self, parts: Parts, timer: Timer, checks: Checks, auto: AutoUpdates, every: timedelta) -> None:
        self._parts = parts
        self._checks = checks
        self._auto = auto
        self._every = every
        self._seen: dict[str, datetime] = {}
        self._looking: dict[str, asyncio.Task[None]] = {}
        self._planner = timer.add("updates", self.turn, pause=_PAUSE)
        for kind in (resource_kind("deployment"), info_kind("deployment"), info_kind("build")):
            parts.memory.listen(kind, self._note_change)

    async def stop(self) -> None:
        """End what it does."""
        tasks = list(self._looking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def turn(self) -> datetime | None:
        """Begin what is due; when the next is, None as long as nothing changes."""
        now = self._parts.clock.now()
        records = self._parts.catalog.all("deployment")
        self._seen = {id: self._seen.get(id, now) for id in records}
        moments = [moment for record in records.values() for moment in self._turn(record, now)]
        if self._every or moments:
            moments.append(now + _LONGEST)
        return min(moments, default=None)

    def _turn(self, record: Record, now: datetime) -> list[datetime]:
        span, opens = window_at(record, now)
        if span is not None:
            self._auto.consider(record, span)
        moments = [opens] if opens else []
        if record.id in self._looking or not self._reachable(record):
            return moments
        due = self._due(record, now, span)
        if due is not None and due <= now:
            self._look(record.id)
        elif due is not None:
            moments.append(due)
        return moments

    def _due(self, record: Record, now: datetime, span: Any) -> datetime | None:
        held: ImageUpdate | None = record.status.update
        if isinstance(record.stored.config.image, BuiltImage):
            # It costs nothing to know, so it is known at once.
            fresh, known = self._checks.of_build(record), record.info.update
            if known is None or held is None or fresh is None or held.checked is None:
                return now
            return None if (known.newest, held.state) == (fresh.newest, fresh.state) else now
        return next_look(record.id, held, self._every, self._seen[record.id], span)

    def _reachable(self, record: Record) -> bool:
        view = self._parts.hosts.view(record.server)
        return view is not None and view.answers and self._checks.container_of(record) is not None

    def _look(self, id: str) -> None:
        async def look() -> None:
            try:
                await self._checks.check(id, within=_FRESH)
            except MonitorError as failure:  # of core itself: its store is full
                log.warning("looking for a newer image of %s failed: %s", id, failure.message)
                await self._parts.clock.sleep(_AFTER_FAILURE)

        task = self._looking[id] = asyncio.create_task(look())
        task.add_done_callback(lambda _: self._ended(id))

    def _ended(self, id: str) -> None:
        self._looking.pop(id, None)
        self._planner.wake()

    def _note_change(self, id: str, value: Any) -> None:
        self._planner.wake()
