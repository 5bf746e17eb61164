"""What is kept, over days and months: rolled up when it is whole, made anew when late, dropped when old."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from monitor.abilities.watch.calls import Recorded
from monitor.core.history.history import History
from monitor.core.history.names import server_entity
from monitor.core.history.query import Query
from monitor.core.settings import HistorySettings
from monitor.kernel.errors import Unavailable
from monitor.kernel.hostview import HostStats
from monitor.kernel.measures import OF_SERVERS
from monitor.kernel.past import Past
from monitor.kernel.samples import Sample
from monitor.resources.server.operations.usage import UsageHistory
from monitor.store.memory import MemoryStore
from monitor.testing.clock import ManualClock
from tests.resources.test_server_status import STATS

START = datetime(2026, 1, 1, tzinfo=UTC)


class Rig:
    """A history without a core around it, and one host that tells what `cpu` says of each moment."""

    def __init__(self, *, keep: HistorySettings | None = None) -> None:
        self.clock = ManualClock(START)
        self.store = MemoryStore(())
        self.keep = keep or HistorySettings()
        self.cpu: Callable[[datetime], float] = lambda _: 12.5
        self.seq = 0

    async def open(self) -> "Rig":
        """A new one on the same store, as after a crash."""
        await self.store.close()
        await self.store.open()
        self.history = History(self.store, self.clock, self.keep, lambda *_: "", lambda *_: True)
        await self.history.load()
        return self

    def tell(self, *, boot: str = "a", seqs: range | None = None) -> int:
        """Send what was measured since the last time, or again what is asked for; how much of it is taken."""
        now = round((self.clock.now() - START) / timedelta(seconds=10))
        given = tuple(Sample(seq, self._stats(seq)) for seq in seqs or range(self.seq + 1, now + 1))
        self.seq = now if seqs is None else self.seq
        return len(self.history.take("s", Recorded(boot, float(now), given)))

    async def hours(self, number: float, every: int = 1) -> None:
        """Let them pass, told and written each half hour, rolled up each day; `every` so many samples one is told."""
        for half in range(round(2 * number)):
            self.clock.put_forward(1800)
            now = round((self.clock.now() - START) / timedelta(seconds=10))
            self.tell(seqs=range(now - 180 + every, now + 1, every))
            self.seq = now
            await self.history.write("s")
            if half % 48 == 47:
                await self.turned(self.history.rolling.catch_up())
        await self.turned(self.history.rolling.catch_up())

    async def turned(self, work: Coroutine[Any, Any, None]) -> None:
        """Have it done, the clock turned as often as it waits."""
        task = asyncio.create_task(work)
        while not task.done():
            await self.clock.advance(0.02)
        await task

    async def past(self, since: timedelta, points: int = 600, until: timedelta | None = None) -> Past:
        """From so long ago on."""
        now = self.clock.now()
        asked = UsageHistory(
            target="", since=now - since, until=now - until if until else None, points=points, metrics=("cpu",)
        )
        return await Query(self.store, self.history, self.clock).past(server_entity("s"), OF_SERVERS, asked)

    async def blocks(self, level: int) -> list[int]:
        """Beginnings of those that are stored."""
        return [block.start for block in await self.store.packed(server_entity("s"), level, 0, 2**40)]

    def _stats(self, seq: int) -> HostStats:
        return replace(STATS, cpu=self.cpu(START + timedelta(seconds=10 * seq)))


async def test_a_day_at_every_width() -> None:
    rig = await Rig().open()
    await rig.hours(13)
    assert len(await rig.blocks(2)) == 2
    for points, step, kept in ((2000, 30, 10), (600, 120, 60), (100, 600, 600), (10, 7200, 3600)):
        told = await rig.past(timedelta(hours=13), points)
        [cpu] = told.series
        assert (told.step, told.resolution) == (step, kept), points
        assert len(cpu.mean) == told.points <= points + 1
        assert set(cpu.mean[1:-1]) == {12.5}


async def test_the_least_and_the_greatest_are_not_lost() -> None:
    rig = await Rig().open()
    rig.cpu = lambda at: 99.0 if (at.day, at.hour, at.minute) == (9, 5, 10) else float(at.hour)
    await rig.hours(24 * 17, every=60)
    told = await rig.past(timedelta(days=17), 230)
    [cpu] = told.series
    assert (told.resolution, told.step) == (3600, 7200)
    assert max(value for value in cpu.greatest if value is not None) == 99.0
    assert min(value for value in cpu.least if value is not None) == 0.0
    at = cpu.greatest.index(99.0)
    assert told.since + at * timedelta(seconds=7200) == datetime(2026, 1, 9, 4, tzinfo=UTC)
    assert (cpu.least[at], cpu.mean[at]) == (4.0, pytest.approx(12.4, abs=0.1))
    assert cpu.mean.count(None) <= 1


async def test_late_samples_reach_what_is_rolled_up_already() -> None:
    rig = await Rig().open()
    await rig.hours(5.5)
    rig.clock.put_forward(3000)
    await rig.turned(rig.history.rolling.catch_up())
    assert len(await rig.blocks(2)) == 1
    before = await rig.past(timedelta(minutes=50), 10, timedelta(minutes=25))
    assert before.resolution == 60
    assert set(before.series[0].mean if before.series else ()) <= {None, 12.5}
    rig.tell()
    await rig.history.write("s")
    await rig.turned(rig.history.rolling.catch_up())
    after = await rig.past(timedelta(minutes=45), 10, timedelta(minutes=21))
    assert set(after.series[0].mean) == {12.5}


async def test_what_is_old_is_dropped_level_by_level() -> None:
    rig = await Rig(keep=HistorySettings(seconds=0.1, minutes=6)).open()
    await rig.hours(24 * 9, every=180)
    await rig.turned(rig.history.rolling.shed())
    ages = [(rig.clock.now() - datetime.fromtimestamp((await rig.blocks(level))[0], UTC)) for level in (1, 2)]
    # Never less than what the next level is made of, and no more than a block too much.
    assert timedelta(hours=12) <= ages[0] <= timedelta(hours=13)
    assert timedelta(days=6) <= ages[1] <= timedelta(days=6.5)


async def test_what_is_sent_twice_is_there_once_and_a_gap_stays_one() -> None:
    rig = await Rig().open()
    rig.clock.put_forward(600)
    assert rig.tell() == 60
    await rig.history.write("s")
    rig.cpu = lambda _: 50.0
    rig.tell(seqs=range(31, 61))
    rig.clock.put_forward(600)
    rig.tell(seqs=range(91, 121))
    mean = (await rig.past(timedelta(minutes=20))).series[0].mean
    assert mean[1:31] == (12.5,) * 30
    assert mean[31:61] == (50.0,) * 30
    assert mean[61:91] == (None,) * 30
    assert mean[91:120] == (50.0,) * 29


async def test_after_a_crash_it_goes_on_from_what_is_written() -> None:
    rig = await Rig().open()
    rig.clock.put_forward(600)
    rig.tell()
    await rig.history.write("s")
    rig.clock.put_forward(200)
    rig.tell()
    await rig.open()
    assert rig.history.held("s").seq == 60
    rig.tell(seqs=range(61, 81))
    mean = (await rig.past(timedelta(seconds=800))).series[0].mean
    assert mean[1:80] == (12.5,) * 79


async def test_what_comes_from_nowhere_in_time_is_not_taken() -> None:
    rig = await Rig().open()
    rig.clock.put_forward(86_400)
    assert rig.tell(seqs=range(8640 - 800, 8640 - 700)) == 20
    assert rig.tell(seqs=range(8640 + 2, 8640 + 100)) == 2
    bad = Sample(8640, replace(STATS, cpu=float("nan")))
    assert rig.history.take("s", Recorded("a", 8640.0, (bad,))) == []


async def test_a_full_disk_costs_no_more_than_what_was_open(monkeypatch: pytest.MonkeyPatch) -> None:
    rig = await Rig().open()
    rig.clock.put_forward(600)
    rig.tell()

    async def full(_: object) -> None:
        raise Unavailable("the disk is full")

    monkeypatch.setattr(rig.store, "keep", full)
    with pytest.raises(Unavailable):
        await rig.history.write("s")
    monkeypatch.undo()
    rig.clock.put_forward(600)
    rig.tell()
    await rig.history.write("s")
    await rig.open()
    assert set((await rig.past(timedelta(seconds=1190))).series[0].mean[1:-1]) == {12.5}


async def test_a_damaged_block_is_a_gap_and_no_more() -> None:
    rig = await Rig().open()
    await rig.hours(2)
    [_, second, *_] = await rig.store.packed(server_entity("s"), 1, 0, 2**40)
    await rig.store.keep([replace(second, data=b"broken")])
    told = await rig.past(timedelta(hours=2), 2000)
    mean = told.series[0].mean
    assert mean.count(None) in (180, 181, 182)


async def test_a_block_that_opens_while_others_are_read_keeps_what_is_stored_of_it() -> None:
    """A late sample comes just while a core that was restarted writes for the first time."""
    rig = await Rig().open()
    for _ in range(2):
        rig.clock.put_forward(1800)
        rig.tell()
        await rig.history.write("s")
    await rig.open()
    rig.clock.put_forward(10)
    rig.tell()
    packed, late = rig.store.packed, [range(100, 101)]

    async def meanwhile(entity: str, level: int, since: int, until: int) -> list[Any]:
        found = await packed(entity, level, since, until)
        if late:
            rig.tell(seqs=late.pop())
        return found

    rig.store.packed = meanwhile  # type: ignore[method-assign]
    await rig.history.write("s")
    rig.store.packed = packed  # type: ignore[method-assign]
    await rig.open()
    [cpu] = (await rig.past(timedelta(seconds=3600), 2000)).series
    assert [value for value in cpu.mean if value is None] == []
    assert len(cpu.mean) >= 360
