"""What a store is. Every backend keeps the same promises; tests/contracts/store holds them to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from monitor.kernel.errors import Conflict, Unavailable

MAX_COMMIT = 15_000_000
"""Bytes of all bodies of one commit: what fits into a single document of every backend."""
MAX_AMONG = 10_000
"""Values of one `Where.among`."""


class Index(Struct, frozen=True):
    """Documents of `kind` are found by `path` (dots go into objects: `what.id`), a string, number or boolean.

    Kinds and paths are lower-case: `activity`, `deployment.info`; `state`, `what.id`. A path that is absent, null, an
    array or an object in some document is no error: no condition on it finds that document.
    """

    kind: str
    path: str


class Doc(Struct, frozen=True):
    """A stored document: JSON `body`, and the `revision` of its last put."""

    kind: str
    id: str
    revision: int
    body: bytes


class Put(Struct, frozen=True):
    """Write a document. `expects`: 0 = there is none yet, n = its revision is n now, None = whatever is there.

    `id` is any text but the empty one, `revision` at least 1, `body` JSON; it is given back byte for byte.
    """

    kind: str
    id: str
    revision: int
    body: bytes
    expects: int | None = None


class Delete(Struct, frozen=True):
    """Remove a document; removing what is not there is no error."""

    kind: str
    id: str


class Entry(Struct, frozen=True):
    """One line of the journal: what happened (`opened`, `changed`, `closed`, `signed_in`, …) and to which activity."""

    event: str
    at: datetime
    activity: str = ""
    body: bytes = b"null"
    """JSON."""


class Written(Struct, frozen=True):
    """A journal entry with the number it got: 1, 2, 3, … without gaps."""

    seq: int
    entry: Entry


class Where(Struct, frozen=True, kw_only=True):
    """A condition on an indexed path; those given must all hold, and at least one must be given.

    Values are compared as their JSON type: `1` equals `1.0` but neither `"1"` nor `true`, and `at_least="a"` holds for
    strings only. Strings are ordered by code point.
    """

    path: str
    equals: str | int | float | bool | None = None
    among: tuple[str | int | float, ...] | None = None
    at_least: str | int | float | None = None
    below: str | int | float | None = None
    contains: str | None = None
    """Case-insensitive text inside a string (both sides folded by `str.casefold`); no character is special."""


class Found(Struct, frozen=True):
    """One page of a search and how many documents match in all."""

    docs: tuple[Doc, ...]
    total: int


class Record(Struct, frozen=True):
    """One piece of a log; `seq` is the writer's own number, from 1, growing."""

    seq: int
    data: bytes


class Packed(Struct, frozen=True):
    """A block of samples: one entity, one level of resolution (0 to 255), one period that begins at `start`."""

    entity: str
    level: int
    start: int
    """Seconds since 1970."""
    data: bytes


class RevisionConflict(Conflict):
    """A put expected another revision than the one stored; nothing of its commit was written."""


class StoreBusy(Unavailable):
    """Another core has this store open."""


class StoreTooNew(Unavailable):
    """A newer Monitor wrote this store; this one would not understand all of it."""


class Store(Protocol):
    """Documents, journal, logs and samples. One open store at a time per database; safe to use from many tasks.

    Contents outlive `close` and a new `open`. Beside what each method says: Unavailable when the store is not open or
    cannot be read or written now (and then nothing was written), Invalid for text that is no valid Unicode, ValueError
    for what only a bug can ask: a kind, body, revision or limit outside its bounds, a path without an index.
    """

    async def open(self) -> None:
        """Make or migrate what is missing and take the lease. StoreBusy if another core holds it."""
        ...

    async def close(self) -> None:
        """Finish what is pending and give the lease back."""
        ...

    async def commit(self, puts: Sequence[Put] = (), deletes: Sequence[Delete] = (), entry: Entry | None = None) -> int:
        """Write all of it or nothing; on return it survives power loss. Answers the entry's seq (0 without one).

        RevisionConflict when a put's `expects` does not hold. A commit names each document once. Commits are applied in
        the order of the calls. Cancelling the caller takes nothing back: the commit is applied whole all the same.
        """
        ...

    async def get(self, kind: str, id: str) -> Doc | None:
        """One document."""
        ...

    async def all(self, kind: str) -> list[Doc]:
        """Every document of a kind, by id."""
        ...

    async def find(
        self,
        kind: str,
        where: Sequence[Where] = (),
        *,
        descending: bool = False,
        after: str = "",
        limit: int = 50,
    ) -> Found:
        """Documents in order of id that meet every condition, those beyond id `after`; `total` ignores `after`.

        ValueError for a condition on a path without an Index. One consistent view: page and total agree.
        """
        ...

    async def journal(self, after: int = 0, limit: int = 1000) -> list[Written]:
        """Entries with a greater seq, in order."""
        ...

    async def append(self, log: str, records: Sequence[Record]) -> None:
        """Add to a log; a record whose seq is there already is ignored. Survives a crash of core, not power loss."""
        ...

    async def read(self, log: str, after: int = 0, limit: int = 1000) -> list[Record]:
        """Records with a greater seq, in order."""
        ...

    async def trim(self, log: str, before: int) -> None:
        """Drop records with a smaller seq."""
        ...

    async def drop(self, log: str) -> None:
        """Remove a log."""
        ...

    async def keep(self, blocks: Sequence[Packed]) -> None:
        """Write all of them or none, each in place of the one there. Survives a crash of core, not power loss."""
        ...

    async def packed(self, entity: str, level: int, since: int, until: int) -> list[Packed]:
        """An entity's blocks of one level that begin from `since` up to, not including, `until`, in order."""
        ...

    async def entities(self, prefix: str = "") -> list[str]:
        """Who has blocks, by name."""
        ...

    async def shed(self, entity: str, level: int, before: int) -> None:
        """Drop an entity's blocks of one level that begin earlier."""
        ...

    async def abandon(self, entity: str) -> None:
        """Drop all of an entity's blocks."""
        ...
