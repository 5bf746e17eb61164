"""Heartbeat: core asks for a URL every minute while it is well, so that somebody else notices when it is not.

Well is: the loop keeps time, and the store takes a write. Whoever gets no more beats says so; core itself cannot.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.features.notifying.sending import redacted
from monitor.kernel.errors import MonitorError
from monitor.kernel.ids import new_id
from monitor.notifier.services import parts_of
from monitor.notifier.task import Endpoint, Task
from monitor.store.contract import Put

if TYPE_CHECKING:
    from monitor.core.app import Core

EVERY = timedelta(seconds=60)
HEARTBEAT = "heartbeat"
"""Kind of the one document that is written each time."""
log = logging.getLogger(__name__)


class Heartbeat:
    """Of one core; without a URL it does nothing."""

    def __init__(self, core: "Core", own: Callable[[], tuple[Endpoint, ...]]) -> None:
        """`own`: where peripheries listen."""
        self._core, self._own = core, own
        self._url = core.settings.heartbeat_url
        self._task: asyncio.Task[None] | None = None
        self._next = core.parts.clock.now()
        self._said = ""
        self._planner = core.timer.add(HEARTBEAT, self.turn) if self._url else None

    def turn(self) -> datetime | None:
        """Beat, if it is time; when the next is."""
        now = self._core.parts.clock.now()
        if self._task is not None:
            return None
        if now >= self._next or self._next > now + EVERY:  # the latter: the clock was put back
            self._next = now + EVERY
            self._task = asyncio.create_task(self._beat(now))
            self._task.add_done_callback(self._done)
            return None
        return self._next

    async def stop(self) -> None:
        """End what goes on."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _beat(self, now: datetime) -> None:
        parts = self._core.parts
        try:
            body = f'"{now.isoformat()}"'.encode()
            await parts.memory.store.commit([Put(kind=HEARTBEAT, id="core", revision=1, body=body)])
        except MonitorError as failure:
            self._say(f"is not sent, since the store cannot be written: {failure}")
            return
        task = Task(
            service=HEARTBEAT,
            url=self._url,
            id=new_id(now),
            subject="",
            text="",
            own=self._own(),
            own_port=self._core.settings.port,
        )
        outcome = redacted(await self._core.notify(parts.clock, task), (self._url, *parts_of(self._url)))
        self._say("" if outcome.delivered else f"does not arrive: {outcome.error}")

    def _say(self, what: str) -> None:
        """Once, not each minute."""
        if what and not self._said:
            log.warning("the heartbeat %s; it is tried each minute", what)
        elif self._said and not what:
            log.info("the heartbeat arrives again")
        self._said = what

    def _done(self, task: asyncio.Task[None]) -> None:
        self._task = None
        if not task.cancelled() and (failure := task.exception()) is not None:
            log.error("the heartbeat cannot go on: %s", failure, exc_info=failure)
        if self._planner is not None:
            self._planner.wake()
