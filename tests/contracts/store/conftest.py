"""The backends the contract is held against: every test that asks for `store` runs once on each."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from monitor.kernel.clock import SystemClock
from monitor.store.contract import Index, Store
from monitor.store.memory import MemoryStore
from monitor.store.sqlite import SqliteStore

INDEXES = (
    Index("activity", "state"),
    Index("activity", "what.id"),
    Index("activity", "number"),
    Index("activity", "id"),
    Index("activity.note", "text"),
)


def make_memory(folder: Path) -> Store:
    return MemoryStore(INDEXES)


def make_sqlite(folder: Path) -> Store:
    return SqliteStore(folder / "store", INDEXES, SystemClock())


BACKENDS: dict[str, Callable[[Path], Store]] = {"memory": make_memory, "sqlite": make_sqlite}


@pytest.fixture(params=BACKENDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    opened = BACKENDS[request.param](tmp_path)
    await opened.open()
    yield opened
    await opened.close()
