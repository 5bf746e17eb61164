"""Times as people type them: `15m` ago, a day, a moment; absolute ones without a zone are of this machine's."""

import re
from datetime import UTC, datetime, timedelta

EXAMPLE = "15m or 2026-11-27T10:00"
AHEAD = "8h or 2026-05-01T08:00+02:00"
_PART = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|min|h|d|w)")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}


def parse_time(text: str) -> str:
    """An ISO 8601 time with its zone; ValueError with the way to write one. `1h30m` is so long ago."""
    from monitor.kernel.clock import SystemClock  # noqa: PLC0415 - it brings asyncio, which --help does without

    return moment_of(text, SystemClock().now()).isoformat()


def parse_ahead(text: str) -> str:
    """The same of what lies ahead: `1h30m` is in so long."""
    from monitor.kernel.clock import SystemClock  # noqa: PLC0415 - as above

    return moment_ahead(text, SystemClock().now()).isoformat()


def moment_of(text: str, now: datetime) -> datetime:
    """The moment that is meant."""
    try:
        length = _length(text.strip().removesuffix(" ago"))
        return now - length if length is not None else _moment(text, now)
    except (ValueError, OverflowError):
        raise ValueError(f"{text[:40]!r} is no time: write how long ago, or a moment ({EXAMPLE})") from None


def moment_ahead(text: str, now: datetime) -> datetime:
    """The moment that is meant, where a length is one from now on."""
    try:
        length = _length(text.strip().removeprefix("in "))
        return now + length if length is not None else _moment(text, now)
    except (ValueError, OverflowError):
        raise ValueError(f"{text[:40]!r} is no time: write in how long, or a moment ({AHEAD})") from None


def _length(text: str) -> timedelta | None:
    """`1h30m`; None: it is none."""
    parts = _PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        return None
    return timedelta(seconds=sum(float(number) * _UNITS[unit] for number, unit in parts))


def _moment(text: str, now: datetime) -> datetime:
    text = text.strip()
    return now if text == "now" else datetime.fromisoformat(text).astimezone(UTC)
