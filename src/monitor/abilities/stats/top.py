"""Top: which of a host's programs use the most of its cpu or memory now, and in which container each runs.

By their names alone, as in processes.py. What runs in a container counts for that, what does not by its program's name:
sixteen compilers that are alike are one answer.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from monitor.abilities.docker.control_group import containers_in
from monitor.abilities.stats.calls import MOST_TOP, TopProgram
from monitor.abilities.stats.counters import text
from monitor.abilities.stats.processes import Seen, user_of

_LOOKED_AT = 200
"""Processes whose container is looked for: the first by what they use."""
_WEIGHED = 8
"""Processes of each program whose share of memory is asked for at most."""


class Program(NamedTuple):
    """Processes that count together."""

    container: str
    """Empty: they are in none, and have one name."""
    ones: Sequence[Seen]
    """What uses most first."""


def programs_of(now: Mapping[int, Seen], used: Callable[[Seen], float], files: Path) -> list[Program]:
    """Of all processes that use any."""
    order = sorted(now.values(), key=lambda seen: (-used(seen), seen.pid))[:_LOOKED_AT]
    alike: dict[tuple[str, str], list[Seen]] = {}
    for seen in order:
        if used(seen) > 0:
            container = container_of(text(files / str(seen.pid) / "cgroup"))
            alike.setdefault((container, "" if container else seen.name), []).append(seen)
    return [Program(container, ones) for (container, _), ones in alike.items()]


def by_cpu(programs: Iterable[Program], busy: Callable[[Seen], float], files: Path) -> tuple[TopProgram, ...]:
    """What all alike use adds up."""
    return _first(_told(one, one.ones[0], busy(one.ones[0]), sum(map(busy, one.ones)), files) for one in programs)


def by_memory(programs: Iterable[Program], shares: Mapping[int, int], files: Path) -> tuple[TopProgram, ...]:
    """What all alike have adds up by their shares. Where no share is known it is what the largest has resident: all of
    that may be shared.
    """
    return _first(_weighed(one, shares, files) for one in programs)


def to_weigh(programs: Iterable[Program]) -> Iterator[Seen]:
    """The largest of each of the largest programs, then the second of each, and so on."""
    largest = sorted((one.ones for one in programs), key=lambda ones: -ones[0].memory)[:MOST_TOP]
    for row in zip_longest(*(ones[:_WEIGHED] for ones in largest)):
        yield from (seen for seen in row if seen is not None)


def container_of(told: str) -> str:
    """The id of the container a process is in, of one in another the outer one's, which Docker knows; else empty."""
    return next(iter(containers_in(told)), "")


def _weighed(program: Program, shares: Mapping[int, int], files: Path) -> TopProgram:
    known = [seen for seen in program.ones if seen.pid in shares]
    if not known:
        return _told(program, program.ones[0], program.ones[0].memory, program.ones[0].memory, files)
    first = max(known, key=lambda seen: shares[seen.pid])
    # The others are smaller, and taken to share as much of what they have as the smallest of those.
    own = shares[known[-1].pid] / known[-1].memory
    others = sum(seen.memory * own for seen in program.ones if seen.pid not in shares)
    return _told(program, first, shares[first.pid], sum(shares[seen.pid] for seen in known) + others, files)


def _told(program: Program, first: Seen, used: float, of_all: float, files: Path) -> TopProgram:
    return TopProgram(
        pid=first.pid,
        name=first.name[:100],
        user=user_of(files / str(first.pid))[:100],
        container=program.container,
        processes=len(program.ones),
        used=round(used, 1),
        of_all=round(of_all, 1),
    )


def _first(programs: Iterable[TopProgram]) -> tuple[TopProgram, ...]:
    return tuple(sorted(programs, key=lambda one: -one.of_all)[:MOST_TOP])
