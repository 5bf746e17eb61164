"""The timer: asks each when it said, at once when something changes, and never in between."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from monitor.core.timer import Timer
from monitor.testing.clock import ManualClock


class Asked:
    """A planner that writes down when it was asked."""

    def __init__(self, timer: Timer, clock: ManualClock, after: float | None, pause: float = 0.0) -> None:
        self.times: list[float] = []
        self.after = after
        self.wrong = False
        self._clock = clock
        self.planner = timer.add("asked", self.turn, pause=pause)

    def turn(self) -> datetime | None:
        self.times.append(round(self._clock.monotonic(), 3))
        if self.wrong:
            raise RuntimeError("a bug")
        return None if self.after is None else self._clock.now() + timedelta(seconds=self.after)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def timer(clock: ManualClock) -> AsyncIterator[Timer]:
    made = Timer(clock)
    yield made
    await made.stop()


async def test_each_when_it_said(timer: Timer, clock: ManualClock) -> None:
    often, seldom, never = Asked(timer, clock, 50), Asked(timer, clock, 1000), Asked(timer, clock, None)
    timer.start()
    await clock.advance(1010)
    assert often.times == [50.0 * n for n in range(21)]
    assert seldom.times == [0.0, 1000.0]
    assert never.times == [0.0]


async def test_at_once_when_something_changes_and_not_too_often(timer: Timer, clock: ManualClock) -> None:
    one, calm = Asked(timer, clock, None), Asked(timer, clock, None, pause=5)
    timer.start()
    await clock.advance(1)
    for _ in range(3):
        one.planner.wake()
        calm.planner.wake()
        await clock.advance(1)
    await clock.advance(10)
    assert one.times == [0.0, 1.0, 2.0, 3.0]
    assert calm.times == [0.0, 5.0]


async def test_a_machine_that_slept_is_noticed(timer: Timer, clock: ManualClock) -> None:
    one = Asked(timer, clock, 7200)
    timer.start()
    await clock.advance(10)
    clock.put_forward(7200)
    await clock.advance(60)
    assert one.times == [0.0, 60.0]


async def test_a_clock_set_back_is_news(timer: Timer, clock: ManualClock) -> None:
    one = Asked(timer, clock, 7200)
    timer.start()
    await clock.advance(10)
    clock.put_forward(-3600)
    await clock.advance(60)
    assert one.times == [0.0, 60.0]


async def test_a_bug_in_one_stops_no_other(timer: Timer, clock: ManualClock, caplog: pytest.LogCaptureFixture) -> None:
    broken, fine = Asked(timer, clock, 10), Asked(timer, clock, 10)
    broken.wrong = True
    timer.start()
    await clock.advance(65)
    assert broken.times == [0.0, 60.0]
    assert len(fine.times) == 7
    assert "asked: planning failed" in caplog.text
