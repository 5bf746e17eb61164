"""What breaks on purpose: a store whose disk is full, a host whose answers get lost or that hangs."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from monitor.core.journal import INDEXES
from monitor.kernel.clock import Clock
from monitor.kernel.errors import Unavailable
from monitor.kernel.job import HostJob, JobEvent
from monitor.store.memory import MemoryStore
from monitor.testing.host import SimulatedHost


class FullDisk(MemoryStore):
    """A store that takes nothing while `full`, counting what it refused."""

    def __init__(self) -> None:
        super().__init__(INDEXES)
        self.full = False
        self.refused = 0

    async def commit(self, *args: Any, **kwargs: Any) -> int:
        self._check()
        return await super().commit(*args, **kwargs)

    async def append(self, *args: Any, **kwargs: Any) -> None:
        self._check()
        await super().append(*args, **kwargs)

    def _check(self) -> None:
        if self.full:
            self.refused += 1
            raise Unavailable("the store cannot write: database or disk is full")


class LossyHost(SimulatedHost):
    """A host that takes jobs, but whose word that it did so gets lost; and that can hang without a word."""

    def __init__(self, clock: Clock, name: str) -> None:
        super().__init__(clock, name)
        self.lose_answers = False
        self.silent = False

    async def start_job(self, id: str, work: HostJob[Any], *, time_limit: float, secrets: tuple[str, ...]) -> None:
        await super().start_job(id, work, time_limit=time_limit, secrets=secrets)
        if self.lose_answers:
            raise Unavailable("the connection was cut")

    def follow_job(self, id: str, after: int) -> AbstractAsyncContextManager[AsyncIterator[JobEvent]]:
        return self._hang() if self.silent else super().follow_job(id, after)

    @asynccontextmanager
    async def _hang(self) -> AsyncGenerator[AsyncIterator[JobEvent]]:
        async def nothing() -> AsyncIterator[JobEvent]:
            while self.silent:
                await self.clock.sleep(60)
            return
            yield  # a generator

        events = nothing()
        yield events


class Dying(MemoryStore):
    """A store under a core that is killed at one of its commits: nothing is written after that."""

    def __init__(self) -> None:
        super().__init__(INDEXES)
        self.left: int | None = None
        """So many commits more are taken; None: as many as come."""

    @property
    def dead(self) -> bool:
        """Whether the core is."""
        return self.left == 0

    async def commit(self, *args: Any, **kwargs: Any) -> int:
        if self.dead:
            raise RuntimeError("killed")
        if self.left is not None:
            self.left -= 1
        return await super().commit(*args, **kwargs)
