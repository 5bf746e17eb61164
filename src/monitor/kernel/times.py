"""Times as people type them: `15m` ago, a day, a moment; absolute ones without a zone are of this machine's."""

import re
from datetime import UTC, datetime, timedelta

EXAMPLE = "15m or 2026-11-27T10:00"
_PART = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|min|h|d|w)")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}


def parse_time(text: str) -> str:
    """An ISO 8601 time with its zone; ValueError with the way to write one. `1h30m` is so long ago."""
    from monitor.kernel.clock import SystemClock  # noqa: PLC0415 - it brings asyncio, which --help does without

    return moment_of(text, SystemClock().now()).isoformat()


def moment_of(text: str, now: datetime) -> datetime:
    """The moment that is meant."""
    text = text.strip()
    if text == "now":
        return now
    parts = _PART.findall(text.removesuffix(" ago"))
    try:
        if parts and "".join(number + unit for number, unit in parts) == text.removesuffix(" ago"):
            return now - timedelta(seconds=sum(float(number) * _UNITS[unit] for number, unit in parts))
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(
            f"{text[:40]!r} is no time: write how long ago ({EXAMPLE.replace(' or', ', or a moment')})"
        ) from None
