"""When: a cron expression and whose clock it goes by, as a config keeps it."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from monitor.kernel.marks import shown
from monitor.kernel.windows import TimeZone

EXAMPLE = "0 3 * * 1-5 Europe/Berlin"
CronText = Annotated[str, Meta(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]+$")]
CRON = shown(
    "Cron expression",
    "Minute, hour, day of the month, month, day of the week: `0 3 * * 1-5`; or `@hourly`, `@daily`, `@weekly`.",
    docs="https://manpages.debian.org/stable/cron/crontab.5.en.html",
)
ZONE = shown("Time zone", "Whose clock counts, an IANA name: `UTC`, `Europe/Berlin`.")
_FIELDS = 5


class When(Struct, frozen=True, kw_only=True):
    """Moments that come again; see cron.py for what summer time does to them."""

    cron: Annotated[CronText, CRON] = "0 3 * * *"
    zone: Annotated[TimeZone, ZONE] = "UTC"


def when_in_words(text: str) -> dict[str, Any]:
    """`0 3 * * 1-5`, `@daily`, and if need be the time zone behind it."""
    words = text.split()
    length = 1 if text.strip().startswith("@") else _FIELDS
    if not 0 <= len(words) - length <= 1:
        raise ValueError(f"{text!r} is no time; write {EXAMPLE}, or @daily")
    zone = {"zone": words[length]} if len(words) > length else {}
    return {"cron": " ".join(words[:length]), **zone}
