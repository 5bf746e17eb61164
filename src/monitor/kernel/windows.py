"""Windows: times of day, on all or some days of the week, in a time zone, at which something may begin. Pure.

A window begins once on each of its days: where the clock skips its hour, at the moment it skips to; where an hour comes
twice, at the first. It lasts as many minutes as it says, whatever the clock does meanwhile.
"""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct

TimeZone = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$")]
TimeOfDay = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""HH:MM"""
_DAY = timedelta(days=1)
_FARTHEST = 9
"""Days until the next window at the most, and one more for zones."""


class Weekday(StrEnum):
    """A day of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


_WEEK = tuple(Weekday)


class Span(Struct, frozen=True):
    """One opening of a window: from `begin` up to, not including, `end`."""

    begin: datetime
    end: datetime


class Window(Struct, frozen=True, kw_only=True):
    """When something may begin."""

    start: str
    """HH:MM"""
    minutes: int
    zone: str
    days: frozenset[Weekday] = frozenset(Weekday)
    """Those on which it begins."""

    def open_at(self, now: datetime) -> Span | None:
        """The opening `now` lies in; of two that overlap the later one."""
        today = self._local(now).date()
        # One may be longer than a day: then the one before goes on while the next begins.
        for back in range(self.minutes // 1440 + 2):
            span = self.on(today - back * _DAY)
            if span is not None and span.begin <= now < span.end:
                return span
        return None

    def next_after(self, now: datetime) -> datetime:
        """When it opens next, later than `now`."""
        today = self._local(now).date()
        spans = (self.on(today + ahead * _DAY) for ahead in range(_FARTHEST))
        return next(span.begin for span in spans if span is not None and span.begin > now)

    def on(self, day: date) -> Span | None:
        """The opening that begins on that day, if it is one of its days."""
        if _WEEK[day.weekday()] not in self.days:
            return None
        hour, minute = map(int, self.start.split(":"))
        begin = _moment(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone(self.zone)))
        return Span(begin, begin + timedelta(minutes=self.minutes))

    def _local(self, now: datetime) -> datetime:
        return now.astimezone(zone(self.zone))


def zone(name: str) -> ZoneInfo:
    """ValueError where neither the machine nor tzdata knows it."""
    try:
        return _zone(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        raise ValueError(f"there is no time zone {name}; write an IANA name, Europe/Berlin") from None


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _moment(local: datetime) -> datetime:
    """The moment a clock on the wall shows this; where it skips it, when it does (PEP 495)."""
    there = local.replace(fold=0).astimezone(UTC)
    if there.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return there
    # In a gap, fold=0 counts by the offset before and fold=1 by the one after it: the gap lies between the two.
    early, late = local.replace(fold=1).astimezone(UTC), there
    before = early.astimezone(local.tzinfo).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        if middle.astimezone(local.tzinfo).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)
