"""Time, as a thing that is passed in: every wait and every timestamp goes through a Clock, so tests can turn it."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time and waits."""

    def now(self) -> datetime:
        """Wall-clock time, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back, for durations and deadlines."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; returns early only by cancellation."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@asynccontextmanager
async def deadline(clock: Clock, seconds: float) -> AsyncGenerator[None]:
    """End what runs inside with TimeoutError once `seconds` of this clock have passed."""
    async with asyncio.timeout(None) as scope:
        loop = asyncio.get_running_loop()

        async def strike() -> None:
            await clock.sleep(seconds)
            scope.reschedule(loop.time())

        timer = loop.create_task(strike())
        try:
            yield
        finally:
            timer.cancel()
