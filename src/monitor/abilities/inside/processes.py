"""Processes: what the host's ps says of a container's, read by its headings, whichever ps that is. Pure."""

from collections.abc import Mapping

from msgspec.structs import replace

from monitor.abilities.docker.insides import Top, ps_columns
from monitor.abilities.stats.processes import TICKS, Seen, busy_of
from monitor.kernel.insides import MOST_PROCESSES, Process

ARGUMENTS = "-eo pid,ppid,user:32,pcpu,rss,etimes,args"
"""Of procps, which nearly every host has."""
PLAIN = "-ef"
"""Of any other: what Docker itself asks for."""
_APART = 3.0
"""Seconds by which two tools may tell a process's age apart: whole ones, and asked one after the other."""
_LONGEST = 131_072
"""Characters of a command line that are shown: as many as one argument may have."""


def processes(told: Top) -> tuple[Process, ...]:
    """By process id."""
    found = [_process(row) for row in ps_columns(told)[:MOST_PROCESSES]]
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.pid))


def lately(
    found: tuple[Process, ...], before: Mapping[int, Seen], now: Mapping[int, Seen], seconds: float, uptime: float
) -> tuple[Process, ...]:
    """With the cpu of the time between two looks: ps knows that of a whole life alone. One the looks do not show, or
    show as another's (an agent in a container sees its own ids), keeps that.
    """
    return tuple(
        replace(each, cpu=round(busy_of(before.get(each.pid), seen, seconds), 1))
        if (seen := now.get(each.pid)) is not None and _same(each, seen, uptime)
        else each
        for each in found
    )


def _same(process: Process, seen: Seen, uptime: float) -> bool:
    age = uptime - seen.started / TICKS
    return process.parent == seen.parent and process.seconds is not None and abs(process.seconds - age) <= _APART


def _process(row: Mapping[str, str]) -> Process | None:
    pid = _whole(row.get("PID"))
    if pid is None:
        return None
    resident = _whole(row.get("RSS"))
    return Process(
        pid=pid,
        parent=_whole(row.get("PPID")),
        user=row.get("USER") or row.get("UID") or "",
        cpu=_number(row.get("%CPU")),
        memory=None if resident is None else resident * 1024,
        seconds=_whole(row.get("ELAPSED")),
        command=_command(row.get("COMMAND") or row.get("CMD") or ""),
    )


def _command(text: str) -> str:
    """Whole or not at all: half a secret would not be known for one."""
    return text if len(text) <= _LONGEST else f"(a command line of {len(text)} characters)"


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() else None


def _number(text: str | None) -> float | None:
    try:
        return max(float(text or ""), 0.0)
    except ValueError:
        return None
