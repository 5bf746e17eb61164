"""Sampler: the usage of the host the agent stands on, as rates between one sample and the next."""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from monitor.abilities.stats.mounts import DiskUsage
from monitor.kernel.clock import Clock
from monitor.kernel.hostview import Disk, DiskIo, HostStats, Interface

_VIRTUAL_INTERFACES = ("lo", "veth", "br-", "docker", "virbr", "cali", "cni", "flannel")
"""Their traffic is counted on a real interface already, or never leaves the host."""
_VIRTUAL_DEVICES = ("loop", "ram", "zram", "sr", "fd", "dm-", "md")
"""The same for block devices: what lies below is counted."""
_DISKS_EVERY = 5.0
"""Seconds between measurements of file systems; they fill slowly."""
_AT_MOST_EVERY = 0.5
"""Seconds in which all who ask get the same sample: rates over less are noise."""


class Sampler:
    """One for the whole agent, shared by everybody who wants to know; holds what rates are measured against."""

    def __init__(self, clock: Clock, *, proc: str = "/proc", root: str = "/") -> None:
        self._clock = clock
        self._proc = Path(proc)
        if proc != "/proc":
            psutil.PROCFS_PATH = proc
        table = self._proc / "1" / "mounts"
        self._disks = DiskUsage(clock, table if os.access(table, os.R_OK) else self._proc / "mounts", Path(root))
        self._measured: tuple[Disk, ...] = ()
        self._measured_at = -_DISKS_EVERY
        self._lock = asyncio.Lock()
        self._last: HostStats | None = None
        self._before = self._count()

    async def sample(self) -> HostStats:
        """Usage now; rates are those since the sample before."""
        async with self._lock:
            fresh = self._clock.monotonic() - self._before.at < _AT_MOST_EVERY
            if self._last is None or not fresh:
                self._last = await self._take()
            return self._last

    async def _take(self) -> HostStats:
        if self._clock.monotonic() - self._measured_at >= _DISKS_EVERY:
            self._measured = await self._disks.measure()
            self._measured_at = self._clock.monotonic()
        before, now = self._before, self._count()
        self._before = now
        seconds = max(now.at - before.at, 0.001)
        cores = tuple(_busy(was, now) for was, now in zip(before.cores, now.cores, strict=False))
        memory, swap = psutil.virtual_memory(), psutil.swap_memory()
        cache = memory.cached + memory.buffers
        return HostStats(
            at=self._clock.now(),
            cpu=round(sum(cores) / len(cores), 2) if cores else 0.0,
            cores=cores,
            load=os.getloadavg(),
            memory_total=memory.total,
            memory_used=max(memory.total - memory.free - cache, 0),
            memory_cache=cache,
            swap_total=swap.total,
            swap_used=swap.used,
            disks=self._measured,
            interfaces=tuple(Interface(name, *r) for name, r in _rates(before.network, now.network, seconds)),
            disk_io=tuple(DiskIo(name, *r) for name, r in _rates(before.devices, now.devices, seconds)),
            uptime=float((self._proc / "uptime").read_text().split()[0]),
        )

    def _count(self) -> "_Counters":
        network: Mapping[str, Any] = psutil.net_io_counters(pernic=True, nowrap=False)
        devices: Mapping[str, Any] = psutil.disk_io_counters(perdisk=True, nowrap=False) or {}
        return _Counters(
            at=self._clock.monotonic(),
            cores=tuple(
                (sum(t) - _double(t), t.idle + getattr(t, "iowait", 0.0)) for t in psutil.cpu_times(percpu=True)
            ),
            network={n: (c.bytes_recv, c.bytes_sent) for n, c in network.items() if _is_real(n, _VIRTUAL_INTERFACES)},
            devices={
                n: (c.read_bytes, c.write_bytes)
                for n, c in devices.items()
                # Partitions have no folder here; their disk counts for them.
                if _is_real(n, _VIRTUAL_DEVICES) and Path("/sys/block", n.replace("/", "!")).exists()
            },
        )


class _Counters(NamedTuple):
    """What the kernel has counted since boot."""

    at: float
    cores: tuple[tuple[float, float], ...]
    """(all, idle) seconds of each core."""
    network: dict[str, tuple[int, int]]
    devices: dict[str, tuple[int, int]]


def _double(times: Any) -> float:
    """Time of guests is counted a second time under user and nice (proc_stat(5))."""
    return getattr(times, "guest", 0.0) + getattr(times, "guest_nice", 0.0)


def _busy(before: tuple[float, float], now: tuple[float, float]) -> float:
    """Percent of a core's time between two counts that it was not idle."""
    passed, idle = now[0] - before[0], now[1] - before[1]
    return round(min(max(100.0 * (passed - idle) / passed, 0.0), 100.0), 2) if passed > 0 else 0.0


def _rates(
    before: dict[str, tuple[int, int]], now: dict[str, tuple[int, int]], seconds: float
) -> list[tuple[str, tuple[float, float]]]:
    """Per second, for what was there both times; a counter that began anew reads as nothing."""
    return [
        (name, (max(now[name][0] - was[0], 0) / seconds, max(now[name][1] - was[1], 0) / seconds))
        for name, was in sorted(before.items())
        if name in now
    ]


def _is_real(name: str, virtual: tuple[str, ...]) -> bool:
    return not name.startswith(virtual)
