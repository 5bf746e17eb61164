"""Pruning: BuildKit's cache, in passes. A layer that an image shares with it makes room only once both are gone."""

from monitor.abilities.agent.contract import Run
from monitor.abilities.cleaning.calls import GoingCache, Kind
from monitor.abilities.docker.cache import BuildCache

STEP = "build_cache"


class Pruning:
    """Of one clean-up."""

    def __init__(self, run: Run, going: GoingCache) -> None:
        self._run = run
        self._going = going
        self._gone: set[str] = set()

    async def once(self) -> None:
        """One step."""
        cache, going = BuildCache(self._run.agent.docker), self._going
        async with self._run.step(STEP):
            before = len(self._gone)
            if going.unused_for:
                self._gone |= await cache.prune(unused_for=going.unused_for)
            if going.keep is not None:
                self._gone |= await cache.prune(keep=going.keep)
            self._run.output(f"{len(self._gone) - before} records\n".encode())

    @property
    def kind(self) -> Kind:
        """What came of all passes."""
        freed = sum(self._going.alone.get(id, 0) for id in self._gone)
        return Kind(kind=STEP, removed=len(self._gone), freed=freed)
