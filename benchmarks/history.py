"""History: how large a year of a server with 20 containers is in the store, and how long a chart of 30 days takes."""

import asyncio
import sqlite3
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import noise
from benchmarks.figures import Figure, median
from benchmarks.rig import Rig
from monitor.core.history.codec import Block, pack
from monitor.core.history.levels import FINE, LEVELS, kept
from monitor.core.history.names import container_entity, server_entity
from monitor.core.history.open_block import Layout, OpenBlock
from monitor.core.history.rollup import roll_up
from monitor.core.settings import HistorySettings
from monitor.kernel.clock import SystemClock
from monitor.kernel.measures import OF_CONTAINERS, OF_SERVERS, Measure
from monitor.store.contract import Packed
from monitor.store.sqlite.store import SqliteStore

CONTAINERS = 20
_DRAWN = 4
"""Containers noise is drawn for; the others are like these."""
_YEAR = timedelta(days=365)
_STRETCH = LEVELS[2].period
"""Seconds noise is drawn for; the rest of the year is made of blocks as large as these."""
_RUNS = 30


def figures(rig: Rig) -> list[Figure]:
    """Two: a size, and a time asked of the rig's own core."""
    since = FINE.block_of(time.time() - _STRETCH) // _STRETCH * _STRETCH
    server = _levels(OF_SERVERS, noise.server("server", since, since + _STRETCH, FINE.step))
    rows = list(noise.containers("containers", _DRAWN, since, since + _STRETCH, FINE.step))
    drawn = [_levels(OF_CONTAINERS, ((at, each[n]) for at, each in rows)) for n in range(_DRAWN)]
    size = asyncio.run(_size(server, drawn))
    asyncio.run(_fill(rig, server))
    took = _chart(rig)
    return [
        Figure("history of a server with 20 containers, the first year", size, "MB", "≤ 35 MB", size <= 35),
        Figure("a chart of 30 days at the API, median", took, "ms", "≤ 50 ms", took <= 50, "four figures, 360 points"),
    ]


def _levels(measures: Mapping[str, Measure], rows: Iterable[tuple[int, Mapping[str, float]]]) -> dict[int, list[bytes]]:
    """Packed blocks of each level."""
    layout, opened = Layout(measures), dict[int, OpenBlock]()
    for at, figures_ in rows:
        start = FINE.block_of(at)
        block = opened.setdefault(start, OpenBlock(start, layout))
        block.put((at - start) // FINE.step, figures_)
    blocks: dict[int, Block] = {start: block.block() for start, block in opened.items()}
    found = {FINE.number: [pack(block) for block in blocks.values()]}
    finer, first = FINE, min(blocks)
    for level in LEVELS[1:3]:
        starts = range(first, first + _STRETCH, level.period)
        blocks = {start: roll_up(level, finer, start, blocks) for start in starts}
        found[level.number] = [pack(block) for block in blocks.values()]
        finer = level
    # Of hours there are too few in the stretch: the same ten minutes' blocks again, one after the other.
    last = LEVELS[3]
    [tens] = blocks.values()
    again = {first + n * finer.period: tens for n in range(last.period // finer.period)}
    found[last.number] = [pack(roll_up(last, finer, first, again))]
    return found


async def _size(server: dict[int, list[bytes]], drawn: list[dict[int, list[bytes]]]) -> float:
    with TemporaryDirectory(prefix="monitor-history-") as folder:
        store = SqliteStore(Path(folder), (), SystemClock())
        await store.open()
        await _put(store, server_entity("s"), server)
        for number in range(CONTAINERS):
            await _put(store, container_entity("s", f"app-{number}"), drawn[number % _DRAWN])
        await store.close()
        return (Path(folder) / "samples.db").stat().st_size / 1e6


async def _put(store: SqliteStore, entity: str, packed: dict[int, list[bytes]]) -> None:
    now = int(time.time())
    for level in LEVELS:
        age = min(kept(HistorySettings(), level), _YEAR)
        starts = range(level.block_of(now - age.total_seconds()), level.block_of(now), level.period)
        data = packed[level.number]
        await store.keep([Packed(entity, level.number, start, data[n % len(data)]) for n, start in enumerate(starts)])


async def _fill(rig: Rig, server: dict[int, list[bytes]]) -> None:
    """The rig's server gets the year, written beside core into its file."""
    entity = server_entity(rig.get("/servers/bench")["id"])
    with TemporaryDirectory(prefix="monitor-history-") as folder:
        store = SqliteStore(Path(folder), (), SystemClock())
        await store.open()
        await _put(store, entity, server)
        blocks = [block for level in LEVELS for block in await store.packed(entity, level.number, 0, 2**40)]
        await store.close()
    with sqlite3.connect(rig.folder / "core" / "samples.db", timeout=30) as connection:
        connection.execute("INSERT OR IGNORE INTO entities (name) VALUES (?)", (entity,))
        [number] = connection.execute("SELECT entity FROM entities WHERE name = ?", (entity,)).fetchone()
        rows = [(number, block.level, block.start, block.data) for block in blocks]
        connection.executemany("INSERT OR IGNORE INTO blocks (entity, level, start, data) VALUES (?, ?, ?, ?)", rows)


def _chart(rig: Rig) -> float:
    since = (datetime.now(UTC) - timedelta(days=30)).isoformat()
    asked = {"since": since, "points": 500, "metrics": ["cpu", "memory_used", "received", "sent"]}
    took: list[float] = []
    for _ in range(_RUNS):
        begun = time.perf_counter()
        answer = rig.api.get("/servers/bench/usage_history", params=asked)
        took.append((time.perf_counter() - begun) * 1000)
        told = answer.raise_for_status().json()
        assert len(told["series"]) == 4, told
        assert sum(value is not None for value in told["series"][0]["mean"]) > 300
    return median(took)
