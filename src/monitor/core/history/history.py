"""History: takes the samples of all hosts, keeps them in blocks, and makes the coarser levels of them.

What came since a server's blocks were written last, at most five minutes, lies in memory alone. A core that is killed
loses it only until the host's agent answers again: the agent keeps an hour, and core says up to where it has
everything, which is written together with the blocks.
"""

import asyncio
import logging
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple, Protocol

import msgspec

from monitor.abilities.watch.calls import Recorded, Recording
from monitor.core.history.codec import pack, unpack
from monitor.core.history.cursor import Cursor
from monitor.core.history.levels import FINE
from monitor.core.history.names import container_entity, cursor_entity, deployment_entity, server_entity
from monitor.core.history.open_block import Layout, OpenBlock
from monitor.core.history.rolling import Exists, Rolling
from monitor.core.settings import HistorySettings
from monitor.kernel.clock import Clock
from monitor.kernel.errors import MonitorError
from monitor.kernel.measures import OF_CONTAINERS, OF_SERVERS, figures_by_owner, server_figures
from monitor.kernel.samples import GRID, ContainerSample, Sample
from monitor.store.contract import Packed, Store

log = logging.getLogger(__name__)

WRITE_EVERY = 300.0
"""Seconds between two writes of a server's open blocks."""
_LOOK = 5.0
_OLDEST = 7200.0
"""Seconds a sample may be late; the agents keep an hour."""
_UNMANAGED = 100
"""Containers of one server that belong to no deployment and are open at a time; names that change for ever end here."""
_UNWRITTEN = 4
"""Blocks of one entity kept in memory while the store cannot be written."""


class Taken(NamedTuple):
    """A sample that was new, and when it was taken by core's clock."""

    at: int
    sample: Sample
    figures: dict[str, float]
    """Of the server, by key."""


class Whose(Protocol):
    """Says to which deployment on that server a container belongs, if to any."""

    def __call__(self, server: str, sample: ContainerSample) -> str: ...


class History:
    """Of all servers. `take` never waits; everything is written by itself while it runs."""

    def __init__(self, store: Store, clock: Clock, keep: HistorySettings, whose: Whose, exists: Exists) -> None:
        self._store = store
        self._clock = clock
        self._whose = whose
        self._cursors: dict[str, Cursor] = {}
        self._open: dict[str, dict[int, OpenBlock]] = {}
        self._of: dict[str, set[str]] = {}
        """Entities with unwritten samples, by server."""
        self._due: dict[str, float] = {}
        self._layouts = {True: Layout(OF_SERVERS), False: Layout(OF_CONTAINERS)}
        self._writing: asyncio.Task[None] | None = None
        self._ready = asyncio.Lock()
        self.rolling = Rolling(store, clock, keep, exists)

    async def load(self) -> None:
        """Read up to where core has everything of which server, and up to when it is rolled up."""
        await self.rolling.load()
        for entity in await self._store.entities(cursor_entity("")):
            for kept in await self._store.packed(entity, 0, 0, 1):
                self._cursors[entity.partition("/")[2]] = msgspec.msgpack.decode(kept.data, type=Cursor)

    def start(self) -> None:
        """Write and roll up from now on."""
        self._writing = asyncio.create_task(self._write_all())
        self.rolling.start()

    async def stop(self) -> None:
        """Write what is open."""
        await self.end()
        for server in list(self._of):
            await self._try_to_write(server)

    async def end(self) -> None:
        """Stop without writing, as a killed core does."""
        await self.rolling.stop()
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)

    def held(self, server: str) -> Recording:
        """What core has of a server, for its agent."""
        cursor = self._cursors.get(server, Cursor())
        return Recording(cursor.boot, cursor.seq)

    def take(self, server: str, told: Recorded) -> list[Taken]:
        """Keep what a host recorded; the samples that were new, oldest first."""
        now = self._clock.now().timestamp()
        cursor = self._cursors.get(server, Cursor()).met(told.boot, told.position, now)
        taken: list[Taken] = []
        for sample in sorted(told.samples, key=lambda sample: sample.seq):
            at = cursor.time_of(sample.seq)
            if now - _OLDEST <= at <= now + 3 * GRID and sample.stats.is_sound:
                taken.append(one := Taken(at, sample, server_figures(sample.stats)))
                self._put(server, one)
                cursor = cursor.moved(sample.seq)
        self._cursors[server] = cursor
        return taken

    def forget(self, entity: str) -> None:
        """What it is of was deleted."""
        self._open.pop(entity, None)
        self.rolling.tidy()

    def forget_server(self, server: str) -> None:
        """The same of a server, and of what was nobody's on it."""
        self._cursors.pop(server, None)
        self._due.pop(server, None)
        self._of.pop(server, None)
        nobodys = container_entity(server, "")
        for entity in [entity for entity in self._open if entity.startswith(nobodys)]:
            del self._open[entity]
        self._open.pop(server_entity(server), None)
        self.rolling.tidy()

    def open_blocks(self, entity: str) -> Mapping[int, OpenBlock]:
        """Blocks of which not all is in the store, by their beginnings."""
        return self._open.get(entity, {})

    def _put(self, server: str, taken: Taken) -> None:
        at = taken.at
        self._put_figures(server, server_entity(server), at, taken.figures, servers=True)
        found = figures_by_owner(taken.sample.containers, partial(self._entity, server))
        for entity, figures in found.items():
            if entity:
                self._put_figures(server, entity, at, figures, servers=False)

    def _entity(self, server: str, container: ContainerSample) -> str:
        """Empty for one of too many."""
        deployment = self._whose(server, container)
        if deployment:
            return deployment_entity(deployment)
        entity = container_entity(server, container.name)
        if entity not in self._open:
            nobodys = container_entity(server, "")
            known = sum(other.startswith(nobodys) for other in self._of.get(server, ()))
            if known >= _UNMANAGED or not container.name:
                return ""
        return entity

    def _put_figures(self, server: str, entity: str, at: int, figures: dict[str, float], *, servers: bool) -> None:
        blocks = self._open.setdefault(entity, {})
        start = FINE.block_of(at)
        block = blocks.get(start)
        if block is None:
            block = blocks[start] = OpenBlock(start, self._layout(figures, servers=servers))
        block.put((at - start) // FINE.step, figures)
        self._of.setdefault(server, set()).add(entity)

    def _layout(self, figures: dict[str, float], *, servers: bool) -> Layout:
        layout = self._layouts[servers] = self._layouts[servers].with_keys(key for key in figures if ":" not in key)
        return layout

    async def _write_all(self) -> None:
        dropped = self._clock.monotonic()
        while True:
            await self._clock.sleep(_LOOK)
            now = self._clock.monotonic()
            if now - dropped >= FINE.period:
                dropped = now
                self._drop_whole(list(self._open))  # of what sends nothing any more, no write does
            for server in list(self._of):
                # Spread out: not all servers at once.
                due = self._due.setdefault(server, now + hash(server) % int(WRITE_EVERY))
                if now >= due:
                    self._due[server] = now + WRITE_EVERY
                    await self._try_to_write(server)

    async def _try_to_write(self, server: str) -> None:
        try:
            await self.write(server)
        except MonitorError as failure:
            log.warning("history of a server cannot be written now: %s", failure, extra={"server": server})
            for entity in self._of.get(server, ()):
                blocks = self._open.get(entity, {})
                for start in sorted(blocks)[:-_UNWRITTEN]:
                    del blocks[start]

    async def write(self, server: str) -> None:
        """Write a server's open blocks, and up to where core has everything of it, as one."""
        async with self._ready:
            # Until all are: meanwhile samples go on coming, and one of them may open another block.
            while unread := [(entity, block) for entity, block in self._blocks_on(server) if not block.stored]:
                for entity, block in unread:
                    await self._take_in(entity, block)
            # From here to the end of packing nothing is awaited, so that the cursor tells of what is packed.
            late = [(entity, block) for entity, block in self._blocks_on(server) if block.dirty]
            entities = sorted(self._of.pop(server, ()))
            packed = self._pack(server, late)
            for _, block in late:
                block.dirty = False
            try:
                await self._store.keep(packed)
            except MonitorError:
                self._of.setdefault(server, set()).update(entities)
                for _, block in late:
                    block.dirty = True
                raise
            self._drop_whole(entities)
        self.rolling.written({(entity, block.start) for entity, block in late})

    async def _take_in(self, entity: str, block: OpenBlock) -> None:
        for kept in await self._store.packed(entity, FINE.number, block.start, block.start + 1):
            try:
                block.take_in(unpack(kept.data))
            except ValueError as wrong:
                log.warning("a block of history is damaged and is written anew: %s", wrong)
        block.stored = True

    def _blocks_on(self, server: str) -> list[tuple[str, OpenBlock]]:
        """Open ones of entities with unwritten samples."""
        entities = sorted(self._of.get(server, ()))
        return [(entity, block) for entity in entities for block in self._open.get(entity, {}).values()]

    def _pack(self, server: str, blocks: list[tuple[str, OpenBlock]]) -> list[Packed]:
        packed = [Packed(entity, FINE.number, block.start, pack(block.block())) for entity, block in blocks]
        cursor = msgspec.msgpack.encode(self._cursors.get(server, Cursor()))
        return [*packed, Packed(cursor_entity(server), 0, 0, cursor)]

    def _drop_whole(self, entities: list[str]) -> None:
        """Forget what is written and whose period is over; a late sample takes it up again."""
        now = self._clock.now().timestamp()
        for entity in entities:
            blocks = self._open.get(entity, {})
            for start in [start for start, block in blocks.items() if not block.dirty and start + FINE.period <= now]:
                del blocks[start]
            if not blocks:
                self._open.pop(entity, None)
