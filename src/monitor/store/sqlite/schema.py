"""The tables of the files, and the steps that brought them there: a released step is never edited, only followed."""

import sqlite3
from collections.abc import Sequence

from monitor.store.contract import StoreTooNew

Step = tuple[str, ...]
"""Statements that lead from one version to the next."""

CORE: tuple[Step, ...] = (
    (
        """CREATE TABLE docs (
            doc INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL,
            revision INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (kind, id)) STRICT""",
        """CREATE TABLE journal (
            seq INTEGER PRIMARY KEY, event TEXT NOT NULL, at TEXT NOT NULL,
            activity TEXT NOT NULL, body TEXT NOT NULL) STRICT""",
        # which paths the key tables were made for: see search.py
        "CREATE TABLE indexes (kind TEXT PRIMARY KEY, paths TEXT NOT NULL) STRICT",
    ),
)

OUTPUT: tuple[Step, ...] = (
    (
        "CREATE TABLE logs (log INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
        """CREATE TABLE records (
            log INTEGER NOT NULL, seq INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (log, seq)) STRICT""",
    ),
)


SAMPLES: tuple[Step, ...] = (
    (
        "CREATE TABLE entities (entity INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
        """CREATE TABLE blocks (
            entity INTEGER NOT NULL, level INTEGER NOT NULL, start INTEGER NOT NULL, data BLOB NOT NULL,
            UNIQUE (entity, level, start)) STRICT""",
    ),
)


def upgrade(connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Bring a file to the newest version, each step whole or not at all. StoreTooNew if it is beyond."""
    connection.execute("CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT")
    found = connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
    version: int = found[0] if found else 0
    if version > len(steps):
        raise StoreTooNew(
            f"a newer Monitor wrote this store: it has version {version}, this Monitor knows up to {len(steps)}",
            hint="start the newer Monitor again, or restore the back-up made before it",
        )
    for number, step in enumerate(steps[version:], start=version + 1):
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            for statement in step:
                connection.execute(statement)
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (number,))
