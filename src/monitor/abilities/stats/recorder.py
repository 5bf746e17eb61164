"""Recorder: a sample of the host every ten seconds, kept for an hour, so that core misses none while it is away.

Each has a number that grows by one with the grid, so that core can tell what it has from what it has not; a number is
left out when the agent could not measure in time. What is kept lies in memory: it ends with the agent.
"""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Callable

from monitor.abilities.stats.containers import Containers
from monitor.abilities.stats.sampler import Sampler
from monitor.kernel.clock import Clock
from monitor.kernel.samples import BUFFERED, GRID, Sample

_LOG = logging.getLogger(__name__)


class Recorder:
    """One for the whole agent; `run` measures until it is cancelled."""

    def __init__(self, clock: Clock, sampler: Sampler, containers: Containers) -> None:
        self.boot = secrets.token_hex(8)
        """Of this agent's life: numbers of another one mean other moments."""
        self._clock = clock
        self._sampler = sampler
        self._containers = containers
        self._kept: deque[Sample] = deque(maxlen=BUFFERED)
        self._told: set[Callable[[], None]] = set()
        # The grid lies on whole ten seconds of the host's clock as it was at the start, and follows its steady one.
        self._zero = clock.monotonic() - clock.now().timestamp() % GRID

    def after(self, boot: str, seq: int) -> tuple[Sample, ...]:
        """What was measured later than what core has; of another life, everything."""
        return tuple(self._kept) if boot != self.boot else tuple(each for each in self._kept if each.seq > seq)

    @property
    def position(self) -> float:
        """Which number, and how far into it, is now."""
        return (self._clock.monotonic() - self._zero) / GRID

    def listen(self, told: Callable[[], None]) -> None:
        """Call `told` after each sample."""
        self._told.add(told)

    def leave(self, told: Callable[[], None]) -> None:
        """Do not any more."""
        self._told.discard(told)

    async def run(self) -> None:
        """Measure on the grid."""
        told = [self._sampler.gpus, *([self._sampler.docker] if self._sampler.docker else [])]
        following = [asyncio.create_task(each.follow(self._clock)) for each in told]
        try:
            await self._measure()
        finally:
            for task in following:
                task.cancel()
            await asyncio.gather(*following, return_exceptions=True)
            await self._containers.stop()

    async def _measure(self) -> None:
        before = self._sampler.count()
        await self._containers.measure()
        while True:
            seq = int(self.position) + 1
            await self._clock.sleep(self._zero + seq * GRID - self._clock.monotonic())
            now = self._sampler.count()
            try:
                stats = await self._sampler.between(before, now)
                self._keep(Sample(seq, stats, await self._containers.measure()))
            except Exception:
                # A host that shows something strange for once must not be without history from then on.
                _LOG.exception("sample %d could not be taken", seq)
            before = now
            await self._sampler.look_at_units()

    def _keep(self, sample: Sample) -> None:
        self._kept.append(sample)
        for told in tuple(self._told):
            told()
