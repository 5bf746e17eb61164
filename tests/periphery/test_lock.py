"""The lock on a state folder: a second agent waits for the first to end, says so once, and gives up in time."""

import asyncio
import logging
from pathlib import Path

import pytest

from monitor.kernel.errors import Conflict
from monitor.periphery.lock import take_lock, wait_for_lock
from monitor.testing.clock import ManualClock


async def test_it_is_taken_once_the_other_ends(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock, held = ManualClock(), take_lock(tmp_path)
    assert held is not None
    assert take_lock(tmp_path) is None
    waiting = asyncio.create_task(wait_for_lock(tmp_path, clock, asyncio.Event()))
    await clock.advance(9)
    assert not waiting.done()
    (told,) = [one for one in caplog.records if one.levelno == logging.WARNING]
    assert told.getMessage() == (f"another periphery has the state folder {tmp_path}: waiting up to 10 s for its end")
    held.close()
    await clock.advance(0.2)
    taken = await waiting
    assert taken is not None
    assert take_lock(tmp_path) is None
    taken.close()


async def test_it_is_given_up_after_ten_seconds(tmp_path: Path) -> None:
    clock, held = ManualClock(), take_lock(tmp_path)
    assert held is not None
    waiting = asyncio.create_task(wait_for_lock(tmp_path, clock, asyncio.Event()))
    await clock.advance(10.5)
    with pytest.raises(Conflict, match="another periphery runs with the state folder"):
        await waiting
    held.close()


async def test_told_to_stop_it_waits_no_longer(tmp_path: Path) -> None:
    clock, held, stopping = ManualClock(), take_lock(tmp_path), asyncio.Event()
    assert held is not None
    waiting = asyncio.create_task(wait_for_lock(tmp_path, clock, stopping))
    await clock.advance(1)
    stopping.set()
    await clock.advance(0.2)
    assert await waiting is None
    held.close()


async def test_nobody_waits_for_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    taken = await wait_for_lock(tmp_path, ManualClock(), asyncio.Event())
    assert taken is not None
    assert caplog.records == []
    taken.close()
