"""Text: how times and servers of a target are written on a command line."""

from typing import Any

from monitor.kernel.windows import Weekday

ACTIVE = "always, or 08:00-18:00 [mon,tue,wed] [ZONE]"
QUIET = "off, or 22:00-07:00 [mon,tue,wed] [ZONE] [all]"
DIGEST = "off, or 08:00 [ZONE] [only]"
_DAYS = tuple(Weekday)


def active(text: str) -> dict[str, Any]:
    """`always`, or a span of the day."""
    return {"kind": "always"} if text.strip() == "always" else {"kind": "only", **_span(text.split(), ACTIVE)}


def quiet(text: str) -> dict[str, Any]:
    """`off`, or a span of the day; `all` holds what is critical too."""
    if text.strip() == "off":
        return {"kind": "off"}
    words = text.split()
    everything = words[-1:] == ["all"]
    given = _span(words[:-1] if everything else words, QUIET)
    return {"kind": "hours", **given, **({"critical_passes": False} if everything else {})}


def digest(text: str) -> dict[str, Any]:
    """`off`, or a time of day; `only` has nothing else sent."""
    words = text.split()
    if words == ["off"]:
        return {"kind": "off"}
    only = words[-1:] == ["only"]
    words = words[:-1] if only else words
    if not 1 <= len(words) <= 2 or ":" not in words[0]:
        raise ValueError(f"{text!r} is no digest; write {DIGEST}")
    zone = {"zone": words[1]} if len(words) > 1 else {}
    return {"kind": "daily", "at": words[0], **zone, **({"only": True} if only else {})}


def server(text: str) -> dict[str, Any]:
    """A server by name or id."""
    return {"server": text}


def _span(words: list[str], example: str) -> dict[str, Any]:
    start, dash, end = words[0].partition("-") if words else ("", "", "")
    if not dash or ":" not in start or ":" not in end or len(words) > 3:
        raise ValueError(f"{' '.join(words)!r} is no time; write {example}")
    given: dict[str, Any] = {"start": start, "end": end}
    for word in words[1:]:
        days = word.split(",")
        given |= {"days": days} if all(day in _DAYS for day in days) else {"zone": word}
    return given
