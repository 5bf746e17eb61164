"""Output: output.db, append-only logs; they survive the death of core, and power loss but for the last moments."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from monitor.store.contract import Record
from monitor.store.sqlite.database import Database
from monitor.store.sqlite.schema import OUTPUT

_ONE_LOG = "log = (SELECT log FROM logs WHERE name = ?)"


class Output:
    """The logs' side of the store; arguments were checked."""

    def __init__(self, folder: Path) -> None:
        self._file = Database(folder / "output.db", "NORMAL", OUTPUT, lambda _: None)
        self.open = self._file.open
        self.close = self._file.close

    async def append(self, log: str, records: Sequence[Record]) -> None:
        rows = [(record.seq, record.data) for record in records]

        def apply(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR IGNORE INTO logs (name) VALUES (?)", (log,))
            number = connection.execute("SELECT log FROM logs WHERE name = ?", (log,)).fetchone()[0]
            numbered = [(number, *row) for row in rows]
            connection.executemany("INSERT OR IGNORE INTO records (log, seq, data) VALUES (?, ?, ?)", numbered)

        await self._file.write(apply)

    async def read(self, log: str, after: int, limit: int) -> list[Record]:
        def read(connection: sqlite3.Connection) -> list[Record]:
            sql = f"SELECT seq, data FROM records WHERE {_ONE_LOG} AND seq > ? ORDER BY seq LIMIT ?"  # noqa: S608 - a constant
            return [Record(*row) for row in connection.execute(sql, (log, after, limit))]

        return await self._file.read(read)

    async def trim(self, log: str, before: int) -> None:
        sql = f"DELETE FROM records WHERE {_ONE_LOG} AND seq < ?"  # noqa: S608 - a constant
        await self._file.write(lambda connection: _run(connection, sql, (log, before)))

    async def drop(self, log: str) -> None:
        def apply(connection: sqlite3.Connection) -> None:
            _run(connection, f"DELETE FROM records WHERE {_ONE_LOG}", (log,))  # noqa: S608 - a constant
            _run(connection, "DELETE FROM logs WHERE name = ?", (log,))

        await self._file.write(apply)


def _run(connection: sqlite3.Connection, sql: str, values: tuple[str | int, ...]) -> None:
    connection.execute(sql, values)
