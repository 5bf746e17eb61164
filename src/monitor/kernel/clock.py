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


class Deadline:
    """What `deadline` gives: whether it was the clock that ended the work."""

    def __init__(self) -> None:
        self.struck = False


@asynccontextmanager
async def deadline(clock: Clock, seconds: float) -> AsyncGenerator[Deadline]:
    """End what runs inside with TimeoutError once `seconds` of this clock have passed.

    Also right inside an undo after a cancellation, which `asyncio.timeout` of Python 3.11.2 (Debian 12) is not.
    """
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("a deadline needs a task to end")
    before = task.cancelling()
    scope = Deadline()

    async def strike() -> None:
        await clock.sleep(seconds)
        scope.struck = True
        task.cancel()

    timer = asyncio.get_running_loop().create_task(strike())
    try:
        yield scope
    except asyncio.CancelledError:
        if scope.struck and task.uncancel() <= before:
            raise TimeoutError(f"not done within {seconds:g} s") from None
        raise
    else:
        if scope.struck:
            task.uncancel()
    finally:
        timer.cancel()
