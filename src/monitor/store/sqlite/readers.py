"""Readers: a few threads that read a database file, each through a connection of its own."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from monitor.kernel.errors import Unavailable
from monitor.store.sqlite.connection import connect_reader
from monitor.store.sqlite.trouble import is_outside, unavailable

T = TypeVar("T")

THREADS = 2


class Readers:
    """Reads beside the writer; each read sees one consistent state, with everything written before it was asked."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._pool: ThreadPoolExecutor | None = None
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []

    def start(self) -> None:
        """Threads and connections are made when first needed."""
        self._local = threading.local()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix=f"read {self._file.name}")

    async def do(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """Have `read` run in a read transaction. Unavailable if the file cannot be read."""
        if self._pool is None:
            raise Unavailable(f"the store in {self._file.parent} is not open")
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._read, read)

    async def stop(self) -> None:
        """Finish what was asked for, then close."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown)
        while self._connections:
            self._connections.pop().close()

    def _read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        try:
            connection = self._connection()
            connection.execute("BEGIN")
            try:
                return read(connection)
            finally:
                connection.execute("ROLLBACK")
        except sqlite3.Error as wrong:
            if is_outside(wrong):
                raise unavailable("read", self._file.parent, wrong) from wrong
            raise

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect_reader(self._file)
            self._local.connection = connection
            self._connections.append(connection)
        return connection
