"""Growth: in how many hours a file system is full if it goes on as over the last six: a line through its past. Pure."""

from math import inf

from msgspec import Struct

EVERY = 300.0
"""Seconds between two points."""
SPAN = 6 * 3600.0
_LEAST = 3600.0
"""Seconds of past without which nothing is said."""
_LEAST_SHARE = 0.005
"""Of the file system it must have grown by over that time: less is noise."""


class Point(Struct, frozen=True, array_like=True, gc=False):
    """Bytes used at a moment."""

    at: float
    used: float


class Growth:
    """Of one file system."""

    def __init__(self) -> None:
        self.points: list[Point] = []
        self._slope = 0.0
        """Bytes a second; 0: it does not grow."""

    def put(self, at: float, used: float, total: float) -> float | None:
        """A figure; hours until it is full by now, endless if it does not grow, None as long as too little is known."""
        if self.points and at < self.points[-1].at:
            self.points.clear()  # the clock was put back
        if not self.points or at - self.points[-1].at >= EVERY:
            self.points = [*(p for p in self.points if at - p.at <= SPAN), Point(at, used)]
            self._slope = slope(self.points, total)
        if at - self.points[0].at < _LEAST:
            return None
        return max(total - used, 0.0) / self._slope / 3600 if self._slope else inf

    def is_old(self, now: float) -> bool:
        """Whether nothing of it counts any more."""
        return not self.points or now - self.points[-1].at > SPAN

    def put_before(self, points: list[Point], total: float) -> None:
        """What history knows of the time before the first point."""
        first = self.points[0].at if self.points else inf
        self.points = [*(p for p in points if p.at < first), *self.points]
        self._slope = slope(self.points, total)


def slope(points: list[Point], total: float) -> float:
    """Bytes a second of the line with the least squares; 0 where it falls, or hardly rises."""
    count = len(points)
    if count < 2:
        return 0.0
    middle = sum(p.at for p in points) / count, sum(p.used for p in points) / count
    spread = sum((p.at - middle[0]) ** 2 for p in points)
    rise = sum((p.at - middle[0]) * (p.used - middle[1]) for p in points) / spread if spread else 0.0
    grown = rise * (points[-1].at - points[0].at)
    return rise if grown >= total * _LEAST_SHARE else 0.0
