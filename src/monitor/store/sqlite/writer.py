"""Writer: the one thread that writes to a database file, many callers' work in one transaction."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from monitor.kernel.errors import Unavailable
from monitor.store.sqlite.trouble import is_outside, unavailable

T = TypeVar("T")
Connect = Callable[[], sqlite3.Connection]
Apply = Callable[[sqlite3.Connection], Any]
"""One caller's work. It may run again after a failed transaction, so it changes nothing but the database."""

LARGEST_GROUP = 256
"""Works in one transaction."""


class Work:
    """One caller's work, and the future the caller waits on."""

    def __init__(self, apply: Apply, waiting: asyncio.Future[Any]) -> None:
        self.apply = apply
        self.waiting = waiting
        self.answer: Any = None
        self.error: Exception | None = None

    def settle(self) -> None:
        """Tell the caller; one that was cancelled meanwhile hears nothing, its work stands."""
        if self.waiting.done():
            return
        if self.error is not None:
            self.waiting.set_exception(self.error)
        else:
            self.waiting.set_result(self.answer)


class Writer:
    """Takes work in the order of the calls, and answers each once the transaction it was in is on disk."""

    def __init__(self, file: Path, connect: Connect) -> None:
        self._file = file
        self._connect = connect
        self._queue: SimpleQueue[Work | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    async def start(self) -> None:
        """Open the file, in the thread that will own it; whatever `connect` raises."""
        ready = Work(lambda _: None, asyncio.get_running_loop().create_future())
        self._thread = threading.Thread(target=self._run, args=(ready,), name=f"write {self._file.name}", daemon=True)
        self._thread.start()
        try:
            await ready.waiting
        except BaseException:
            await self.stop()
            raise

    async def do(self, apply: Callable[[sqlite3.Connection], T]) -> T:
        """Have `apply` run in a transaction; on return it is written. Unavailable if the disk does not take it."""
        if self._thread is None:
            raise Unavailable(f"the store in {self._file.parent} is not open")
        work = Work(apply, asyncio.get_running_loop().create_future())
        self._queue.put(work)
        return await work.waiting

    async def stop(self) -> None:
        """Finish what was asked for, then close the file."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            await asyncio.to_thread(thread.join)

    def _run(self, ready: Work) -> None:
        try:
            connection = self._connect()
        except Exception as wrong:
            ready.error = wrong
            _tell([ready])
            self._queue.get()  # stop() is called next
            return
        _tell([ready])
        while group := self._next_group():
            self._write(connection, group)
            _tell(group)
        connection.close()

    def _next_group(self) -> list[Work]:
        """All that waits, at least one; nothing once the end was asked for and all before it is done."""
        first = self._queue.get()
        group: list[Work] = []
        while first is not None:
            group.append(first)
            if len(group) == LARGEST_GROUP:
                break
            try:
                first = self._queue.get_nowait()
            except Empty:
                break
        if first is None and group:
            self._queue.put(None)
        return group

    def _write(self, connection: sqlite3.Connection, group: list[Work]) -> None:
        try:
            _write_together(connection, group)
        except Exception as wrong:
            _roll_back(connection)
            if len(group) > 1:  # one too large for the disk must not fail the others
                for work in group:
                    self._write(connection, [work])
                return
            group[0].error = unavailable("write", self._file.parent, wrong) if is_outside(wrong) else wrong


def _write_together(connection: sqlite3.Connection, group: list[Work]) -> None:
    """One transaction, a savepoint for each: a work that raises undoes only itself."""
    connection.execute("BEGIN IMMEDIATE")
    for work in group:
        work.answer, work.error = None, None
        connection.execute("SAVEPOINT work")
        try:
            work.answer = work.apply(connection)
        except Exception as wrong:
            if is_outside(wrong):
                raise
            connection.execute("ROLLBACK TO work")
            work.error = wrong
        connection.execute("RELEASE work")
    connection.execute("COMMIT")


def _roll_back(connection: sqlite3.Connection) -> None:
    try:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    except sqlite3.Error:
        return  # the disk again; the next BEGIN will say so


def _tell(group: list[Work]) -> None:
    """Settle on the callers' loops, one wake-up for each loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Work]] = {}
    for work in group:
        by_loop.setdefault(work.waiting.get_loop(), []).append(work)
    for loop, works in by_loop.items():
        try:
            loop.call_soon_threadsafe(_settle, works)
        except RuntimeError:
            continue  # the loop is closed: nobody waits any more


def _settle(works: list[Work]) -> None:
    for work in works:
        work.settle()
