"""The manual clock wakes sleepers in order and lets nothing pass by itself."""

import asyncio
from datetime import timedelta

import pytest

from monitor.kernel.clock import deadline
from monitor.testing.clock import ManualClock


async def test_sleepers_wake_in_order_at_their_own_time() -> None:
    clock, woken = ManualClock(), list[tuple[str, float]]()

    async def sleeper(name: str, seconds: float, again: float = 0) -> None:
        await clock.sleep(seconds)
        woken.append((name, clock.monotonic()))
        if again:
            await clock.sleep(again)
            woken.append((name, clock.monotonic()))

    tasks = [asyncio.create_task(sleeper("b", 2)), asyncio.create_task(sleeper("a", 1, again=0.5))]
    await clock.advance(1.9)
    assert woken == [("a", 1.0), ("a", 1.5)]
    await clock.advance(0.1)
    assert woken[-1] == ("b", 2.0)
    await asyncio.gather(*tasks)


async def test_time_stands_still_until_advanced() -> None:
    clock = ManualClock()
    start = clock.now()
    task = asyncio.create_task(clock.sleep(1))
    await clock.settle()
    assert clock.sleeping == 1
    assert clock.now() == start
    await clock.advance(1)
    assert task.done()
    assert clock.now() - start == timedelta(seconds=1)


async def test_a_cancelled_sleeper_is_forgotten() -> None:
    clock = ManualClock()
    task = asyncio.create_task(clock.sleep(1))
    await clock.settle()
    task.cancel()
    await clock.advance(2)
    assert clock.sleeping == 0


async def test_deadline_strikes_by_the_clock_and_only_then() -> None:
    clock = ManualClock()

    async def work(seconds: float) -> str:
        async with deadline(clock, 5):
            await clock.sleep(seconds)
        return "done"

    quick, slow = asyncio.create_task(work(4)), asyncio.create_task(work(6))
    await clock.advance(4.5)
    assert quick.result() == "done"
    assert not slow.done()
    await clock.advance(1)
    with pytest.raises(TimeoutError):
        slow.result()
