"""Samples: samples.db, blocks of what was measured; they survive the death of core, all but the last power loss."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from monitor.store.contract import Packed
from monitor.store.sqlite.database import Database
from monitor.store.sqlite.schema import SAMPLES

_ONE = "entity = (SELECT entity FROM entities WHERE name = ?)"


class Samples:
    """The blocks' side of the store; arguments were checked."""

    def __init__(self, folder: Path) -> None:
        self._file = Database(folder / "samples.db", "NORMAL", SAMPLES, lambda _: None)
        self.open = self._file.open
        self.close = self._file.close

    async def keep(self, blocks: Sequence[Packed]) -> None:
        rows = [(block.level, block.start, block.data, block.entity) for block in blocks]
        names = {(block.entity,) for block in blocks}

        def apply(connection: sqlite3.Connection) -> None:
            connection.executemany("INSERT OR IGNORE INTO entities (name) VALUES (?)", names)
            connection.executemany(
                """INSERT INTO blocks (level, start, data, entity)
                SELECT ?, ?, ?, entity FROM entities WHERE name = ?
                ON CONFLICT (entity, level, start) DO UPDATE SET data = excluded.data""",
                rows,
            )

        await self._file.write(apply)

    async def packed(self, entity: str, level: int, since: int, until: int) -> list[Packed]:
        sql = f"SELECT start, data FROM blocks WHERE {_ONE} AND level = ? AND start >= ? AND start < ? ORDER BY start"  # noqa: S608 - a constant

        def read(connection: sqlite3.Connection) -> list[Packed]:
            return [Packed(entity, level, *row) for row in connection.execute(sql, (entity, level, since, until))]

        return await self._file.read(read)

    async def entities(self, prefix: str) -> list[str]:
        def read(connection: sqlite3.Connection) -> list[str]:
            sql = "SELECT name FROM entities WHERE substr(name, 1, ?) = ? ORDER BY name"
            return [name for (name,) in connection.execute(sql, (len(prefix), prefix))]

        return await self._file.read(read)

    async def shed(self, entity: str, level: int, before: int) -> None:
        def apply(connection: sqlite3.Connection) -> None:
            sql = f"DELETE FROM blocks WHERE {_ONE} AND level = ? AND start < ?"  # noqa: S608 - a constant
            if connection.execute(sql, (entity, level, before)).rowcount:
                _forget_empty(connection, entity)

        await self._file.write(apply)

    async def abandon(self, entity: str) -> None:
        def apply(connection: sqlite3.Connection) -> None:
            connection.execute(f"DELETE FROM blocks WHERE {_ONE}", (entity,))  # noqa: S608 - a constant
            _forget_empty(connection, entity)

        await self._file.write(apply)


def _forget_empty(connection: sqlite3.Connection, entity: str) -> None:
    connection.execute(
        """DELETE FROM entities WHERE name = ? AND NOT EXISTS
        (SELECT 1 FROM blocks WHERE blocks.entity = entities.entity)""",
        (entity,),
    )
