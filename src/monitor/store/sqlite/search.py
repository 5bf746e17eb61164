"""Search: a table of keys for each searchable kind, and conditions as SQL.

Keys are read by Monitor, not by SQLite's JSON functions: these take `true` for 1, cut strings at NUL and parse every
body again at every look. A key table holds small rows only, however large the bodies are. Booleans are kept as blobs,
so that SQLite's order of types (null, numbers, texts, blobs) keeps the JSON types apart.
"""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from monitor.store.contract import Where
from monitor.store.keys import Key, Keys, as_key


def prepare_keys(connection: sqlite3.Connection, keys: Keys) -> None:
    """Make the key tables fit the declared indexes; those whose paths changed are filled anew from the documents."""
    known = dict(connection.execute("SELECT kind, paths FROM indexes").fetchall())
    declared = {kind: json.dumps(paths) for kind, paths in keys.paths.items()}
    for kind in known.keys() | declared.keys():
        if known.get(kind) == declared.get(kind):
            continue
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"DROP TABLE IF EXISTS {_table(kind)}")
            connection.execute("DELETE FROM indexes WHERE kind = ?", (kind,))
            if kind in declared:
                connection.execute("INSERT INTO indexes VALUES (?, ?)", (kind, declared[kind]))
                _fill(connection, kind, keys)
    _count(connection)


def put_keys(connection: sqlite3.Connection, kind: str, paths: Sequence[str], id: str, keys: Sequence[Key]) -> None:
    """Write a document's keys; nothing is touched where they are as they were."""
    columns = [_column(path) for path in paths]
    changed = " OR ".join(f"{column} IS NOT excluded.{column}" for column in columns)
    connection.execute(
        f"INSERT INTO {_table(kind)} VALUES (?{', ?' * len(columns)}) ON CONFLICT (id) DO UPDATE SET "  # noqa: S608 - see _table
        f"{', '.join(f'{column} = excluded.{column}' for column in columns)} WHERE {changed}",
        (id, *(_stored(key) for key in keys)),
    )


def delete_keys(connection: sqlite3.Connection, kind: str, id: str) -> None:
    """Remove a document's keys."""
    connection.execute(f"DELETE FROM {_table(kind)} WHERE id = ?", (id,))  # noqa: S608 - see _table


def select_ids(kind: str, where: Sequence[Where]) -> tuple[str, list[Any]]:
    """`FROM … WHERE …` over the ids of a kind that meet all conditions, and its parameters."""
    if not where:
        return "FROM docs WHERE kind = ?", [kind]
    parts: list[str] = []
    values: list[Any] = []
    for condition in where:
        for sql, given in _conditions(condition):
            parts.append(sql)
            values += given
    return f"FROM {_table(kind)} WHERE {' AND '.join(parts)}", values


def _fill(connection: sqlite3.Connection, kind: str, keys: Keys) -> None:
    paths = keys.paths[kind]
    columns = "".join(f", {_column(path)} ANY" for path in paths)
    connection.execute(f"CREATE TABLE {_table(kind)} (id TEXT PRIMARY KEY{columns}) STRICT, WITHOUT ROWID")
    for path in paths:
        connection.execute(f'CREATE INDEX "{kind} $.{path}" ON {_table(kind)} ({_column(path)})')
    documents = connection.execute("SELECT id, CAST(body AS BLOB) FROM docs WHERE kind = ?", (kind,))
    for name, body in documents:
        put_keys(connection, kind, paths, name, keys.read(kind, body))


def _count(connection: sqlite3.Connection) -> None:
    """Tell the planner which of several conditions leaves the fewest; it works without, and so on a full disk."""
    connection.execute("PRAGMA analysis_limit = 1000")
    with suppress(sqlite3.OperationalError):
        connection.execute("ANALYZE")


def _conditions(where: Where) -> list[tuple[str, Sequence[Any]]]:
    column = _column(where.path)
    parts: list[tuple[str, Sequence[Any]]] = []
    if where.equals is not None:
        parts.append((f"{column} = ?", [_stored(as_key(where.equals))]))
    if where.among is not None:
        parts.append((f"{column} IN ({', '.join('?' * len(where.among))})", [_stored(as_key(v)) for v in where.among]))
    if where.at_least is not None:
        parts.append((f"{column} >= ?{_below_next_type(column, where.at_least)}", [_stored(as_key(where.at_least))]))
    if where.below is not None:
        parts.append((f"{column} < ?{_from_own_type(column, where.below)}", [_stored(as_key(where.below))]))
    if where.contains is not None:
        parts.append((f"holds_text({column}, ?)", [where.contains]))
    return parts


def _below_next_type(column: str, bound: object) -> str:
    if isinstance(bound, bool):
        return ""
    return f" AND {column} < x''" if isinstance(bound, str) else f" AND {column} < ''"


def _from_own_type(column: str, bound: object) -> str:
    if isinstance(bound, bool):
        return f" AND {column} >= x''"
    return f" AND {column} >= ''" if isinstance(bound, str) else ""


def _stored(key: Key) -> str | int | float | bytes | None:
    if isinstance(key, bool):
        return b"\1" if key else b"\0"
    return key


def _table(kind: str) -> str:
    """The kind was checked against keys.KIND, which leaves nothing that ends a quoted name."""
    return f'"keys_{kind}"'


def _column(path: str) -> str:
    """The path was checked against keys.PATH. The prefix keeps a path `id` from the table's own `id`."""
    return f'"$.{path}"'
