"""MemoryStore: a store that lives and dies with its object, for tests and for trying things out."""

from collections.abc import Sequence

from msgspec import Struct

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
from monitor.store.conflict import check_revision
from monitor.store.contract import Delete, Doc, Entry, Found, Index, Packed, Put, Record, StoreBusy, Where, Written
from monitor.store.keys import Key, Keys, check_kind, meets


class Kept(Struct, frozen=True):
    """A document with its keys."""

    doc: Doc
    keys: tuple[Key, ...]


class MemoryStore:
    """Documents, journal, logs and blocks in dictionaries. Contents stay over `close` and `open`, as a file's would."""

    def __init__(self, indexes: Sequence[Index]) -> None:
        self._keys = Keys(indexes)
        self._docs: dict[str, dict[str, Kept]] = {}
        self._journal: list[Written] = []
        self._logs: dict[str, dict[int, bytes]] = {}
        self._blocks: dict[str, dict[tuple[int, int], Packed]] = {}
        self._is_open = False

    async def open(self) -> None:
        if self._is_open:
            raise StoreBusy("this store in memory is open already; close it before it is opened again")
        self._is_open = True

    async def close(self) -> None:
        self._is_open = False

    async def commit(self, puts: Sequence[Put] = (), deletes: Sequence[Delete] = (), entry: Entry | None = None) -> int:
        self._check_open()
        check_commit(puts, deletes, entry)
        keys = [self._keys.read(put.kind, put.body) for put in puts]
        for put in puts:
            stored = self._docs.get(put.kind, {}).get(put.id)
            check_revision(put, stored.doc.revision if stored else 0)
        for put, found in zip(puts, keys, strict=True):
            doc = Doc(put.kind, put.id, put.revision, put.body)
            self._docs.setdefault(put.kind, {})[put.id] = Kept(doc, found)
        for delete in deletes:
            self._docs.get(delete.kind, {}).pop(delete.id, None)
        if entry is None:
            return 0
        self._journal.append(Written(len(self._journal) + 1, entry))
        return len(self._journal)

    async def get(self, kind: str, id: str) -> Doc | None:
        self._check_open()
        check_kind(kind)
        check_text(f"an id of {kind}", id)
        kept = self._docs.get(kind, {}).get(id)
        return kept.doc if kept else None

    async def all(self, kind: str) -> list[Doc]:
        self._check_open()
        check_kind(kind)
        return [kept.doc for _, kept in sorted(self._docs.get(kind, {}).items())]

    async def find(
        self,
        kind: str,
        where: Sequence[Where] = (),
        *,
        descending: bool = False,
        after: str = "",
        limit: int = 50,
    ) -> Found:
        self._check_open()
        check_kind(kind)
        check_search(where, after, limit)
        self._keys.check(kind, where)
        paths = self._keys.paths.get(kind, ())
        conditions = [(paths.index(condition.path), condition) for condition in where]
        kept = self._docs.get(kind, {}).values()
        matching = [one.doc for one in kept if all(meets(one.keys[at], condition) for at, condition in conditions)]
        matching.sort(key=lambda doc: doc.id, reverse=descending)
        beyond = [doc for doc in matching if not after or (doc.id < after if descending else doc.id > after)]
        return Found(tuple(beyond[:limit]), len(matching))

    async def journal(self, after: int = 0, limit: int = 1000) -> list[Written]:
        self._check_open()
        check_page(after, limit)
        return self._journal[after : after + limit]

    async def append(self, log: str, records: Sequence[Record]) -> None:
        self._check_open()
        check_log(log, records)
        kept = self._logs.setdefault(log, {})
        for record in records:
            kept.setdefault(record.seq, record.data)

    async def read(self, log: str, after: int = 0, limit: int = 1000) -> list[Record]:
        self._check_open()
        check_log(log)
        check_page(after, limit)
        beyond = [Record(seq, data) for seq, data in sorted(self._logs.get(log, {}).items()) if seq > after]
        return beyond[:limit]

    async def trim(self, log: str, before: int) -> None:
        self._check_open()
        check_log(log)
        check_page(before, 0)
        self._logs[log] = {seq: data for seq, data in self._logs.get(log, {}).items() if seq >= before}

    async def drop(self, log: str) -> None:
        self._check_open()
        check_log(log)
        self._logs.pop(log, None)

    async def keep(self, blocks: Sequence[Packed]) -> None:
        self._check_open()
        check_blocks(blocks)
        for block in blocks:
            self._blocks.setdefault(block.entity, {})[block.level, block.start] = block

    async def packed(self, entity: str, level: int, since: int, until: int) -> list[Packed]:
        self._check_open()
        check_entity(entity, level)
        kept = self._blocks.get(entity, {})
        return [kept[place] for place in sorted(kept) if place[0] == level and since <= place[1] < until]

    async def entities(self, prefix: str = "") -> list[str]:
        self._check_open()
        check_text("the beginning of a name", prefix)
        return sorted(entity for entity in self._blocks if entity.startswith(prefix))

    async def shed(self, entity: str, level: int, before: int) -> None:
        self._check_open()
        check_entity(entity, level)
        kept = self._blocks.pop(entity, {})
        left = {place: block for place, block in kept.items() if place[0] != level or place[1] >= before}
        if left:
            self._blocks[entity] = left

    async def abandon(self, entity: str) -> None:
        self._check_open()
        check_entity(entity)
        self._blocks.pop(entity, None)

    def _check_open(self) -> None:
        if not self._is_open:
            raise Unavailable("the store in memory is not open")
