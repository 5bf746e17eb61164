"""SqliteStore: documents and journal in core.db, logs in output.db, samples in samples.db, in a folder for one core."""

from collections.abc import Sequence
from pathlib import Path

from monitor.kernel.clock import Clock
from monitor.kernel.errors import Unavailable
from monitor.store.checks import (
    check_blocks,
    check_commit,
    check_entity,
    check_log,
    check_page,
    check_search,
    check_text,
)
from monitor.store.contract import Delete, Doc, Entry, Found, Index, Packed, Put, Record, Where, Written
from monitor.store.keys import Keys, check_kind
from monitor.store.sqlite.documents import Documents
from monitor.store.sqlite.folder import prepare_folder
from monitor.store.sqlite.lease import Lease
from monitor.store.sqlite.output import Output
from monitor.store.sqlite.samples import Samples


class SqliteStore:
    """The default store; see Store for what its methods promise."""

    def __init__(self, folder: Path, indexes: Sequence[Index], clock: Clock) -> None:
        self._folder = folder
        self._keys = Keys(indexes)
        self._lease = Lease(folder, clock)
        self._documents = Documents(folder, self._keys)
        self._output = Output(folder)
        self._samples = Samples(folder)

    async def open(self) -> None:
        self._take()
        try:
            await self._documents.open()
            await self._output.open()
            await self._samples.open()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        await self._documents.close()
        await self._output.close()
        await self._samples.close()
        self._lease.give_back()

    async def commit(self, puts: Sequence[Put] = (), deletes: Sequence[Delete] = (), entry: Entry | None = None) -> int:
        check_commit(puts, deletes, entry)
        return await self._documents.commit(puts, deletes, entry)

    async def get(self, kind: str, id: str) -> Doc | None:
        check_kind(kind)
        check_text(f"an id of {kind}", id)
        return await self._documents.get(kind, id)

    async def all(self, kind: str) -> list[Doc]:
        check_kind(kind)
        return await self._documents.all(kind)

    async def find(
        self,
        kind: str,
        where: Sequence[Where] = (),
        *,
        descending: bool = False,
        after: str = "",
        limit: int = 50,
    ) -> Found:
        check_kind(kind)
        check_search(where, after, limit)
        self._keys.check(kind, where)
        return await self._documents.find(kind, where, descending, after, limit)

    async def journal(self, after: int = 0, limit: int = 1000) -> list[Written]:
        check_page(after, limit)
        return await self._documents.journal(after, limit)

    async def append(self, log: str, records: Sequence[Record]) -> None:
        check_log(log, records)
        await self._output.append(log, records)

    async def read(self, log: str, after: int = 0, limit: int = 1000) -> list[Record]:
        check_log(log)
        check_page(after, limit)
        return await self._output.read(log, after, limit)

    async def trim(self, log: str, before: int) -> None:
        check_log(log)
        check_page(before, 0)
        await self._output.trim(log, before)

    async def drop(self, log: str) -> None:
        check_log(log)
        await self._output.drop(log)

    async def keep(self, blocks: Sequence[Packed]) -> None:
        check_blocks(blocks)
        await self._samples.keep(blocks)

    async def packed(self, entity: str, level: int, since: int, until: int) -> list[Packed]:
        check_entity(entity, level)
        return await self._samples.packed(entity, level, since, until)

    async def entities(self, prefix: str = "") -> list[str]:
        check_text("the beginning of a name", prefix)
        return await self._samples.entities(prefix)

    async def shed(self, entity: str, level: int, before: int) -> None:
        check_entity(entity, level)
        await self._samples.shed(entity, level, before)

    async def abandon(self, entity: str) -> None:
        check_entity(entity)
        await self._samples.abandon(entity)

    def _take(self) -> None:
        prepare_folder(self._folder)
        try:
            self._lease.take()
        except OSError as wrong:
            raise Unavailable(f"the folder {self._folder} of the store cannot be used: {wrong.strerror}") from wrong
