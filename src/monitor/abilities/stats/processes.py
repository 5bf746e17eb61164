"""Processes of the host: which use the most cpu and memory now. Their names only: command lines may hold secrets."""

import os
import pwd
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from monitor.kernel.insides import Process

TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
MOST = 200
"""That are told of."""


class Seen(NamedTuple):
    """One process at one moment."""

    pid: int
    name: str
    parent: int
    ticks: int
    """Of cpu since it began."""
    started: int
    """Ticks after boot; with the pid it tells one process from a later one."""
    memory: int


def parsed(text: str) -> Seen | None:
    """/proc/PID/stat (proc_pid_stat(5)); a name may hold blanks and brackets."""
    before, bracket, rest = text.rpartition(")")
    pid, _, name = before.partition(" (")
    fields = rest.split()
    if not bracket or not pid.isdecimal() or len(fields) < 22:
        return None
    try:
        parent, user, system = int(fields[1]), int(fields[11]), int(fields[12])
        return Seen(int(pid), name, parent, user + system, int(fields[19]), int(fields[21]) * _PAGE)
    except ValueError:
        return None


def look(files: Path) -> dict[int, Seen]:
    """Every process there is now, by its id."""
    return {seen.pid: seen for seen in _all(files)}


def told(before: dict[int, Seen], now: dict[int, Seen], seconds: float, files: Path, uptime: float) -> list[Process]:
    """The first by cpu, then by memory; their cpu is that of the time between."""
    busy = {pid: busy_of(before.get(pid), seen, seconds) for pid, seen in now.items()}
    order = sorted(now.values(), key=lambda seen: (-busy[seen.pid], -seen.memory, seen.pid))
    return [
        Process(
            pid=seen.pid,
            parent=seen.parent,
            user=user_of(files / str(seen.pid)),
            cpu=round(busy[seen.pid], 1),
            memory=max(seen.memory, 0),
            seconds=max(int(uptime - seen.started / TICKS), 0),
            command=seen.name[:100],
        )
        for seen in order[:MOST]
    ]


def busy_of(before: Seen | None, now: Seen, seconds: float) -> float:
    """Percent of one core; what began in between has used all of its time since."""
    same = before is not None and before.started == now.started
    used = now.ticks - (before.ticks if before is not None and same else 0)
    return max(used, 0) / TICKS / seconds * 100 if seconds > 0 else 0.0


def _all(files: Path) -> Iterator[Seen]:
    try:
        names = [entry.name for entry in os.scandir(files) if entry.name.isdecimal()]
    except OSError:
        return
    for name in names:
        try:
            seen = parsed((files / name / "stat").read_text(errors="replace"))
        except OSError:
            continue  # it ended meanwhile
        if seen is not None:
            yield seen


def user_of(folder: Path) -> str:
    """Whose a process is: a name, or a number where there is none; empty once it has ended."""
    try:
        uid = folder.stat().st_uid
    except OSError:
        return ""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
