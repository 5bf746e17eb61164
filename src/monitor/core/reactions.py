"""Reactions: what was declared to follow the end of an activity, fed from the journal with a stored cursor.

The journal says in which order activities ended, and outlives everything. Each reaction has its own place in it, moved
on only once what it does for an entry is done: what happens between an end and what follows it, a kill of core too,
leaves out nothing.
"""

import asyncio
import logging
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from monitor.core.journal import Journal
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.kernel.activity import Activity
from monitor.kernel.errors import Unavailable
from monitor.kernel.reaction import Reaction
from monitor.store.contract import Entry, Put

CURSOR = "reaction"
"""Kind of the documents that hold how far each has got."""
_ENDS = ("closed",)
_PAGE = 500
_APART = 200
"""Entries without anything to do after which the place is stored all the same."""
_AGAIN = 2.0
_LONGEST = 60.0
_TRIES = 10
"""How often one that fails by a bug is tried before those behind it get their turn; a store that is full has no end."""
log = logging.getLogger(__name__)


class Cursor(Struct, frozen=True):
    """Seq of the last entry of the journal that was seen to."""

    after: int


class Reactions:
    """Runs those declared, each beside the others."""

    def __init__(self, parts: Parts, journal: Journal, declared: Iterable[Reaction]) -> None:
        self._parts = parts
        self._journal = journal
        self._declared = tuple(declared)
        self._news = {reaction.name: asyncio.Event() for reaction in self._declared}
        self._revisions: dict[str, int] = {}
        self._tasks: list[asyncio.Task[None]] = []
        if len(self._news) != len(self._declared):
            raise TypeError("two reactions have one name")
        parts.memory.heed(self._heed)

    def start(self) -> None:
        """Go on where a former life of core stood."""
        self._tasks = [asyncio.create_task(self._follow(r), name=f"reaction {r.name}") for r in self._declared]

    async def stop(self) -> None:
        """Let go; what was not seen to is taken up at the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _heed(self, entry: Entry) -> None:
        if entry.event in _ENDS:
            for news in self._news.values():
                news.set()

    async def _follow(self, reaction: Reaction) -> None:
        cursor: int | None = None
        while True:
            self._news[reaction.name].clear()
            try:
                cursor = await self._begin(reaction) if cursor is None else cursor
                cursor = await self._catch_up(reaction, cursor)
            except Unavailable as why:
                log.error("reaction %s is held up: %s", reaction.name, why.message)
                await self._parts.clock.sleep(_AGAIN)
                cursor = None
            else:
                await self._news[reaction.name].wait()

    async def _begin(self, reaction: Reaction) -> int:
        """Where it stands; one that is new begins with what ends from now on."""
        doc = await self._parts.memory.store.get(CURSOR, reaction.name)
        if doc is not None:
            self._revisions[reaction.name] = doc.revision
            return msgspec.json.decode(doc.body, type=Cursor).after
        after = await self._parts.memory.commit(Changes(), Entry("reaction_known", self._parts.clock.now()))
        await self._store(reaction, after)
        return after

    async def _catch_up(self, reaction: Reaction, cursor: int) -> int:
        """See to all there is; the new place."""
        stored = cursor
        while written := await self._parts.memory.store.journal(after=cursor, limit=_PAGE):
            for seq, entry in ((one.seq, one.entry) for one in written):
                if entry.event in _ENDS and await self._see_to(reaction, entry.activity):
                    await self._store(reaction, seq)
                    stored = seq
                cursor = seq
            if cursor - stored >= _APART:
                await self._store(reaction, cursor)
                stored = cursor
        return cursor

    async def _see_to(self, reaction: Reaction, id: str) -> bool:
        """Whether there was anything to do."""
        activity = await self._journal.stored(id)
        if activity is None or not reaction.wants(activity):
            return False
        pause = _AGAIN
        for tried in range(1, _TRIES + 1):
            if await self._tried(reaction, activity):
                return True
            if tried < _TRIES:
                await self._parts.clock.sleep(pause)
                pause = min(2 * pause, _LONGEST)
        log.error("reaction %s to activity %s is given up after %d tries", reaction.name, id, _TRIES)
        return True

    async def _tried(self, reaction: Reaction, activity: Activity) -> bool:
        try:
            await reaction.react(activity)
        except Unavailable:
            raise
        except Exception:
            log.exception("reaction %s to activity %s failed; it is tried again", reaction.name, activity.id)
            return False
        return True

    async def _store(self, reaction: Reaction, after: int) -> None:
        revision = self._revisions.get(reaction.name, 0) + 1
        await self._parts.memory.store.commit(
            [Put(CURSOR, reaction.name, revision, msgspec.json.encode(Cursor(after)))]
        )
        self._revisions[reaction.name] = revision
