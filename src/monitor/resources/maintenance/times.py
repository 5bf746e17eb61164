"""Times: when a maintenance is, as its config keeps it."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import shown
from monitor.kernel.windows import TimeOfDay, TimeZone, Weekday

_AT = shown("Begins at", "`02:00`, by the clock of that time zone.")
_ZONE = shown("Time zone", "An IANA name: `UTC`, `Europe/Berlin`.")
_Minutes = Annotated[int, Meta(ge=5, le=10_080), shown("Minutes", "How long it lasts.")]
_Day = Annotated[str, Meta(pattern=r"^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class Once(Struct, frozen=True, kw_only=True, tag_field="kind", tag="once"):
    """On one day."""

    day: Annotated[_Day, shown("Day", "`2026-12-24`.")]
    start: Annotated[TimeOfDay, _AT] = "02:00"
    minutes: _Minutes = 120
    zone: Annotated[TimeZone, _ZONE] = "UTC"

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"once {self.day} {self.start} {self.minutes} {self.zone}"


class Daily(Struct, frozen=True, kw_only=True, tag_field="kind", tag="daily"):
    """Every day."""

    start: Annotated[TimeOfDay, _AT] = "02:00"
    minutes: _Minutes = 120
    zone: Annotated[TimeZone, _ZONE] = "UTC"

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"daily {self.start} {self.minutes} {self.zone}"


class Weekly(Struct, frozen=True, kw_only=True, tag_field="kind", tag="weekly"):
    """On some days of the week."""

    days: Annotated[
        tuple[Weekday, ...], Meta(min_length=1, max_length=7), shown("Days", "Those on which it begins.")
    ] = (Weekday.SUN,)
    start: Annotated[TimeOfDay, _AT] = "02:00"
    minutes: _Minutes = 120
    zone: Annotated[TimeZone, _ZONE] = "UTC"

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"weekly {','.join(self.days)} {self.start} {self.minutes} {self.zone}"


Times = Daily | Weekly | Once
EXAMPLE = "once 2026-12-24 02:00 [MINUTES] [ZONE], or daily 02:00, or weekly sat,sun 02:00"


def times_in_words(text: str) -> dict[str, object]:
    """As a command line gives it."""
    words = text.split()
    kind = words.pop(0) if words else ""
    given: dict[str, object] = {"kind": kind}
    if kind in ("once", "weekly") and words:
        first = words.pop(0)
        given |= {"day": first} if kind == "once" else {"days": first.split(",")}
    if kind not in ("once", "daily", "weekly") or not words or ":" not in words[0]:
        raise ValueError(f"{text!r} is no time; write {EXAMPLE}")
    given["start"] = words.pop(0)
    if words and words[0].isdigit():
        given["minutes"] = int(words.pop(0))
    if words:
        given["zone"] = words.pop(0)
    if words:
        raise ValueError(f"{text!r} says more than a time; write {EXAMPLE}")
    return given
