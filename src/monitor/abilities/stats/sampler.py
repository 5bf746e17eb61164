"""Sampler: the usage of the host the agent stands on; everybody who asks at once is given the same."""

import asyncio
from pathlib import Path

from monitor.abilities.stats.counters import Counters, Slow, count, usage
from monitor.abilities.stats.docker_use import DockerCount
from monitor.abilities.stats.gpus import Gpus
from monitor.abilities.stats.mounts import DiskUsage, table_of
from monitor.abilities.stats.sensors import temperatures
from monitor.abilities.stats.units import failed_units
from monitor.kernel.clock import Clock
from monitor.kernel.hostview import Disk, HostStats, Temperature

_DISKS_EVERY = 5.0
"""Seconds between measurements of file systems and sensors; they change slowly."""
_UNITS_EVERY = 300.0
"""Seconds between two questions to systemd: each is a program that is run."""
_AT_MOST_EVERY = 0.5
"""Seconds in which all who ask get the same sample: rates over less are noise."""


class Sampler:
    """One for the whole agent. `sample` is for who looks now; history has a baseline of its own (`between`)."""

    def __init__(
        self,
        clock: Clock,
        docker: DockerCount | None = None,
        *,
        proc: str = "/proc",
        root: str = "/",
        sys: str = "/sys",
    ) -> None:
        self._clock = clock
        self.proc = Path(proc)
        self.sys = Path(sys)
        self._disks = DiskUsage(clock, table_of(self.proc), Path(root))
        self.gpus = Gpus(self.sys)
        self.docker = docker
        self._measured: tuple[Disk, ...] = ()
        self._heat: tuple[Temperature, ...] = ()
        self._measured_at = -_DISKS_EVERY
        self._failed: tuple[str, ...] | None = None
        self._failed_at = -_UNITS_EVERY
        self._lock = asyncio.Lock()
        self._last: HostStats | None = None
        self._before = self.count()

    async def sample(self) -> HostStats:
        """Usage now; rates are those since the sample before."""
        async with self._lock:
            fresh = self._clock.monotonic() - self._before.at < _AT_MOST_EVERY
            if self._last is None or not fresh:
                before, self._before = self._before, self.count()
                self._last = await self._usage(before, self._before)
            return self._last

    async def between(self, before: Counters, now: Counters) -> HostStats:
        """Usage between two readings of one's own."""
        async with self._lock:
            return await self._usage(before, now)

    def count(self) -> Counters:
        """A reading now."""
        return count(self._clock.monotonic(), self.proc, self.sys / "block")

    async def look_at_units(self) -> None:
        """Ask systemd again, if it was long ago."""
        if self._clock.monotonic() - self._failed_at >= _UNITS_EVERY:
            self._failed_at = self._clock.monotonic()
            self._failed = await failed_units(self._clock)

    async def _usage(self, before: Counters, now: Counters) -> HostStats:
        if self._clock.monotonic() - self._measured_at >= _DISKS_EVERY:
            self._measured = await self._disks.measure()
            self._heat = temperatures(self.sys)
            self._measured_at = self._clock.monotonic()
        slow = Slow(self._measured, self._heat, self.gpus.now(), self._failed, self.docker and self.docker.now())
        return usage(before, now, self.proc, self._clock.now(), slow)
