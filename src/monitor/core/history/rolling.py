"""Rolling: makes the blocks of the coarser levels once their period is over, and drops what was kept long enough.

A block that gets late samples after that is made anew, and with it all that was made of it.
"""

import asyncio
import logging
from collections.abc import Callable

import msgspec

from monitor.core.history.codec import Block, pack, unpack
from monitor.core.history.levels import FINE, LEVELS, Level, next_coarser, next_finer, oldest
from monitor.core.history.names import is_measured, owner_of
from monitor.core.history.rollup import roll_up
from monitor.core.settings import HistorySettings
from monitor.kernel.clock import Clock
from monitor.kernel.errors import MonitorError
from monitor.store.contract import Packed, Store

Exists = Callable[[str, str], bool]
"""Whether there is a resource of this type and id."""

log = logging.getLogger(__name__)

GRACE = 900.0
"""Seconds after the end of a period until it is rolled up: by then every server's blocks are written."""
_LOOK = 60.0
_PAUSE = 0.02
"""Seconds between two entities, so that thousands of them keep nobody waiting."""
_SHED_EVERY = 3600.0
MARK = "rolled"
"""The entity whose blocks say up to when each level is made; by level."""


class Rolling:
    """One for all entities."""

    def __init__(self, store: Store, clock: Clock, keep: HistorySettings, exists: Exists) -> None:
        self._exists = exists
        self._store = store
        self._clock = clock
        self.keep = keep
        self._made: dict[int, int] = {}
        """By level: the end of the last period that is made for everybody."""
        self._anew: set[tuple[str, int]] = set()
        self._task: asyncio.Task[None] | None = None
        self._shed_at = float("-inf")

    async def load(self) -> None:
        """Read up to when each level is made."""
        now = self._clock.now().timestamp()
        for level in LEVELS[1:]:
            self._made[level.number] = await self._load_mark(level, now)

    def made(self, level: Level) -> int:
        """Blocks of a level that begin before this are in the store, as far as there was anything to make them of."""
        return self._made.get(level.number, 0)

    def start(self) -> None:
        """Go on by itself."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop; what is half made is made again."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def written(self, blocks: set[tuple[str, int]]) -> None:
        """These blocks of the finest level were written: what was made of them before is out of date."""
        coarser = next_coarser(FINE)
        assert coarser is not None  # noqa: S101 - there are several levels
        made = self._made.get(coarser.number, 0)
        self._anew |= {(entity, start) for entity, start in blocks if start < made}

    async def catch_up(self) -> None:
        """Make every block whose period is over."""
        now = self._clock.now().timestamp()
        for level in LEVELS[1:]:
            while (made := self._made[level.number]) + level.period + GRACE <= now:
                await self._make_all(level, made)
                self._made[level.number] = made + level.period
                mark = msgspec.msgpack.encode(made + level.period)
                await self._store.keep([Packed(MARK, level.number, 0, mark)])
        anew, self._anew = self._anew, set()
        for entity, start in sorted(anew):
            await self._make_anew(entity, start)

    async def shed(self) -> None:
        """Drop what was kept long enough, and all of what is gone."""
        now = self._clock.now().timestamp()
        for entity in await self._store.entities():
            if entity != MARK and not self._exists(*owner_of(entity)):
                await self._store.abandon(entity)
        for entity in await self._entities():
            for level in LEVELS:
                await self._store.shed(entity, level.number, int(oldest(self.keep, level, entity, now)))
            await self._clock.sleep(_PAUSE)

    def tidy(self) -> None:
        """Something is gone for good: do not wait for the hour."""
        self._shed_at = float("-inf")

    async def _run(self) -> None:
        while True:
            try:
                await self.catch_up()
                if self._clock.monotonic() - self._shed_at >= _SHED_EVERY:
                    self._shed_at = self._clock.monotonic()
                    await self.shed()
            except MonitorError as failure:
                log.warning("history cannot be rolled up now: %s", failure)
            await self._clock.sleep(_LOOK)

    async def _load_mark(self, level: Level, now: float) -> int:
        """In a new store nothing is made, and there is nothing to make of the time before."""
        for mark in await self._store.packed(MARK, level.number, 0, 1):
            return msgspec.msgpack.decode(mark.data, type=int)
        made = level.block_of(now)
        await self._store.keep([Packed(MARK, level.number, 0, msgspec.msgpack.encode(made))])
        return made

    async def _entities(self) -> list[str]:
        found = await self._store.entities()
        return [entity for entity in found if is_measured(entity)]

    async def _make_all(self, level: Level, start: int) -> None:
        for entity in await self._entities():
            await self._make(level, entity, start)
            await self._clock.sleep(_PAUSE)

    async def _make_anew(self, entity: str, start: int) -> None:
        for level in LEVELS[1:]:
            begin = level.block_of(start)
            if begin < self._made[level.number]:
                await self._make(level, entity, begin)

    async def _make(self, level: Level, entity: str, start: int) -> None:
        finer = next_finer(level)
        assert finer is not None  # noqa: S101 - the finest is not made
        found = await self._store.packed(entity, finer.number, start, start + level.period)
        blocks = {packed.start: block for packed in found if (block := readable(packed)) is not None}
        if blocks:
            made = pack(roll_up(level, finer, start, blocks))
            await self._store.keep([Packed(entity, level.number, start, made)])


def readable(packed: Packed, wanted: frozenset[str] | None = None) -> Block | None:
    """A block, or None for one that is damaged: the rest of history is worth having without it."""
    try:
        return unpack(packed.data, wanted)
    except ValueError as wrong:
        log.warning("a block of history is left out: %s", wrong, extra={"entity": packed.entity})
        return None
