"""DockerCount: what Docker takes of the disk, counted now and then beside the samples, which tell the last count."""

import logging
from pathlib import Path

from monitor.abilities.docker.disk_use import taken
from monitor.abilities.docker.engine import Engine
from monitor.abilities.stats.counters import text
from monitor.abilities.stats.mounts import holding, table_of
from monitor.kernel.clock import Clock
from monitor.kernel.errors import MonitorError
from monitor.kernel.hostview import DockerUse

_LOG = logging.getLogger(__name__)

_FIRST = 60.0
"""Seconds after the agent's start, when there is other work."""
_EVERY = 3600.0
_REST = 100.0
"""After a count the daemon rests so many times as long as it took: a large host costs 1 % of a disk at most."""
_LIMIT = 600.0


class DockerCount:
    """Of this host as it was counted last."""

    def __init__(self, docker: Engine, proc: Path = Path("/proc")) -> None:
        self._docker = docker
        self._proc = proc
        self._counted: DockerUse | None = None

    def now(self) -> DockerUse | None:
        """Without waiting for anything."""
        return self._counted

    async def follow(self, clock: Clock) -> None:
        """Count, rarely, until cancelled. What cannot be counted keeps its last figures, with their time."""
        await clock.sleep(_FIRST)
        while True:
            began = clock.monotonic()
            try:
                found = taken(await self._docker.disk_use.count(limit=_LIMIT))
                self._counted = DockerUse(at=clock.now(), mount=await self._mount(), **found._asdict())
            except MonitorError as failure:
                _LOG.info("Docker's disk use was not counted: %s", failure)
            except Exception:
                _LOG.exception("Docker's disk use cannot be read")
            await clock.sleep(max(_EVERY, _REST * (clock.monotonic() - began)))

    async def _mount(self) -> str:
        """An agent in a container of its own may not see where Docker's data are."""
        folder = str((await self._docker.info()).get("DockerRootDir") or "")
        return holding(text(table_of(self._proc)), folder) if folder else ""
