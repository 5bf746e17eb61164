"""Usage: where what hosts use goes: to history, and for the fleet's sparklines half an hour of means in memory."""

from array import array
from collections.abc import Callable
from math import nan
from typing import TYPE_CHECKING

from monitor.abilities.watch.calls import Recorded, Recording
from monitor.kernel.clock import Clock
from monitor.kernel.fleet import Trend
from monitor.kernel.hostview import HostStats, percent, three_digits
from monitor.kernel.samples import ContainerSample, Sample

if TYPE_CHECKING:
    from monitor.core.history.history import History, Taken

Heed = Callable[[str, "list[Taken]"], None]
"""(server, its new samples, oldest first)"""
_STEP = 5.0
"""Seconds between samples of the Watch stream."""
_FRESH = 60.0
"""Seconds a sample of containers is how they are now."""
_BUCKET = 30.0
_BUCKETS = 60
_TRENDS = ("cpu", "memory", "disk", "received", "sent")


class Usage:
    """By server. Times are core's own, so that all servers share one axis, whatever their clocks say."""

    def __init__(self, clock: Clock, history: "History") -> None:
        self._clock = clock
        self._history = history
        self._means: dict[str, _Means] = {}
        self._newest: dict[str, tuple[float, Sample]] = {}
        """And when it came."""
        self._heeding: list[Heed] = []

    def take(self, server: str, stats: HostStats) -> None:
        """Keep a sample; one that comes long before it is due is left out."""
        now = self._clock.now().timestamp()
        means = self._means.get(server)
        if means is None or now < means.last:  # after a clock was put back nothing fits any more
            means = self._means[server] = _Means()
        if now - means.last >= _STEP / 2:
            means.put(now, _figures(stats))

    def held(self, server: str) -> Recording:
        """What history has of a server already."""
        return self._history.held(server)

    def record(self, server: str, told: Recorded) -> None:
        """Samples for history, and whoever heeds what was new of them."""
        taken = self._history.take(server, told)
        if taken:
            self._newest[server] = self._clock.monotonic(), taken[-1].sample
        for heed in self._heeding:
            heed(server, taken)

    def heed(self, told: Heed) -> None:
        """Call `told` with the samples of each server, as they come."""
        self._heeding.append(told)

    def containers(self, server: str) -> dict[str, ContainerSample]:
        """What its containers used last, by id; nothing that is old."""
        at, newest = self._newest.get(server, (0.0, None))
        if newest is None or self._clock.monotonic() - at > _FRESH:
            return {}
        return {sample.id: sample for sample in newest.containers}

    def forget(self, server: str) -> None:
        """It was deleted."""
        self._means.pop(server, None)
        self._newest.pop(server, None)

    def trend(self, server: str) -> Trend:
        """The last half hour's means; nothing at all of a server that never sent any."""
        means = self._means.get(server)
        until = int(self._clock.now().timestamp() // _BUCKET)
        given = {name: means.upto(until, number) for number, name in enumerate(_TRENDS)} if means else {}
        return Trend(server=server, step=_BUCKET, **given)


class _Means:
    """Means over half minutes of the wall clock, so that those of all servers lie on each other."""

    def __init__(self) -> None:
        self.last = 0.0
        self._columns = tuple(array("d", [nan] * _BUCKETS) for _ in _TRENDS)
        self._newest = 0
        self._sums = [0.0] * len(_TRENDS)
        self._count = 0

    def put(self, at: float, figures: tuple[float, ...]) -> None:
        self.last = at
        bucket = int(at // _BUCKET)
        if bucket != self._newest:
            self._begin(bucket)
        self._count += 1
        for number, name in enumerate(_TRENDS):
            self._sums[number] += figures[number]
            mean = self._sums[number] / self._count
            self._columns[number][bucket % _BUCKETS] = _rounded(name, mean)

    def upto(self, until: int, number: int) -> tuple[float | None, ...]:
        """Of one series the means of the last half hour; None where no sample came."""
        missing = min(max(until - self._newest, 0), _BUCKETS)
        at = (self._newest + 1) % _BUCKETS
        column = self._columns[number]
        known = (column[at:] + column[:at])[missing:]
        return (*(None if mean != mean else mean for mean in known), *(None,) * missing)  # noqa: PLR0124 - only nan

    def _begin(self, bucket: int) -> None:
        """Empty what lies between the last bucket and this one."""
        for skipped in range(max(self._newest + 1, bucket - _BUCKETS + 1), bucket + 1):
            for column in self._columns:
                column[skipped % _BUCKETS] = nan
        self._newest = bucket
        self._sums = [0.0] * len(_TRENDS)
        self._count = 0


def _figures(stats: HostStats) -> tuple[float, ...]:
    """In the order of _TRENDS."""
    received, sent = stats.traffic
    fullest = stats.fullest
    return (
        stats.cpu,
        percent(stats.memory_used, stats.memory_total),
        percent(fullest.used, fullest.total) if fullest else 0.0,
        received,
        sent,
    )


def _rounded(name: str, value: float) -> float:
    """Percents and rates as people read them."""
    return round(value, 1) if name in ("cpu", "memory", "disk") else three_digits(value)
