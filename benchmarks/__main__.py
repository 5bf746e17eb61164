"""Runs the figures and prints them as a table: `python -m benchmarks [--write] [NAME …]`.

Without names those of `ALL`; those of `LONG` take more than ten minutes each, and run when they are named.
"""

import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks import (
    browsing,
    building,
    deploying,
    fetching,
    fleet,
    following,
    helping,
    history,
    idling,
    listing,
    printing,
    pushing,
    replacing,
    tabs,
    terminals,
    unchanging,
    watching,
)
from benchmarks.figures import Figure
from benchmarks.rig import Rig, rig

# Idling comes first: the others leave more in memory behind them.
ALL: dict[str, Callable[[Rig], list[Figure]]] = {
    "idling": idling.figures,
    "history": history.figures,
    "helping": helping.figures,
    "watching": watching.figures,
    "tabs": tabs.figures,
    "browsing": browsing.figures,
    "following": following.figures,
    "deploying": deploying.figures,
    "replacing": replacing.figures,
    "unchanging": unchanging.figures,
    "printing": printing.figures,
    "terminals": terminals.figures,
    "building": building.figures,
    "pushing": pushing.figures,
    "fetching": fetching.figures,
    "listing": listing.figures,
}
LONG: dict[str, Callable[[], list[Figure]]] = {
    "fleet": fleet.of_200,
    "fleet-of-1000": fleet.of_1000,
}
"""Have their own processes, and want the machine for themselves."""
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def main() -> None:
    """Everything, or what is named, of which alone the rows are renewed; exit 1 when a bound is missed."""
    wanted = [a for a in sys.argv[1:] if not a.startswith("-")] or list(ALL)
    if unknown := [name for name in wanted if name not in ALL | LONG]:
        sys.exit(f"there is no {', '.join(unknown)}; there are {', '.join(ALL | LONG)}")
    found: list[Figure] = []
    for name in wanted:
        if name in LONG:
            found += _shown(name, LONG[name])
    if short := [name for name in wanted if name in ALL]:
        with rig() as made:
            for name in short:
                found += _shown(name, partial(ALL[name], made))
    if "--write" in sys.argv:
        PAGE.write_text(page(with_others(found, PAGE.read_text()), datetime.now(UTC)))
    sys.exit(0 if all(f.kept for f in found) else 1)


def _shown(name: str, measure: Callable[[], list[Figure]]) -> list[Figure]:
    print(f"{name} …", flush=True)
    figures = measure()
    for figure in figures:
        print(figure.row(), flush=True)
    return figures


def with_others(found: list[Figure], before: str) -> list[str]:
    """The rows of the page: of what was not measured this time, those it has."""
    fresh = {name_of(figure.row()): figure.row() for figure in found}
    old = [line for line in before.splitlines() if line.startswith("| ") and not line.startswith("| figure ")]
    known = {name_of(row) for row in old}
    return [fresh.get(name_of(row), row) for row in old] + [row for name, row in fresh.items() if name not in known]


def name_of(row: str) -> str:
    """The figure a row is about."""
    return row.split(" | ", maxsplit=1)[0]


def page(lines: list[str], now: datetime) -> str:
    """docs/benchmarks.md."""
    rows = "\n".join(lines)
    machine = f"{platform.machine()}, {_cores()} cores, Python {platform.python_version()}"
    return f"""# Benchmarks

Measured by `script/bench --write` on {now:%Y-%m-%d} ({machine}). Each ratio is taken in one run
against the peer named, alternating, median of 20; core and one periphery run as two processes on loopback with SQLite,
beside one Docker Engine. No test asserts these; tests hold bounds ten times looser.

| figure | measured | bound | | beside it |
|---|---|---|---|---|
{rows}

Deploy: the docker CLI does `pull`, `stop`, `rm`, `run` on an anonymous local registry, with a PID 1 that ends on TERM
at once; Monitor does the same with a way back. Build: five seconds of uncached work, by BuildKit and by the classic
builder, the same on both sides, ours within its usual limits, median of 10.
Replacing: three deploys of a container on a network of its own, with a TCP probe, that finishes what it has begun when
it is told to end; eight clients on the same network ask it by its alias all the time.
Fleet (`script/bench fleet`, `script/bench fleet-of-1000`): simulated hosts in a process of their own, a Watch stream
over mutual TLS each, samples of history every ten seconds; core with SQLite. History: generated noise that packs badly.
Alerts in it: a container that ends with code 1, or a cpu over its level, under rules that do not wait; from the moment
the host has it, a figure with its sample of history, to the alert stored and on its way to whoever it is sent to.
"""


def _cores() -> int:
    return len(os.sched_getaffinity(0))


if __name__ == "__main__":
    main()
