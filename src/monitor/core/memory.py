"""Memory: every document core holds, authoritative; a change reaches the store first and memory after, never half."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from monitor.store.contract import Delete, Entry, Put, Store

Heed = Callable[[Entry], None]
Listener = Callable[[str, Any | None], None]
"""(id, new value or None when gone)"""


class Changes:
    """What one operation will write: documents by kind and id; None deletes."""

    def __init__(self) -> None:
        self.documents: dict[tuple[str, str], Any | None] = {}

    def put(self, kind: str, id: str, value: Any | None) -> None:
        """Write a document, or with None delete it."""
        self.documents[kind, id] = value


class Memory:
    """Documents of the kinds it was told to hold, by kind and id. Edits are made while holding `writing`."""

    def __init__(self, store: Store, held: Mapping[str, Any]) -> None:
        self.store = store
        self.writing = asyncio.Lock()
        self._types = dict(held)
        self._values: dict[str, dict[str, Any]] = {kind: {} for kind in held}
        self._revisions: dict[tuple[str, str], int] = {}
        self._listeners: dict[str, list[Listener]] = {}
        self._heeding: list[Heed] = []

    async def load(self) -> None:
        """Read everything held from the store."""
        for kind, kind_type in self._types.items():
            for doc in await self.store.all(kind):
                self._values[kind][doc.id] = msgspec.json.decode(doc.body, type=kind_type)
                self._revisions[kind, doc.id] = doc.revision

    def get(self, kind: str, id: str) -> Any | None:
        """One document, or None."""
        return self._values[kind].get(id)

    def all(self, kind: str) -> Mapping[str, Any]:
        """Every document of a kind by id; do not keep it."""
        return self._values[kind]

    def listen(self, kind: str, listener: Listener) -> None:
        """Call `listener` after each change of that kind is stored."""
        self._listeners.setdefault(kind, []).append(listener)

    def heed(self, told: Heed) -> None:
        """Call `told` with each entry of the journal, once it is stored."""
        self._heeding.append(told)

    async def commit(self, changes: Changes, entry: Entry) -> int:
        """Store the changes and their record as one write, then show them. Answers the journal's seq.

        Once asked for it is done whole: a cancelled caller hears of his cancellation only afterwards.
        """
        writing = asyncio.ensure_future(self._commit(changes, entry))
        cancelled: asyncio.CancelledError | None = None
        while not writing.done():
            try:
                await asyncio.wait((writing,))
            except asyncio.CancelledError as asked:
                cancelled = asked
        seq = writing.result()
        if cancelled is not None:
            raise cancelled
        return seq

    async def _commit(self, changes: Changes, entry: Entry) -> int:
        puts: list[Put] = []
        deletes: list[Delete] = []
        for (kind, id), value in changes.documents.items():
            if value is None:
                deletes.append(Delete(kind, id))
                continue
            known = self._revisions.get((kind, id), 0)
            expects = known if kind in self._types else None
            puts.append(Put(kind, id, known + 1, msgspec.json.encode(value), expects))
        seq = await self.store.commit(puts, deletes, entry)
        for (kind, id), value in changes.documents.items():
            self._show(kind, id, value)
        for told in self._heeding:
            told(entry)
        return seq

    def _show(self, kind: str, id: str, value: Any | None) -> None:
        if kind in self._types:
            if value is None:
                self._values[kind].pop(id, None)
                self._revisions.pop((kind, id), None)
            else:
                self._values[kind][id] = value
                self._revisions[kind, id] = self._revisions.get((kind, id), 0) + 1
        for listener in self._listeners.get(kind, ()):
            listener(id, value)
