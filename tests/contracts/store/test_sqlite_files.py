"""What only SQLite has: files and their rights, the lease, versions, key tables, and errors that say what to do."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import MonitorError, Unavailable
from monitor.store.contract import Index, Put, StoreBusy, StoreTooNew, Where
from monitor.store.sqlite import SqliteStore
from monitor.store.sqlite.connection import connect_writer
from monitor.store.sqlite.schema import CORE, upgrade

STATE = Index("activity", "state")
NUMBER = Index("activity", "number")


def make(folder: Path, *indexes: Index) -> SqliteStore:
    return SqliteStore(folder, indexes, SystemClock())


async def fill(folder: Path, *indexes: Index) -> None:
    store = make(folder, *indexes)
    await store.open()
    await store.commit([Put("activity", f"{n}", 1, b'{"state": "s%d", "number": %d}' % (n % 2, n)) for n in range(10)])
    await store.close()


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


async def test_only_its_user_may_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = make(tmp_path / "a" / "b")
        await store.open()
        await store.commit([Put("activity", "A", 1, b"1")])
        files = sorted(path.name for path in (tmp_path / "a" / "b").iterdir())
        written = [f"{name}.db{part}" for name in ("core", "output", "samples") for part in ("", "-shm", "-wal")]
        assert files == sorted([*written, "lock"])
        assert mode(tmp_path / "a" / "b") == 0o700
        assert {mode(path) for path in (tmp_path / "a" / "b").iterdir()} == {0o600}
        await store.close()
    finally:
        os.umask(before)


async def test_it_does_not_enter_a_folder_others_may_write(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(Unavailable, match="others may write") as caught:
        await make(tmp_path / "open").open()
    assert "chmod 700" in caught.value.hint
    assert list((tmp_path / "open").iterdir()) == []


async def test_a_file_in_the_folder_s_place(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(Unavailable, match=str(tmp_path / "file")):
            await make(folder).open()


def test_commits_are_forced_to_disk(tmp_path: Path) -> None:
    for durability, level in (("FULL", 2), ("NORMAL", 1)):
        connection = connect_writer(tmp_path / "x.db", durability)  # type: ignore[arg-type]
        assert connection.execute("PRAGMA synchronous").fetchone() == (level,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.close()


async def test_a_second_core_is_kept_out(tmp_path: Path) -> None:
    first, second = make(tmp_path), make(tmp_path)
    await first.open()
    with pytest.raises(StoreBusy, match=rf"{tmp_path}.*process {os.getpid()}"):
        await second.open()
    await first.commit([Put("activity", "A", 1, b"1")])
    await first.close()
    await second.open()
    assert await second.get("activity", "A") is not None
    await second.close()


HOLDER = """
import asyncio, pathlib, sys
from monitor.kernel.clock import SystemClock
from monitor.store.sqlite import SqliteStore
async def hold():
    await SqliteStore(pathlib.Path(sys.argv[1]), (), SystemClock()).open()
    print("open", flush=True)
    await asyncio.Event().wait()
asyncio.run(hold())
"""


async def test_the_lease_ends_with_its_holder(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    with holder:
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(StoreBusy, match=f"process {holder.pid}"):
            await make(tmp_path).open()
        holder.send_signal(signal.SIGKILL)
    store = make(tmp_path)
    await store.open()
    await store.close()


async def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    await fill(tmp_path)
    with sqlite3.connect(tmp_path / "core.db") as connection:
        connection.execute("UPDATE meta SET value = 99 WHERE name = 'version'")
    connection.close()
    store = make(tmp_path)
    for _ in range(2):
        with pytest.raises(StoreTooNew, match=r"newer Monitor .* version 99") as caught:
            await store.open()
        assert "back-up" in caught.value.hint
    with pytest.raises(Unavailable, match="not open"):
        await store.all("activity")


def test_upgrades_go_step_by_step(tmp_path: Path) -> None:
    connection = connect_writer(tmp_path / "x.db", "FULL")
    first, second = ("CREATE TABLE a (x)",), ("CREATE TABLE b (x)", "INSERT INTO b VALUES (1)")
    upgrade(connection, (first,))
    connection.execute("INSERT INTO a VALUES (7)")
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        upgrade(connection, (first, (*second, "INSERT INTO missing VALUES (1)")))
    assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'b'").fetchall() == []
    upgrade(connection, (first, second))
    upgrade(connection, (first, second))
    assert connection.execute("SELECT x FROM a UNION ALL SELECT x FROM b").fetchall() == [(7,), (1,)]
    with pytest.raises(StoreTooNew):
        upgrade(connection, (first,))
    connection.close()


def test_the_schema_is_the_steps(tmp_path: Path) -> None:
    connection = connect_writer(tmp_path / "x.db", "FULL")
    upgrade(connection, CORE)
    assert connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchall() == [(len(CORE),)]
    connection.close()


async def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "core.db").write_bytes(b"no database at all, but long enough to be looked at" * 50)
    store = make(tmp_path)
    with pytest.raises(Unavailable, match=r"core\.db cannot be opened: file is not a database"):
        await store.open()
    (tmp_path / "core.db").unlink()
    await store.open()
    await store.close()


async def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "core.db").symlink_to("/dev/null")
    with pytest.raises(Unavailable, match=r"core\.db cannot be opened"):
        await make(tmp_path).open()


async def test_indexes_may_come_and_go(tmp_path: Path) -> None:
    await fill(tmp_path, STATE)
    for indexes in ((STATE, NUMBER), (NUMBER,), (), (NUMBER, STATE), (STATE, Index("server", "state"))):
        store = make(tmp_path, *indexes)
        await store.open()
        state, number = Where(path="state", equals="s1"), Where(path="number", below=4)
        for where, expected in ((state, 5), (number, 4)):
            if where.path in [index.path for index in indexes if index.kind == "activity"]:
                assert (await store.find("activity", [where])).total == expected
            else:
                with pytest.raises(ValueError, match="no index"):
                    await store.find("activity", [where])
        await store.commit([Put("activity", "3", 2, b'{"state": "s1", "number": 3}')])
        await store.close()


async def test_searches_use_their_index(tmp_path: Path) -> None:
    await fill(tmp_path, STATE, NUMBER)
    connection = sqlite3.connect(tmp_path / "core.db")
    sql = 'EXPLAIN QUERY PLAN SELECT id FROM "keys_activity" WHERE "$.state" = ? ORDER BY id LIMIT 50'
    [[*_, plan]] = connection.execute(sql, ("s1",)).fetchall()
    connection.close()
    assert "activity $.state" in plan


async def test_a_bug_is_no_outage(tmp_path: Path) -> None:
    """What is wrong in Monitor's own SQL must not hide as a failing disk."""
    await fill(tmp_path)
    connection = sqlite3.connect(tmp_path / "core.db")
    connection.execute("DROP TABLE journal")
    connection.close()
    store = make(tmp_path)
    await store.open()
    with pytest.raises(sqlite3.OperationalError, match="journal"):
        await store.journal()
    await store.close()


async def test_two_loops_after_one_another(tmp_path: Path) -> None:
    """A store object serves the loop that opened it, and afterwards another."""
    store = make(tmp_path)

    async def use(revision: int) -> None:
        await store.open()
        await store.commit([Put("activity", "A", revision, b"1", revision - 1)])
        await store.close()

    for revision in (1, 2):
        await asyncio.to_thread(asyncio.run, use(revision))


async def test_nobody_who_waits_is_left_behind_by_a_failed_open(tmp_path: Path) -> None:
    (tmp_path / "output.db").write_bytes(b"damaged" * 1000)
    store = make(tmp_path)
    with pytest.raises(MonitorError):
        await store.open()
    with pytest.raises(Unavailable, match="not open"):
        await store.commit([Put("activity", "A", 1, b"1")])
    other = make(tmp_path)
    (tmp_path / "output.db").unlink()
    await other.open()
    await other.close()
