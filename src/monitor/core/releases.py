"""Releases: what was put into action, each a document of its own in the store, read when somebody asks for it.

They are kept out of memory, which lists are made from, and go with the resource they are of.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Raw, Struct, structs

from monitor.core.catalog import RESOURCE, Sealed
from monitor.core.memory import Changes
from monitor.kernel.activity import State, Who
from monitor.kernel.errors import NotFound
from monitor.store.contract import Index, Store, Where

RELEASE = "release"
RELEASE_INDEX = Index(RELEASE, "resource")
_NOTHING = Raw(b"null")
_MOST = 500
"""More than are ever kept of one resource."""


class StoredRelease(Struct, frozen=True, kw_only=True):
    """A release as stored, under its activity's id: so that settling twice makes one."""

    id: str
    type: str
    resource: str
    place: int
    """1, 2, 3, … as they began: of two asked for at once, or when a clock was put back, ids and times say otherwise."""
    number: int = 0
    state: State = State.RUNNING
    error: str = ""
    """Why it did not succeed, as its activity says."""
    operation: str
    who: Who
    began: datetime
    ended: datetime | None = None
    revision: int
    configured: int
    """The revision that had last changed the resource's config when it began."""
    restores: bool = False
    """Its config becomes the resource's once it has succeeded."""
    fingerprint: str = ""
    config: Raw
    sealed: tuple[Sealed, ...] = ()
    info: Raw = _NOTHING
    content: str = ""
    """What it put into action beside its config, in short: an image's id."""


class Releases:
    """The store's releases; `keep` is how many a resource keeps that one can go back to."""

    def __init__(self, store: Store, keep: int) -> None:
        self._store = store
        self._keep = keep

    async def of(self, resource: str) -> list[StoredRelease]:
        """A resource's, newest first."""
        where = [Where(path="resource", equals=resource)]
        found = await self._store.find(RELEASE, where, descending=True, limit=_MOST)
        releases = [msgspec.json.decode(doc.body, type=StoredRelease) for doc in found.docs]
        return sorted(releases, key=lambda r: r.place, reverse=True)

    async def get(self, activity: str) -> StoredRelease | None:
        """The one an activity made."""
        doc = await self._store.get(RELEASE, activity)
        return msgspec.json.decode(doc.body, type=StoredRelease) if doc else None

    async def numbered(self, resource: str, number: int) -> StoredRelease:
        """NotFound, saying which there are."""
        kept = [r for r in await self.of(resource) if r.number]
        for release in kept:
            if release.number == number:
                return release
        there = ", ".join(str(r.number) for r in kept)
        raise NotFound(
            f"there is no release {number} any more" if kept and number < kept[0].number else f"no release {number}",
            hint=f"Kept are {there}." if there else "Nothing was deployed since releases are kept.",
        )

    async def succeed(self, begun: StoredRelease, changes: Changes) -> StoredRelease:
        """Put it into the changes as succeeded, with its number, and take out what is no longer kept."""
        others = [r for r in await self.of(begun.resource) if r.id != begun.id]
        before = next((r for r in others if r.number), None)
        same = before is not None and _what(before) == _what(begun)
        number = (before.number if same else before.number + 1) if before else 1
        done = structs.replace(begun, state=State.SUCCEEDED, number=number)
        changes.put(RELEASE, done.id, done)
        self._prune([done, *others], changes)
        return done

    async def fail(self, activity: str, state: State, at: datetime, changes: Changes, *, error: str = "") -> None:
        """Put how it ended, and why, into the changes, if the activity began one."""
        begun = await self.get(activity)
        if begun is not None:
            ended = structs.replace(begun, state=state, ended=at, error=error)
            changes.put(RELEASE, activity, ended)
            self._prune([ended, *(r for r in await self.of(begun.resource) if r.id != activity)], changes)

    async def go_with(self, changes: Changes) -> None:
        """Delete those of each resource that the changes delete."""
        gone = [id for (kind, id), value in changes.documents.items() if value is None and kind.startswith(RESOURCE)]
        for resource in gone:
            for release in await self.of(resource):
                changes.put(RELEASE, release.id, None)

    def _prune(self, newest_first: Sequence[StoredRelease], changes: Changes) -> None:
        for id in superseded(newest_first, self._keep):
            changes.put(RELEASE, id, None)


def superseded(newest_first: Sequence[StoredRelease], keep: int) -> list[str]:
    """Ids of those no longer kept: the older ones of a number, and of numbers, and of failures, all but the newest.

    Repeats count once, so that what is deployed each night does not push out the way back.
    """
    numbers: list[int] = []
    failed = 0
    gone: list[str] = []
    for release in newest_first:
        if release.number:
            if release.number in numbers or len(numbers) >= keep:
                gone.append(release.id)
            else:
                numbers.append(release.number)
        elif release.state.ended:
            failed += 1
            if failed > keep:
                gone.append(release.id)
    return gone


def _what(release: StoredRelease) -> tuple[str, str, bytes]:
    return release.fingerprint, release.content, bytes(release.config)


def info_of(release: StoredRelease, type: Any) -> Any:
    """What it left, as the type's info; None of one that did not succeed."""
    return msgspec.json.decode(release.info, type=type | None)
