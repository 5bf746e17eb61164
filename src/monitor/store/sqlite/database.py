"""Database: one file with its writer and its readers."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from monitor.kernel.errors import MonitorError, Unavailable
from monitor.store.sqlite.connection import Durability, connect_writer
from monitor.store.sqlite.folder import prepare_file
from monitor.store.sqlite.readers import Readers
from monitor.store.sqlite.schema import Step, upgrade
from monitor.store.sqlite.writer import Writer

T = TypeVar("T")
Prepare = Callable[[sqlite3.Connection], None]


class Database:
    """A file that is made, upgraded and prepared when it is opened."""

    def __init__(self, file: Path, durability: Durability, steps: Sequence[Step], prepare: Prepare) -> None:
        self._file = file
        self._durability: Durability = durability
        self._steps = steps
        self._prepare = prepare
        self._writer = Writer(file, self._connect)
        self._readers = Readers(file)

    async def open(self) -> None:
        """Unavailable, with the file's name, if it cannot be opened."""
        await self._writer.start()
        self._readers.start()

    async def close(self) -> None:
        """Finish what was asked for; the writer last, so that it folds the write-ahead log into the file."""
        await self._readers.stop()
        await self._writer.stop()

    async def write(self, apply: Callable[[sqlite3.Connection], T]) -> T:
        """See Writer.do."""
        return await self._writer.do(apply)

    async def read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """See Readers.do."""
        return await self._readers.do(read)

    def _connect(self) -> sqlite3.Connection:
        try:
            prepare_file(self._file)
            connection = connect_writer(self._file, self._durability)
            try:
                upgrade(connection, self._steps)
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
        except MonitorError:
            raise
        except (OSError, sqlite3.Error) as wrong:
            raise Unavailable(
                f"the store's file {self._file} cannot be opened: {wrong}",
                hint="look at the file, its rights and the disk; if it is damaged, put a back-up in its place",
            ) from wrong
        return connection
