"""SQLite's errors in Monitor's words: what of them is the disk's or file's doing, and what to do about it."""

import sqlite3
from pathlib import Path

from monitor.kernel.errors import Unavailable

_OUTSIDE = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
)


def is_outside(error: Exception) -> bool:
    """Whether the cause lies outside Monitor's code: a full disk, a failing one, a damaged file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUTSIDE  # the low byte is the primary code


def unavailable(what: str, folder: Path, error: Exception) -> Unavailable:
    """`the store cannot write: database or disk is full (…)`; `what` is the verb."""
    code = getattr(error, "sqlite_errorname", "")
    hint = "look at the disk and at the system's log; nothing of this was written"
    if code == "SQLITE_FULL":
        hint = "free some space there; nothing of this was written, and Monitor goes on by itself"
    if code in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
        hint = "the file is damaged; put a back-up in its place"
    return Unavailable(f"the store cannot {what}: {error} ({folder})", hint=hint)
