"""The writer thread: what waits shares a transaction, nobody hears of a success before it is written."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from monitor.kernel.errors import Unavailable
from monitor.store.sqlite.connection import connect_writer
from monitor.store.sqlite.writer import LARGEST_GROUP, Writer


class Watched:
    """A writer on a file of its own that tells every statement, and can be held up."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "x.db"
        self.statements: list[str] = []
        self.go_on = threading.Event()
        self.writer = Writer(self.file, self.connect)

    def connect(self) -> sqlite3.Connection:
        connection = connect_writer(self.file, "FULL")
        connection.execute("CREATE TABLE numbers (n UNIQUE)")
        connection.set_trace_callback(self.statements.append)
        return connection

    def hold_up(self) -> "asyncio.Task[bool]":
        return asyncio.ensure_future(self.writer.do(lambda _: self.go_on.wait(30)))

    def insert(self, number: int) -> "asyncio.Task[int]":
        def apply(connection: sqlite3.Connection) -> int:
            connection.execute("INSERT INTO numbers VALUES (?)", (number,))
            return number

        return asyncio.ensure_future(self.writer.do(apply))

    def numbers(self) -> list[int]:
        connection = sqlite3.connect(self.file)
        found = [row[0] for row in connection.execute("SELECT n FROM numbers ORDER BY n")]
        connection.close()
        return found


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


async def test_what_waits_shares_a_transaction(watched: Watched) -> None:
    await watched.writer.start()
    held = watched.hold_up()
    inserts = [watched.insert(number) for number in range(LARGEST_GROUP + 10)]
    while not watched.statements:
        await asyncio.sleep(0)
    watched.go_on.set()
    assert await asyncio.gather(held, *inserts) == [True, *range(LARGEST_GROUP + 10)]
    await watched.writer.stop()
    assert 2 <= watched.statements.count("COMMIT") <= 3
    assert watched.numbers() == list(range(LARGEST_GROUP + 10))


async def test_one_that_fails_undoes_only_itself(watched: Watched) -> None:
    await watched.writer.start()
    held = watched.hold_up()
    inserts = [watched.insert(number) for number in (1, 2, 1, 3)]
    while not watched.statements:
        await asyncio.sleep(0)
    watched.go_on.set()
    _, *outcomes = await asyncio.gather(held, *inserts, return_exceptions=True)
    assert [outcome for outcome in outcomes if not isinstance(outcome, sqlite3.IntegrityError)] == [1, 2, 3]
    await watched.writer.stop()
    assert watched.numbers() == [1, 2, 3]


async def test_stopping_finishes_what_waits(watched: Watched) -> None:
    await watched.writer.start()
    held = watched.hold_up()
    inserts = [watched.insert(number) for number in range(5)]
    stopping = asyncio.ensure_future(watched.writer.stop())
    while not watched.statements:
        await asyncio.sleep(0)
    with pytest.raises(Unavailable, match="not open"):
        await watched.insert(9)
    watched.go_on.set()
    await asyncio.wait_for(asyncio.gather(held, *inserts, stopping), 30)
    assert watched.numbers() == list(range(5))


async def test_a_cancelled_caller_s_work_is_done(watched: Watched) -> None:
    await watched.writer.start()
    held = watched.hold_up()
    inserts = [watched.insert(number) for number in range(3)]
    while not watched.statements:
        await asyncio.sleep(0)
    inserts[1].cancel()
    watched.go_on.set()
    outcomes = await asyncio.gather(held, *inserts, return_exceptions=True)
    assert outcomes[1] == 0
    assert isinstance(outcomes[2], asyncio.CancelledError)
    assert outcomes[3] == 2
    await watched.writer.stop()
    assert watched.numbers() == [0, 1, 2]
