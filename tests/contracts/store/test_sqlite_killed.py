"""kill -9 in a storm of commits: everything acknowledged is there, whole, numbered without gaps."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.kernel.clock import SystemClock
from monitor.store.contract import Index, Where
from monitor.store.sqlite import SqliteStore

INDEXES = (Index("left", "n"), Index("right", "n"))

STORM = """
import asyncio, os, pathlib, sys
from monitor.kernel.clock import SystemClock
from monitor.store.contract import Entry, Index, Put, Record
from monitor.store.sqlite import SqliteStore
clock = SystemClock()
async def write(store, writer):
    for n in range(1, 100_000):
        body = b'{"n": %d, "fill": "%s"}' % (n, b"x" * (n * 37 % 5000))
        puts = [Put(kind, f"{writer}", n, body, n - 1) for kind in ("left", "right")]
        seq = await store.commit(puts, entry=Entry("changed", clock.now(), f"{writer}", b"%d" % n))
        await store.append(f"{writer}", [Record(n, b"x" * 100)])
        os.write(1, b"%d %d %d\\n" % (writer, n, seq))
async def storm():
    store = SqliteStore(pathlib.Path(sys.argv[1]), (Index("left", "n"), Index("right", "n")), clock)
    await store.open()
    await asyncio.gather(*(write(store, writer) for writer in range(8)))
asyncio.run(storm())
"""


@pytest.mark.parametrize("acknowledged", [1, 300, 2500])
async def test_what_was_acknowledged_is_there(tmp_path: Path, acknowledged: int) -> None:
    told: list[tuple[int, int, int]] = []
    with subprocess.Popen([sys.executable, "-c", STORM, str(tmp_path)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if match := re.fullmatch(rb"(\d+) (\d+) (\d+)\n", line):
                told.append((int(match[1]), int(match[2]), int(match[3])))
            if len(told) == acknowledged:
                child.kill()
    assert len(told) >= acknowledged

    store = SqliteStore(tmp_path, INDEXES, SystemClock())
    await store.open()
    left = {int(doc.id): doc for doc in await store.all("left")}
    right = {int(doc.id): doc for doc in await store.all("right")}
    assert {id: (doc.revision, doc.body) for id, doc in left.items()} == {
        id: (doc.revision, doc.body) for id, doc in right.items()
    }
    journal = await store.journal(limit=1_000_000)
    assert [one.seq for one in journal] == list(range(1, len(journal) + 1))
    by_seq = {one.seq: (int(one.entry.activity), int(one.entry.body)) for one in journal}
    for writer, n, seq in told:
        assert left[writer].revision >= n
        assert by_seq[seq] == (writer, n)
        assert [record.seq for record in await store.read(f"{writer}", after=n - 1, limit=1)] == [n]
    assert sum(doc.revision for doc in left.values()) == len(journal)
    await asyncio.gather(
        *(check_keys(store, kind, doc.id, doc.revision) for kind in ("left", "right") for doc in left.values())
    )
    await store.close()
    for name in ("core.db", "output.db"):
        connection = sqlite3.connect(tmp_path / name)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()


async def check_keys(store: SqliteStore, kind: str, id: str, revision: int) -> None:
    found = await store.find(kind, [Where(path="n", equals=revision)])
    assert id in [doc.id for doc in found.docs]
