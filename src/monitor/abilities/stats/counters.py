"""Counters: what the kernel has counted since boot at one moment, and a host's usage between two such moments."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from monitor.abilities.stats import proc
from monitor.abilities.stats.proc import Times
from monitor.kernel.hostview import CpuSplit, Disk, DiskIo, DockerUse, Gpu, HostStats, Interface, Pressure, Temperature

_VIRTUAL_INTERFACES = (
    *("lo", "veth", "br-", "docker", "virbr", "cali", "cni", "flannel"),
    *("ifb", "vnet", "tap", "fwpr", "fwln", "fwbr", "dummy"),
)
"""Their traffic is counted on a real interface already, or never leaves the host."""
_VIRTUAL_DEVICES = ("loop", "ram", "zram", "sr", "fd", "dm-", "md")
"""The same for block devices: what lies below is counted."""
_RESOURCES = ("cpu", "memory", "io")


class Counters(NamedTuple):
    """One reading."""

    at: float
    """Seconds of a clock that never goes back."""
    cpu: dict[str, Times]
    network: dict[str, tuple[int, int]]
    devices: dict[str, tuple[int, int]]
    pressure: dict[str, int]


class Slow(NamedTuple):
    """What changes slowly, or is told by others."""

    disks: tuple[Disk, ...] = ()
    temperatures: tuple[Temperature, ...] = ()
    gpus: tuple[Gpu, ...] = ()
    failed_units: tuple[str, ...] | None = None
    docker_use: DockerUse | None = None


def count(at: float, files: Path, blocks: Path) -> Counters:
    """Read what lies under a /proc; `blocks` is /sys/block, with a folder for each disk and none for partitions."""
    pressures = {name: proc.pressure(text(files / "pressure" / name)) for name in _RESOURCES}
    return Counters(
        at=at,
        cpu=proc.cpu_times(text(files / "stat")),
        network=_real(proc.network(text(files / "1/net/dev") or text(files / "net/dev")), _VIRTUAL_INTERFACES),
        devices={
            name: bytes_
            for name, bytes_ in _real(proc.devices(text(files / "diskstats")), _VIRTUAL_DEVICES).items()
            if (blocks / name.replace("/", "!")).exists()
        },
        pressure={name: total for name, total in pressures.items() if total is not None},
    )


def usage(before: Counters, now: Counters, files: Path, at: datetime, slow: Slow) -> HostStats:
    """Between two readings; sizes are those of now."""
    seconds = max(now.at - before.at, 0.001)
    arc = proc.arc_size(text(files / "spl/kstat/zfs/arcstats"))
    memory = proc.memory(text(files / "meminfo"), arc)
    cores = [name for name in now.cpu if name != "cpu"]
    busy = tuple(_busy(before.cpu.get(name), now.cpu[name]) for name in cores)
    return HostStats(
        at=at,
        cpu=round(sum(busy) / len(busy), 2) if busy else 0.0,
        cpu_split=_split(before.cpu.get("cpu"), now.cpu.get("cpu")),
        cores=busy,
        load=proc.load(text(files / "loadavg")),
        memory_total=memory.total,
        memory_used=memory.used,
        memory_cache=memory.cache,
        memory_arc=arc,
        swap_total=memory.swap_total,
        swap_used=memory.swap_used,
        disks=slow.disks,
        interfaces=tuple(Interface(name, *pair) for name, pair in rates(before.network, now.network, seconds)),
        disk_io=tuple(DiskIo(name, *pair) for name, pair in rates(before.devices, now.devices, seconds)),
        uptime=proc.uptime(text(files / "uptime")),
        pressure=_pressure(before.pressure, now.pressure, seconds),
        temperatures=slow.temperatures,
        gpus=slow.gpus,
        failed_units=slow.failed_units,
        docker_use=slow.docker_use,
    )


def rates(
    before: Mapping[str, tuple[int, int]], now: Mapping[str, tuple[int, int]], seconds: float
) -> list[tuple[str, tuple[float, float]]]:
    """Per second, for what was there both times; a counter that began anew reads as nothing."""
    return [
        (name, (max(now[name][0] - was[0], 0) / seconds, max(now[name][1] - was[1], 0) / seconds))
        for name, was in sorted(before.items())
        if name in now
    ]


def text(file: Path) -> str:
    """What stands in a file; nothing where it is not, or may not be read."""
    try:
        return file.read_text(errors="replace")
    except OSError:
        return ""


def _busy(before: Times | None, now: Times) -> float:
    """Percent of a core's time that it was not idle; one that came in between has none yet."""
    if before is None:
        return 0.0
    passed = now.total - before.total
    idle = now.idle + now.iowait - before.idle - before.iowait
    return round(min(max(100.0 * (passed - idle) / passed, 0.0), 100.0), 2) if passed > 0 else 0.0


def _split(before: Times | None, now: Times | None) -> CpuSplit | None:
    if now is None:
        return None
    passed = now.total - before.total if before else 0
    if before is None or passed <= 0:
        return CpuSplit()

    def share(this: int, then: int) -> float:
        return round(min(max(100.0 * (this - then) / passed, 0.0), 100.0), 2)

    return CpuSplit(
        share(now.user, before.user),
        share(now.system, before.system),
        share(now.iowait, before.iowait),
        share(now.steal, before.steal),
    )


def _pressure(before: Mapping[str, int], now: Mapping[str, int], seconds: float) -> Pressure | None:
    if not now:
        return None
    shares = (max(now.get(name, 0) - before.get(name, now.get(name, 0)), 0) / seconds / 10_000 for name in _RESOURCES)
    return Pressure(*(round(min(share, 100.0), 2) for share in shares))


def _real(found: dict[str, tuple[int, int]], virtual: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    return {name: pair for name, pair in found.items() if not name.startswith(virtual)}
