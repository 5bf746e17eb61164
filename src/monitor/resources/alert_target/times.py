"""Times: when a target gets anything, when it is left in peace, and its daily digest, as its config keeps them."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import shown
from monitor.kernel.windows import TimeOfDay, TimeZone, Weekday

_FROM = shown("From", "`22:00`, by the clock of that time zone.")
_TO = shown("To", "`07:00`; earlier than `from`, it is on the next day.")
_ZONE = shown("Time zone", "An IANA name: `UTC`, `Europe/Berlin`.")
Days = Annotated[tuple[Weekday, ...], Meta(min_length=1, max_length=7), shown("Days", "Those on which it begins.")]
_WEEK = tuple(Weekday)
_WORK = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)


def _span(times: "Only | Quiet", unnamed: tuple[Weekday, ...] = ()) -> str:
    """`unnamed`: days that are meant where none are named."""
    days = [] if set(times.days) == set(unnamed) else [",".join(day.value for day in Weekday if day in times.days)]
    return " ".join([f"{times.start}-{times.end}", *days, times.zone])


class Always(Struct, frozen=True, kw_only=True, tag_field="kind", tag="always"):
    """At any time."""


class Only(Struct, frozen=True, kw_only=True, tag_field="kind", tag="only"):
    """Only then; what happens at other times is none of its."""

    start: Annotated[TimeOfDay, _FROM] = "08:00"
    end: Annotated[TimeOfDay, _TO] = "18:00"
    days: Days = _WORK
    zone: Annotated[TimeZone, _ZONE] = "UTC"

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return _span(self)


class NoQuiet(Struct, frozen=True, kw_only=True, tag_field="kind", tag="off"):
    """Nothing is held."""


class Quiet(Struct, frozen=True, kw_only=True, tag_field="kind", tag="hours"):
    """What happens then is held and sent as one summary at the end."""

    start: Annotated[TimeOfDay, _FROM] = "22:00"
    end: Annotated[TimeOfDay, _TO] = "07:00"
    days: Days = _WEEK
    zone: Annotated[TimeZone, _ZONE] = "UTC"
    critical_passes: Annotated[bool, shown("Critical passes", "What is critical is sent at once all the same.")] = True

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return _span(self, unnamed=_WEEK) + ("" if self.critical_passes else " all")


class NoDigest(Struct, frozen=True, kw_only=True, tag_field="kind", tag="off"):
    """None is sent."""


class DailyDigest(Struct, frozen=True, kw_only=True, tag_field="kind", tag="daily"):
    """Once a day: what stands, and what happened since the one before."""

    at: Annotated[TimeOfDay, shown("At", "`08:00`, by the clock of that time zone.")] = "08:00"
    zone: Annotated[TimeZone, _ZONE] = "UTC"
    only: Annotated[bool, shown("Nothing else", "The digest is all that this target gets.")] = False

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"{self.at} {self.zone}{' only' if self.only else ''}"


Active = Always | Only
QuietTimes = NoQuiet | Quiet
Digest = NoDigest | DailyDigest
