"""Documents: core.db, where documents and the journal are written in one transaction that survives power loss."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from monitor.store.conflict import check_revision
from monitor.store.contract import Delete, Doc, Entry, Found, Put, Where, Written
from monitor.store.keys import Key, Keys
from monitor.store.sqlite.database import Database
from monitor.store.sqlite.schema import CORE
from monitor.store.sqlite.search import delete_keys, prepare_keys, put_keys, select_ids

_DOC = "docs.id, docs.revision, CAST(docs.body AS BLOB)"


class Documents:
    """The documents' and the journal's side of the store; arguments were checked."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._keys = keys
        self._file = Database(folder / "core.db", "FULL", CORE, lambda connection: prepare_keys(connection, keys))
        self.open = self._file.open
        self.close = self._file.close

    async def commit(self, puts: Sequence[Put], deletes: Sequence[Delete], entry: Entry | None) -> int:
        read = [(put, self._keys.read(put.kind, put.body)) for put in puts]
        gone = tuple(deletes)

        def apply(connection: sqlite3.Connection) -> int:
            for put, keys in read:
                self._put(connection, put, keys)
            for delete in gone:
                self._delete(connection, delete)
            return _write_entry(connection, entry) if entry else 0

        return await self._file.write(apply)

    async def get(self, kind: str, id: str) -> Doc | None:
        def read(connection: sqlite3.Connection) -> Doc | None:
            sql = f"SELECT {_DOC} FROM docs WHERE kind = ? AND id = ?"  # noqa: S608 - a constant
            row = connection.execute(sql, (kind, id)).fetchone()
            return Doc(kind, *row) if row else None

        return await self._file.read(read)

    async def all(self, kind: str) -> list[Doc]:
        def read(connection: sqlite3.Connection) -> list[Doc]:
            sql = f"SELECT {_DOC} FROM docs WHERE kind = ? ORDER BY id"  # noqa: S608 - a constant
            return [Doc(kind, *row) for row in connection.execute(sql, (kind,))]

        return await self._file.read(read)

    async def find(self, kind: str, where: Sequence[Where], descending: bool, after: str, limit: int) -> Found:
        matching, values = select_ids(kind, where)
        order, beyond = ("DESC", "<") if descending else ("ASC", ">")
        cursor = f"AND id {beyond} ?" if after else ""
        page = f"SELECT id {matching} {cursor} ORDER BY id {order} LIMIT ?"
        sql = f"SELECT {_DOC} FROM ({page}) AS page JOIN docs ON docs.kind = ? AND docs.id = page.id"  # noqa: S608
        given = [*values, *([after] if after else []), limit, kind]

        def read(connection: sqlite3.Connection) -> Found:
            total: int = connection.execute(f"SELECT count(*) {matching}", values).fetchone()[0]
            rows = connection.execute(f"{sql} ORDER BY page.id {order}", given)
            return Found(tuple(Doc(kind, *row) for row in rows), total)

        return await self._file.read(read)

    async def journal(self, after: int, limit: int) -> list[Written]:
        def read(connection: sqlite3.Connection) -> list[Written]:
            sql = """SELECT seq, event, at, activity, CAST(body AS BLOB) FROM journal
                WHERE seq > ? ORDER BY seq LIMIT ?"""
            rows = connection.execute(sql, (after, limit))
            return [Written(row[0], Entry(row[1], datetime.fromisoformat(row[2]), *row[3:])) for row in rows]

        return await self._file.read(read)

    def _put(self, connection: sqlite3.Connection, put: Put, keys: Sequence[Key]) -> None:
        found = connection.execute("SELECT revision FROM docs WHERE kind = ? AND id = ?", (put.kind, put.id)).fetchone()
        check_revision(put, found[0] if found else 0)
        connection.execute(
            """INSERT INTO docs (kind, id, revision, body) VALUES (?, ?, ?, CAST(? AS TEXT))
            ON CONFLICT (kind, id) DO UPDATE SET revision = excluded.revision, body = excluded.body""",
            (put.kind, put.id, put.revision, put.body),
        )
        if paths := self._keys.paths.get(put.kind):
            put_keys(connection, put.kind, paths, put.id, keys)

    def _delete(self, connection: sqlite3.Connection, delete: Delete) -> None:
        connection.execute("DELETE FROM docs WHERE kind = ? AND id = ?", (delete.kind, delete.id))
        if delete.kind in self._keys.paths:
            delete_keys(connection, delete.kind, delete.id)


def _write_entry(connection: sqlite3.Connection, entry: Entry) -> int:
    """Answers the seq: one more than the last, as entries are never deleted and a rolled back one leaves no trace."""
    at = entry.at.astimezone(UTC).isoformat()
    sql = "INSERT INTO journal (event, at, activity, body) VALUES (?, ?, ?, CAST(? AS TEXT)) RETURNING seq"
    return connection.execute(sql, (entry.event, at, entry.activity, entry.body)).fetchone()[0]
