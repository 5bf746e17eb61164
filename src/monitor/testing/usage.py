"""Usage: the made-up figures of a simulated host: steady, or a noise that depends on nothing but the time."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.kernel.clock import Clock
from monitor.kernel.hostview import Disk, DiskIo, DockerUse, Gpu, HostStats, Interface, Temperature

UsageOf = Callable[[Clock], HostStats]
"""The sample of a host at its clock's time."""

_GIB = 1024**3


def steady(clock: Clock) -> HostStats:
    """The same at any time."""
    return HostStats(
        at=clock.now(),
        cpu=12.5,
        cores=(10.0, 15.0),
        load=(0.5, 0.4, 0.3),
        memory_total=8 * _GIB,
        memory_used=2 * _GIB,
        memory_cache=_GIB,
        swap_total=0,
        swap_used=0,
        disks=(Disk(mount="/", device="/dev/vda1", total=100 * _GIB, used=40 * _GIB),),
        interfaces=(Interface(name="eth0", received=1000.0, sent=500.0),),
        disk_io=(DiskIo(name="vda", read=0.0, written=4096.0),),
        uptime=3600.0 + clock.monotonic(),
    )


@dataclass(frozen=True, kw_only=True)
class NoisyUsage:
    """Smooth noise around given levels; percents are 0 to 100, sizes in bytes. Two of one seed are alike."""

    seed: str
    cores: int
    cpu: float
    memory_total: int
    memory: float
    disk_total: int
    disk: float
    """At `known`."""
    known: datetime
    disk_growth: float = 0.0
    """Bytes an hour."""
    network: float = 10_000_000.0
    """Bytes a second, received; about a third of it is sent."""
    booted: datetime
    docker: tuple[int, int, int, int] | None = None
    """Bytes of images, containers, volumes and build cache, counted each full hour."""
    gpus: tuple[str, ...] = ()
    failed_units: tuple[str, ...] | None = None

    def __call__(self, clock: Clock) -> HostStats:
        now = clock.now()
        cores = self._cores(now)
        busy = sum(cores) / len(cores)
        memory = self._level(now, "memory", self.memory, 0.08)
        received = self.network * self._level(now, "network", 50, 0.9) / 50
        written = 4_000_000 * self._level(now, "disk", 50, 0.95) / 50
        return HostStats(
            at=now,
            cpu=round(busy, 1),
            cores=cores,
            load=tuple(round(self.cores * busy / 100 * part, 2) for part in (1.1, 1.0, 0.9)),  # type: ignore[arg-type]
            memory_total=self.memory_total,
            memory_used=round(self.memory_total * memory / 100),
            memory_cache=round(self.memory_total * (100 - memory) / 100 * 0.6),
            swap_total=2 * _GIB,
            swap_used=round(2 * _GIB * self._level(now, "swap", 4, 0.5) / 100),
            disks=self._disks(now),
            interfaces=(
                Interface(name="eth0", received=round(received), sent=round(received * 0.34)),
                Interface(name="docker0", received=round(received * 0.2), sent=round(received * 0.21)),
            ),
            disk_io=(DiskIo(name="nvme0n1", read=round(written * 0.4), written=round(written)),),
            uptime=(now - self.booted).total_seconds(),
            temperatures=(Temperature("coretemp package 0", round(34 + 0.42 * busy, 1)),),
            gpus=tuple(self._gpu(now, name) for name in self.gpus),
            failed_units=self.failed_units,
            docker_use=self._docker(now),
        )

    def _gpu(self, now: datetime, name: str) -> Gpu:
        busy = self._level(now, name, 60, 0.6)
        return Gpu(
            name=name,
            busy=round(busy),
            memory_total=24 * _GIB,
            memory_used=round(24 * _GIB * self._level(now, f"{name} memory", 55, 0.2) / 100),
            celsius=round(38 + busy / 3),
        )

    def _docker(self, now: datetime) -> DockerUse | None:
        if self.docker is None:
            return None
        images, containers, volumes, build_cache = self.docker
        at = now.replace(minute=0, second=0, microsecond=0)
        return DockerUse(
            at=at, images=images, containers=containers, volumes=volumes, build_cache=build_cache, mount="/"
        )

    def _cores(self, now: datetime) -> tuple[float, ...]:
        """Each around what all of them do."""
        together = self._level(now, "cpu", self.cpu, 0.75)
        at = now.timestamp() / 40
        alone = (1 + 0.5 * self._noise(f"core {n}", at) for n in range(self.cores))
        return tuple(round(min(100.0, together * part), 1) for part in alone)

    def _disks(self, now: datetime) -> tuple[Disk, ...]:
        grown = self.disk_growth * ((now - self.known) / timedelta(hours=1))
        used = min(self.disk_total, max(0, round(self.disk_total * self.disk / 100 + grown)))
        boot = Disk(mount="/boot", device="/dev/nvme0n1p1", total=_GIB // 2, used=_GIB // 8)
        return (Disk(mount="/", device="/dev/nvme0n1p2", total=self.disk_total, used=used), boot)

    def _level(self, now: datetime, what: str, middle: float, spread: float) -> float:
        """Around `middle`, by `spread` of it at most: a slow swell, a wave of minutes and a ripple of seconds."""
        at = now.timestamp()
        wave = (
            0.45 * self._noise(what, at / 5400) + 0.35 * self._noise(what, at / 240) + 0.2 * self._noise(what, at / 15)
        )
        return min(100.0, max(0.0, middle * (1 + spread * wave)))

    def _noise(self, what: str, at: float) -> float:
        """Between -1 and 1, without a jump: neighbouring points of a made-up row, eased into each other."""
        left, part = int(at // 1), at % 1
        eased = part * part * (3 - 2 * part)
        return self._point(what, left) * (1 - eased) + self._point(what, left + 1) * eased

    def _point(self, what: str, at: int) -> float:
        return zlib.crc32(f"{self.seed} {what} {at}".encode()) / 2**31 - 1
