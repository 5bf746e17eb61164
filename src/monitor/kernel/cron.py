"""Cron: moments that come again, from an expression of five fields in a time zone. Pure.

The clock of the zone is what counts, as Debian's cron reads it. What names its minute and its hour runs once on each of
its days: where the clock skips that time, at the moment it skips to; where it comes twice, at the first. What says `*`
for the minute or the hour goes by the time that passes: it runs in both of two equal hours and in no skipped one.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from cronsim import CronSim, CronSimError

from monitor.kernel.cron_text import text_of
from monitor.kernel.windows import zone

ALIASES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_FIELDS = (
    ("minute", "0 to 59"),
    ("hour", "0 to 23"),
    ("day of the month", "1 to 31, `L` for the last"),
    ("month", "1 to 12 or JAN to DEC"),
    ("day of the week", "0 to 7 (0 and 7 are Sunday) or SUN to SAT"),
)
_SLACK = timedelta(hours=3)
"""More than a clock is ever set back or forward by."""
_FIRST_YEAR, _LAST_YEAR = 1900, 9900


class Cron:
    """An expression in a zone. ValueError, with the way to write it, where it is none or never comes."""

    def __init__(self, expression: str, zone_name: str = "UTC") -> None:
        self.zone = zone(zone_name)
        self.zone_name = zone_name
        self.fields = _fields(expression)
        self._plain = " ".join(self.fields)
        if self.next_after(datetime(2000, 1, 1, tzinfo=UTC)) is None:
            raise ValueError(f"{expression.strip()!r} never comes: there is no such day")

    def next_after(self, moment: datetime) -> datetime | None:
        """The first one later than `moment`, in UTC; None beyond all calendars."""
        if moment.year > _LAST_YEAR:
            return None
        found = CronSim(self._plain, moment.astimezone(self.zone))
        for local in found:
            if (there := local.astimezone(UTC)) > moment:
                return there
        return None

    def last_until(self, moment: datetime) -> datetime | None:
        """The newest one not later than `moment`."""
        if not _FIRST_YEAR < moment.year < _LAST_YEAR:
            return None
        # A clock that was set back shows again what was there before: the newest may have a later time on it.
        found = CronSim(self._plain, (moment + _SLACK).astimezone(self.zone), reverse=True)
        seen: list[datetime] = []
        for local in found:
            if (there := local.astimezone(UTC)) <= moment:
                seen.append(there)
            if local.astimezone(UTC) < moment - _SLACK:
                break
        return max(seen, default=None)

    def count(self, after: datetime, until: datetime, most: int) -> int:
        """How many lie later than `after` and not later than `until`; no more than `most` are counted."""
        found, at = 0, self.next_after(after)
        while at is not None and at <= until and found < most:
            found, at = found + 1, self.next_after(at)
        return found

    def text(self) -> str:
        """In words: `Every weekday at 03:00 Europe/Berlin`."""
        said = text_of(self.fields) or CronSim(self._plain, datetime(2000, 1, 1, tzinfo=UTC)).explain()
        _, _, day, _, weekday = self.fields
        either = not day.startswith("*") and not weekday.startswith("*")
        return f"{said}{' (either is enough),' if either else ''} {self.zone_name}"


@lru_cache(maxsize=512)
def cron(expression: str, zone_name: str) -> Cron:
    """The same, made once."""
    return Cron(expression, zone_name)


def _fields(expression: str) -> tuple[str, ...]:
    text = expression.strip()
    if text.startswith("@"):
        if text.lower() not in ALIASES:
            raise ValueError(f"{text!r} is not known; write five fields or one of {', '.join(ALIASES)}")
        text = ALIASES[text.lower()]
    parts = tuple(text.split())
    if len(parts) != len(_FIELDS):
        fields = f"{len(parts)} field{'' if len(parts) == 1 else 's'}"
        raise ValueError(
            f"{fields} instead of five: minute, hour, day of the month, month, day of the week; as 0 3 * * *"
        )
    for at, (part, (name, values)) in enumerate(zip(parts, _FIELDS, strict=True)):
        if not _holds(" ".join(part if i == at else "*" for i in range(len(_FIELDS)))):
            raise ValueError(f"{part!r} is no {name}: write {values}, or *, 1,3, 1-5, */10")
    if not _holds(" ".join(parts)):
        raise ValueError(f"{text!r} never comes: there is no such day")
    return tuple(part.upper() for part in parts)


def _holds(expression: str) -> bool:
    try:
        CronSim(expression, datetime(2000, 1, 1, tzinfo=UTC))
    except (CronSimError, ValueError):
        return False
    return True
