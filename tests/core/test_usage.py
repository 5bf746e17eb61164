"""Recent usage in core's memory: an hour of samples a server, half an hour of means for all, gaps left open."""

import sys
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from monitor.core.usage import RecentUsage
from monitor.kernel.permission import Level
from monitor.kernel.standard import standard_operations
from monitor.resources.server.operations.usage import RecentUsage as Asked
from monitor.resources.server.operations.usage import Trends
from monitor.resources.server.spec import SERVER
from monitor.testing.clock import ManualClock
from tests.core.world import World, refused
from tests.resources.test_server_status import STATS

COLUMNS = ("cpu", "memory", "memory_used", "memory_total", "load", "received", "sent", "read", "written", "disk")


async def fed(usage: RecentUsage, clock: ManualClock, samples: int, **figures: Any) -> None:
    for _ in range(samples):
        usage.take("a", replace(STATS, **figures))
        await clock.advance(5)


async def test_an_hour_is_kept_oldest_first() -> None:
    clock = ManualClock()
    usage = RecentUsage(clock)
    for number in range(1000):
        usage.take("a", replace(STATS, cpu=number / 10))
        await clock.advance(5)
    series = usage.series("a")
    assert len(series.at) == 720
    assert all(len(getattr(series, name)) == 720 for name in COLUMNS)
    assert series.at[-1] - series.at[0] == timedelta(seconds=719 * 5)
    assert series.at[-1] == clock.now() - timedelta(seconds=5)
    assert (series.cpu[0], series.cpu[-1]) == (28.0, 99.9)
    assert (series.memory[0], series.disk[0], series.load[0]) == (25.0, 90.5, 0.5)
    assert (series.received[0], series.sent[0], series.read[0], series.written[0]) == (1_230_000, 120, 3, 4100)
    assert (series.memory_used[0], series.memory_total[0]) == (STATS.memory_used, STATS.memory_total)


async def test_what_is_older_than_an_hour_is_not_told_and_a_gap_is_left_open() -> None:
    clock = ManualClock()
    usage = RecentUsage(clock)
    await fed(usage, clock, 100)
    await clock.advance(1800)
    await fed(usage, clock, 10)
    at = usage.series("a").at
    assert len(at) == 110
    assert at[100] - at[99] == timedelta(seconds=1805)
    await clock.advance(1600)
    assert len(usage.series("a").at) == 40
    await clock.advance(3600)
    assert usage.series("a").at == ()
    assert usage.series("never seen").at == ()


async def test_means_lie_on_the_same_times_for_all() -> None:
    clock = ManualClock()
    usage = RecentUsage(clock)
    for number in range(12):
        usage.take("a", replace(STATS, cpu=float(number)))
        await clock.advance(5)
    usage.take("b", STATS)
    first, second = usage.trend("a"), usage.trend("b")
    assert first.step == 30
    assert [len(first.cpu), len(second.cpu), len(first.sent)] == [60, 60, 60]
    assert first.cpu == (*(None,) * 57, 2.5, 8.5, None)
    assert second.cpu == (*(None,) * 59, 12.3)
    await clock.advance(60)
    await fed(usage, clock, 1, cpu=7.0)
    assert usage.trend("a").cpu == (*(None,) * 55, 2.5, 8.5, None, None, 7.0)
    await clock.advance(1800)
    assert usage.trend("a").cpu == (None,) * 60
    await fed(usage, clock, 1, cpu=1.0)
    assert usage.trend("a").cpu == (*(None,) * 59, 1.0)
    assert usage.trend("never seen").cpu == ()


async def test_a_flood_of_samples_and_a_clock_put_back_do_no_harm() -> None:
    clock = ManualClock()
    usage = RecentUsage(clock)
    for _ in range(1000):
        usage.take("a", STATS)
    assert len(usage.series("a").at) == 1
    await fed(usage, clock, 10)
    clock._start -= timedelta(hours=5)
    await fed(usage, clock, 3)
    at = usage.series("a").at
    assert len(at) == 3
    assert list(at) == sorted(at)
    assert usage.trend("a").cpu[-1] == 12.3


async def test_a_server_takes_at_most_forty_kilobytes() -> None:
    clock = ManualClock()
    usage = RecentUsage(clock)
    await fed(usage, clock, 800)
    kept = [usage._hours["a"]._at, *usage._hours["a"]._columns, *usage._means["a"]._columns]
    assert sum(map(sys.getsizeof, kept)) <= 40 * 1024


async def test_it_comes_from_the_host_and_stops_with_it(world: World) -> None:
    await world.clock.advance(60)
    told = (await world.app.run(Asked(target="host"))).at
    assert len(told) >= 12
    world.host.down = "cut"
    await world.clock.advance(60)
    assert (await world.app.run(Asked(target="host"))).at == told
    [trend] = await world.app.run(Trends())
    assert trend.cpu[-1] is None
    assert trend.cpu[-4] is not None


async def test_each_sees_those_of_the_servers_he_may_read(world: World) -> None:
    ann = await world.app.user("ann")
    other = await world.app.server("other")
    await world.clock.advance(30)
    assert await world.app.run(Trends(), ann) == ()
    assert (await refused(world, Asked(target="other"), ann)).status == 404
    await world.grant(ann, "server", "other", Level.READ)
    assert [t.server for t in await world.app.run(Trends(), ann)] == [other.id]
    assert (await world.app.run(Asked(target="other"), ann)).server == other.id


async def test_it_outlives_a_disabled_server_and_not_a_deleted_one(world: World) -> None:
    await world.clock.advance(30)
    await world.update(SERVER, "host", config={"enabled": False})
    await world.clock.advance(10)
    server = await world.app.get(SERVER, "host")
    usage = world.app.core.parts.usage
    assert usage.series(server.id).at
    await world.app.run(standard_operations(SERVER)["delete"](target="host"))
    assert not usage.series(server.id).at
