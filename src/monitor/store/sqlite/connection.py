"""Connections to a database file: WAL, so that readers and the writer never wait for each other."""

import sqlite3
from pathlib import Path
from typing import Literal

from monitor.store.keys import holds_text

PAGES_BEFORE_CHECKPOINT = 4000
"""16 MB: a commit changes a page of every index, so SQLite's own 1000 would fold the log back all the time."""
WAL_KEPT = 64 * 1024 * 1024
"""Bytes the write-ahead log may keep on disk after a large commit."""

Durability = Literal["FULL", "NORMAL"]
"""FULL: a commit survives power loss. NORMAL: it survives the death of core, and the file never breaks."""


def connect_writer(file: Path, durability: Durability) -> sqlite3.Connection:
    """The connection that writes; for one thread. sqlite3.Error if the file is no database."""
    connection = _connect(file)
    mode: str = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        connection.close()
        raise sqlite3.OperationalError(f"the file system under {file} does not support SQLite's WAL (it offers {mode})")
    connection.execute(f"PRAGMA synchronous = {durability}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {PAGES_BEFORE_CHECKPOINT}")
    connection.execute(f"PRAGMA journal_size_limit = {WAL_KEPT}")
    return connection


def connect_reader(file: Path) -> sqlite3.Connection:
    """A connection that only reads; may be closed by another thread than the one that reads."""
    connection = _connect(file)
    connection.create_function("holds_text", 2, holds_text, deterministic=True)
    connection.execute("PRAGMA cache_size = -1000")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=5, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection
