"""Shares: what a process takes of memory with what it shares divided among those that share it (PSS).

The kernel walks through all of a process's memory to answer, so only few are asked about, and not for long.
"""

import time
from collections.abc import Iterable
from pathlib import Path

from monitor.abilities.stats.counters import text
from monitor.abilities.stats.processes import Seen

_LONGEST = 0.4
"""Seconds: an alert waits for it."""
_TOO_LARGE = 64 * 1024**3
"""Of one with so much resident the walk alone takes longer."""


def share_of(files: Path, pid: int) -> int | None:
    """Bytes; None where the kernel does not say, or this agent may not know."""
    for line in text(files / str(pid) / "smaps_rollup").splitlines():
        name, _, rest = line.partition(":")
        number = rest.split()[:1]
        if name == "Pss" and number and number[0].isdecimal():
            return int(number[0]) * 1024
    return None


def shares_of(files: Path, processes: Iterable[Seen]) -> dict[int, int]:
    """By process, the first ones first; without those there was no time for. Blocks: for a thread."""
    late = time.monotonic() + _LONGEST
    found: dict[int, int] = {}
    for seen in processes:
        if time.monotonic() >= late:
            break
        if seen.memory <= _TOO_LARGE and (share := share_of(files, seen.pid)) is not None:
            found[seen.pid] = share
    return found
