"""Usage: what every server used of itself lately, in memory: an hour of samples and half an hour of means."""

from array import array
from bisect import bisect_left
from datetime import UTC, datetime
from math import nan

from monitor.kernel.clock import Clock
from monitor.kernel.fleet import Trend, UsageSeries
from monitor.kernel.hostview import HostStats, percent, three_digits

_STEP = 5.0
"""Seconds between samples of the Watch stream."""
_HOUR = 3600.0
_SAMPLES = 720
_SERIES = (
    *("cpu", "memory", "memory_used", "memory_total", "load"),
    *("received", "sent", "read", "written", "disk"),
)
_BUCKET = 30.0
_BUCKETS = 60
_TRENDS = ("cpu", "memory", "disk", "received", "sent")


class RecentUsage:
    """By server. Times are core's own, so that all servers share one axis, whatever their clocks say."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._hours: dict[str, _Hour] = {}
        self._means: dict[str, _Means] = {}

    def take(self, server: str, stats: HostStats) -> None:
        """Keep a sample; one that comes long before it is due is left out."""
        now = self._clock.now().timestamp()
        hour = self._hours.get(server)
        if hour is None or now < hour.last:  # after a clock was put back nothing fits any more
            hour, self._means[server] = _Hour(), _Means()
            self._hours[server] = hour
        if now - hour.last < _STEP / 2:
            return
        figures = _figures(stats)
        hour.put(now, figures)
        self._means[server].put(int(now // _BUCKET), figures)

    def forget(self, server: str) -> None:
        """It was deleted."""
        self._hours.pop(server, None)
        self._means.pop(server, None)

    def series(self, server: str) -> UsageSeries:
        """The last hour's samples, oldest first."""
        hour = self._hours.get(server) or _Hour()
        at, columns = hour.since(self._clock.now().timestamp() - _HOUR)
        given = {name: _shown(name, column) for name, column in zip(_SERIES, columns, strict=True)}
        return UsageSeries(server=server, step=_STEP, at=tuple(datetime.fromtimestamp(t, UTC) for t in at), **given)

    def trend(self, server: str) -> Trend:
        """The last half hour's means; nothing at all of a server that never sent any."""
        means = self._means.get(server)
        until = int(self._clock.now().timestamp() // _BUCKET)
        given = {name: means.upto(until, number) for number, name in enumerate(_TRENDS)} if means else {}
        return Trend(server=server, step=_BUCKET, **given)


class _Hour:
    """A ring of samples: 34 KB when it is full."""

    def __init__(self) -> None:
        self.last = 0.0
        self._at = array("d")
        self._columns = tuple(array("f") for _ in _SERIES)
        self._next = 0

    def put(self, at: float, figures: dict[str, float]) -> None:
        self.last = at
        values = [figures[name] for name in _SERIES]
        if len(self._at) < _SAMPLES:
            self._at.append(at)
            for column, value in zip(self._columns, values, strict=True):
                column.append(value)
            return
        self._at[self._next] = at
        for column, value in zip(self._columns, values, strict=True):
            column[self._next] = value
        self._next = (self._next + 1) % _SAMPLES

    def since(self, oldest: float) -> tuple[list[float], list[list[float]]]:
        """Times and columns in order, from a time on."""
        at = self._in_order(self._at)
        first = bisect_left(at, oldest)
        return at[first:], [self._in_order(column)[first:] for column in self._columns]

    def _in_order(self, ring: "array[float]") -> list[float]:
        return (ring[self._next :] + ring[: self._next]).tolist()


class _Means:
    """Means over half minutes of the wall clock, so that those of all servers lie on each other."""

    def __init__(self) -> None:
        self._columns = tuple(array("d", [nan] * _BUCKETS) for _ in _TRENDS)
        self._newest = 0
        self._sums = [0.0] * len(_TRENDS)
        self._count = 0

    def put(self, bucket: int, figures: dict[str, float]) -> None:
        if bucket != self._newest:
            self._begin(bucket)
        self._count += 1
        for number, name in enumerate(_TRENDS):
            self._sums[number] += figures[name]
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


def _figures(stats: HostStats) -> dict[str, float]:
    received, sent = stats.traffic
    read, written = stats.device_io
    fullest = stats.fullest
    return {
        "cpu": stats.cpu,
        "memory": percent(stats.memory_used, stats.memory_total),
        "memory_used": float(stats.memory_used),
        "memory_total": float(stats.memory_total),
        "load": stats.load[0],
        "received": received,
        "sent": sent,
        "read": read,
        "written": written,
        "disk": percent(fullest.used, fullest.total) if fullest else 0.0,
    }


def _shown(name: str, column: list[float]) -> tuple[float, ...]:
    return tuple(_rounded(name, value) for value in column)


def _rounded(name: str, value: float) -> float:
    """Percents and rates as people read them, load to a hundredth, sizes as they are."""
    if name in ("cpu", "memory", "disk"):
        return round(value, 1)
    if name == "load":
        return round(value, 2)
    return value if name in ("memory_used", "memory_total") else three_digits(value)
