"""The embedded store: two SQLite files in a folder, nothing to install."""

from monitor.store.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
