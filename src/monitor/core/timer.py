"""Timer: the one task of a core that waits for moments; what they are, each planner says from what is stored.

It sleeps until the next moment, however far, but never so long that it would not notice a clock that was set: nothing
is asked in between.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.kernel.clock import Clock

_LONGEST = 60.0
"""Seconds it sleeps at a stretch: a machine that was asleep, or whose clock was set, is noticed then."""
_JUMP = 5.0
"""Seconds a clock is set by at the least, and not only kept right."""
_AFTER_A_BUG = timedelta(seconds=60)
Turn = Callable[[], datetime | None]
"""Begins what is due by now, quickly; answers when to be asked again, None as long as nothing changes."""
log = logging.getLogger(__name__)


class Planner:
    """One who has things done in time; `wake` has it asked again at once."""

    def __init__(self, name: str, turn: Turn, pause: float, wake: Callable[[], None]) -> None:
        self.name = name
        self._turn = turn
        self._pause = pause
        self._wake = wake
        self.woken = True
        self.due: datetime | None = None
        self.rests_until = 0.0
        """By the monotonic clock."""

    def wake(self) -> None:
        """Something changed."""
        self.woken = True
        self._wake()

    def ask(self, clock: Clock) -> None:
        """Its turn. A bug in one is no reason for the others to wait."""
        self.woken = False
        self.rests_until = clock.monotonic() + self._pause
        try:
            self.due = self._turn()
        except Exception:
            log.exception("%s: planning failed; it goes on", self.name)
            self.due = clock.now() + _AFTER_A_BUG


class Timer:
    """Of one core."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._planners: list[Planner] = []
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._offset = 0.0

    def add(self, name: str, turn: Turn, *, pause: float = 0.0) -> Planner:
        """One more, asked first when the timer starts, and then no sooner than `pause` seconds after the last time."""
        planner = Planner(name, turn, pause, self._changed.set)
        self._planners.append(planner)
        self._changed.set()
        return planner

    def start(self) -> None:
        """Begin; nothing is waited for."""
        self._task = asyncio.create_task(self._run(), name="timer")

    async def stop(self) -> None:
        """Ask nobody any more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            self._changed.clear()
            self._notice_jumps()
            for planner in self._planners:
                if self._left(planner) <= 0:
                    planner.ask(self._clock)
            await self._wait(min((self._left(planner) for planner in self._planners), default=float("inf")))

    def _notice_jumps(self) -> None:
        """A clock that was set is news for everybody."""
        offset = self._clock.now().timestamp() - self._clock.monotonic()
        if abs(offset - self._offset) > _JUMP:
            for planner in self._planners:
                planner.woken = True
        self._offset = offset

    def _left(self, planner: Planner) -> float:
        """Seconds until its turn."""
        rest = planner.rests_until - self._clock.monotonic()
        if planner.woken:
            return rest
        if planner.due is None:
            return float("inf")
        return max(rest, (planner.due - self._clock.now()).total_seconds())

    async def _wait(self, seconds: float) -> None:
        """So long at the most, or until something changes."""
        waits: list[asyncio.Task[object]] = [asyncio.create_task(self._changed.wait())]
        if seconds != float("inf"):
            waits.append(asyncio.create_task(self._clock.sleep(min(max(seconds, 0.0), _LONGEST))))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
