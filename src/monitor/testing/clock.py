"""Clocks for tests: one that stands still until it is turned, and one that is set back."""

import asyncio
import heapq
from collections.abc import Generator
from datetime import UTC, datetime, timedelta

from monitor.kernel.clock import SystemClock

_START = datetime(2026, 1, 1, tzinfo=UTC)
_TURNS = 60
"""Rounds of the event loop that count as "everything that could run has run"; chains in the code are far shorter."""


class ManualClock:
    """A Clock whose sleepers wake only when `advance` passes their time, in the order they are due."""

    def __init__(self, start: datetime = _START) -> None:
        self._start = start
        self._elapsed = 0.0
        self._count = 0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """The start plus what was advanced."""
        return self._start + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        """Seconds advanced so far."""
        return self._elapsed

    @property
    def sleeping(self) -> int:
        """How many tasks wait for this clock."""
        return sum(not sleeper.done() for _, _, sleeper in self._sleepers)

    async def sleep(self, seconds: float) -> None:
        """Wait until a test has advanced so far."""
        if seconds <= 0:
            await _Turn()
            return
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._sleepers, (self._elapsed + seconds, self._count, sleeper))
        await sleeper

    async def advance(self, seconds: float) -> None:
        """Let `seconds` pass: each sleeper wakes at its own time, and runs on, before the next one does."""
        until = self._elapsed + seconds
        await self.settle()
        while self._sleepers and self._sleepers[0][0] <= until:
            due, _, sleeper = heapq.heappop(self._sleepers)
            if sleeper.done():
                continue
            self._elapsed = max(self._elapsed, due)
            sleeper.set_result(None)
            await self.settle()
        self._elapsed = until

    def put_forward(self, seconds: float) -> None:
        """Let the wall clock alone go on, as if the machine had slept: nobody wakes for it."""
        self._start += timedelta(seconds=seconds)

    async def settle(self) -> None:
        """Let every task run until it waits for something; no time passes. Threads and sockets are not waited for."""
        for _ in range(_TURNS):
            await _Turn()


class _Turn:
    """One round of the event loop."""

    def __await__(self) -> Generator[None, None, None]:
        yield


class ShiftedClock(SystemClock):
    """The machine's clock, set back: what happens meanwhile lies in the past. Waiting takes as long as ever."""

    def __init__(self, standing_at: datetime | None = None) -> None:
        """Given a moment, it also stands still there, so that what is seen by it is always the same."""
        self._standing_at = standing_at
        self._back = timedelta()

    def now(self) -> datetime:
        """The machine's time (or the one it stands at), less what it is set back."""
        return self._unshifted() - self._back

    @property
    def stands(self) -> bool:
        """Whether it stands still."""
        return self._standing_at is not None

    def set_back(self, by: timedelta) -> None:
        """Nothing (`timedelta()`) makes it the machine's clock again."""
        self._back = by

    def set_to(self, moment: datetime) -> None:
        """Go on from a moment, past or future."""
        self._back = self._unshifted() - moment

    def _unshifted(self) -> datetime:
        return self._standing_at or super().now()
