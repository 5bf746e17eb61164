"""What the usual cron expressions mean, in words. Pure."""

from collections.abc import Sequence

from monitor.kernel.sentence import listed

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = {day[:3].upper(): number for number, day in enumerate(_DAYS[:7])}
_MOST_TIMES = 4


def text_of(fields: Sequence[str]) -> str:
    """`Every weekday at 03:00`; empty for what is not usual."""
    minute, hour, day, month, weekday = fields
    if month != "*":
        return ""
    if (day, weekday) == ("*", "*") and (often := _often(minute, hour)):
        return often
    times, days = _times(minute, hour), _days(day, weekday)
    return f"{days} at {listed(times)}" if times and days else ""


def _often(minute: str, hour: str) -> str:
    """What comes more than once an hour, or every so many hours."""
    if hour == "*":
        if minute in ("*", "*/1"):
            return "Every minute"
        if minute.startswith("*/") and (step := _number(minute[2:], 60)) and 60 % step == 0:
            return f"Every {step} minutes"
        if (at := _number(minute, 60)) is not None:
            return f"Every hour{_past(at)}"
    step = _number(hour[2:], 24) if hour.startswith("*/") else None
    at = _number(minute, 60)
    if step and step > 1 and 24 % step == 0 and at is not None:
        return f"Every {step} hours{_past(at)}"
    return ""


def _past(minute: int) -> str:
    return f" at {minute} minute{'s' if minute > 1 else ''} past" if minute else ""


def _times(minute: str, hour: str) -> list[str]:
    minutes = [_number(part, 60) for part in minute.split(",")]
    hours = [_number(part, 24) for part in hour.split(",")]
    if None in minutes or None in hours or len(minutes) * len(hours) > _MOST_TIMES:
        return []
    return sorted({f"{h:02}:{m:02}" for h in hours for m in minutes})


def _days(day: str, weekday: str) -> str:
    if (day, weekday) == ("*", "*"):
        return "Every day"
    if weekday == "*":
        number = _number(day, 32)
        if day == "L":
            return "On the last day of every month"
        return f"On the {_ordinal(number)} of every month" if number else ""
    if day != "*":
        return ""  # with both, either is enough: the long form says that
    numbers = _weekdays(weekday)
    if numbers == [1, 2, 3, 4, 5]:
        return "Every weekday"
    return f"Every {listed([_DAYS[number] for number in numbers])}" if numbers else ""


def _weekdays(text: str) -> list[int]:
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        begin, end = _weekday(first), _weekday(last) if dash else _weekday(first)
        if begin is None or end is None or end < begin:
            return []
        found |= {number % 7 for number in range(begin, end + 1)}
    return sorted(found, key=lambda number: number or 7)


def _weekday(text: str) -> int | None:
    return _SHORT.get(text, _number(text, 8))


def _number(text: str, below: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) < below else None


def _ordinal(number: int) -> str:
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
