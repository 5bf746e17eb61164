"""Hours: from one time of day to another, on all or some days of the week, in a time zone. Pure.

Both ends are read as cron.py reads them: where the clock skips one, it is the moment it skips to; where it shows one
twice, the first.
"""

from datetime import datetime

from msgspec import Struct

from monitor.kernel.cron import cron
from monitor.kernel.windows import Span, Weekday


class Hours(Struct, frozen=True, kw_only=True):
    """From `start` up to, not including, `end`, which may be on the next day; the same twice is a whole day."""

    start: str
    end: str
    zone: str = "UTC"
    days: frozenset[Weekday] = frozenset(Weekday)
    """Those on which it begins."""

    def open_at(self, now: datetime) -> Span | None:
        """The one `now` lies in."""
        begin = cron(expression(self.start, self.days), self.zone).last_until(now)
        if begin is None:
            return None
        end = cron(expression(self.end), self.zone).next_after(begin)
        return Span(begin, end) if end is not None and now < end else None


def expression(time: str, days: frozenset[Weekday] = frozenset(Weekday)) -> str:
    """A time of day on these days, as cron writes it."""
    hour, minute = (int(part) for part in time.split(":"))
    week = "*" if len(days) == len(Weekday) else ",".join(day.value.upper() for day in Weekday if day in days)
    return f"{minute} {hour} * * {week}"
