"""Top: which of a host's programs use the most of its cpu or memory now, and in which container each runs.

By their names alone, as in processes.py. What runs in a container counts for that, what does not by its program's name:
sixteen compilers that are alike are one answer.
"""

from collections.abc import Callable
from pathlib import Path

from monitor.abilities.docker.control_group import containers_in
from monitor.abilities.stats.calls import MOST_TOP, TopProgram
from monitor.abilities.stats.counters import text
from monitor.abilities.stats.processes import Seen, user_of

_LOOKED_AT = 200
"""Processes whose container is looked for: the first by what they use."""


def top(now: dict[int, Seen], used: Callable[[Seen], float], files: Path, *, together: bool) -> tuple[TopProgram, ...]:
    """The first, most first. `together`: what all alike use adds up, as memory that they share does not."""
    order = sorted(now.values(), key=lambda seen: (-used(seen), seen.pid))[:_LOOKED_AT]
    alike: dict[tuple[str, str], list[Seen]] = {}
    for seen in order:
        if used(seen) > 0:
            container = container_of(text(files / str(seen.pid) / "cgroup"))
            alike.setdefault((container, "" if container else seen.name), []).append(seen)
    found = [
        TopProgram(
            pid=ones[0].pid,
            name=ones[0].name[:100],
            user=user_of(files / str(ones[0].pid))[:100],
            container=container,
            processes=len(ones),
            used=round(used(ones[0]), 1),
            of_all=round(sum(map(used, ones)) if together else used(ones[0]), 1),
        )
        for (container, _), ones in alike.items()
    ]
    return tuple(sorted(found, key=lambda one: -one.of_all)[:MOST_TOP])


def container_of(told: str) -> str:
    """The id of the container a process is in, of one in another the outer one's, which Docker knows; else empty."""
    return next(iter(containers_in(told)), "")
