"""Measures: what is measured of servers and containers, by name and unit; history, charts and rules follow from it.

A figure of something there are several of has its name and the thing's: `disk_used:/srv`. Pure.
"""

from collections.abc import Callable, Hashable, Iterable
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from monitor.kernel.hostview import Disk, HostStats, percent
from monitor.kernel.samples import ContainerSample

K = TypeVar("K", bound=Hashable)
Figures = dict[str, float]
"""By name."""


class Unit(StrEnum):
    """What a figure counts."""

    PERCENT = "percent"
    """Of a container's cpu: of one core, so that it may be over 100."""
    BYTES = "bytes"
    """Of memory."""
    SPACE = "space"
    """Bytes of file systems."""
    RATE = "rate"
    """Bytes a second."""
    LOAD = "load"
    """Tasks."""
    COUNT = "count"
    CELSIUS = "celsius"


class Measure(Struct, frozen=True):
    """One thing that is measured."""

    name: str
    title: str
    unit: Unit
    each: str = ""
    """What there are several of: core, disk, device, interface, sensor or gpu."""
    fine: bool = False
    """Not kept beyond the one-minute level: of interest while it is fresh, and there may be many of it."""


SERVER_MEASURES = (
    Measure("cpu", "CPU", Unit.PERCENT),
    Measure("cpu_user", "CPU, programs", Unit.PERCENT),
    Measure("cpu_system", "CPU, kernel", Unit.PERCENT),
    Measure("cpu_iowait", "CPU, waiting for disks", Unit.PERCENT),
    Measure("cpu_steal", "CPU, taken by the hypervisor", Unit.PERCENT),
    Measure("load", "Load, 1 minute", Unit.LOAD),
    Measure("load5", "Load, 5 minutes", Unit.LOAD),
    Measure("load15", "Load, 15 minutes", Unit.LOAD),
    Measure("memory", "Memory", Unit.PERCENT),
    Measure("memory_used", "Memory used", Unit.BYTES),
    Measure("memory_total", "Memory there is", Unit.BYTES),
    Measure("memory_cache", "Memory for caches", Unit.BYTES),
    Measure("memory_arc", "Memory for ZFS's cache", Unit.BYTES),
    Measure("swap", "Swap", Unit.PERCENT),
    Measure("swap_used", "Swap used", Unit.BYTES),
    Measure("disk", "Fullest file system", Unit.PERCENT),
    Measure("inodes", "Inodes, where fewest are left", Unit.PERCENT),
    Measure("received", "Network in", Unit.RATE),
    Measure("sent", "Network out", Unit.RATE),
    Measure("read", "Disk reads", Unit.RATE),
    Measure("written", "Disk writes", Unit.RATE),
    Measure("pressure_cpu", "Pressure on cpu", Unit.PERCENT),
    Measure("pressure_memory", "Pressure on memory", Unit.PERCENT),
    Measure("pressure_io", "Pressure on disks", Unit.PERCENT),
    Measure("temperature", "Hottest sensor", Unit.CELSIUS),
    Measure("failed_units", "Failed systemd units", Unit.COUNT),
    Measure("docker_images", "Docker's images", Unit.SPACE),
    Measure("docker_containers", "Docker's containers", Unit.SPACE),
    Measure("docker_volumes", "Docker's volumes", Unit.SPACE),
    Measure("docker_build_cache", "Docker's build cache", Unit.SPACE),
    Measure("core", "Core", Unit.PERCENT, each="core", fine=True),
    Measure("disk_used", "File system used", Unit.SPACE, each="disk"),
    Measure("disk_total", "File system size", Unit.SPACE, each="disk"),
    Measure("disk_inodes", "File system's inodes used", Unit.PERCENT, each="disk"),
    Measure("interface_received", "Interface in", Unit.RATE, each="interface"),
    Measure("interface_sent", "Interface out", Unit.RATE, each="interface"),
    Measure("device_read", "Device reads", Unit.RATE, each="device"),
    Measure("device_written", "Device writes", Unit.RATE, each="device"),
    Measure("sensor", "Temperature", Unit.CELSIUS, each="sensor"),
    Measure("gpu", "GPU", Unit.PERCENT, each="gpu"),
    Measure("gpu_memory", "GPU memory", Unit.PERCENT, each="gpu"),
)
CONTAINER_MEASURES = (
    Measure("cpu", "CPU", Unit.PERCENT),
    Measure("memory", "Memory", Unit.BYTES),
    Measure("received", "Network in", Unit.RATE),
    Measure("sent", "Network out", Unit.RATE),
    Measure("read", "Disk reads", Unit.RATE),
    Measure("written", "Disk writes", Unit.RATE),
    Measure("pids", "Processes and threads", Unit.COUNT),
)
OF_SERVERS = {measure.name: measure for measure in SERVER_MEASURES}
OF_CONTAINERS = {measure.name: measure for measure in CONTAINER_MEASURES}

_MOST_EACH = 256
"""Things of one kind that are kept of one server."""


def plain(key: str) -> str:
    """The measure a figure's key belongs to: `disk_used:/srv` → `disk_used`."""
    return key.partition(":")[0]


def server_figures(stats: HostStats) -> dict[str, float]:
    """Every figure of a sample, by key; what the host does not tell is not in it."""
    split, (received, sent), (read, written) = stats.cpu_split, stats.traffic, stats.device_io
    figures: dict[str, float] = {
        "cpu": stats.cpu,
        "load": stats.load[0],
        "load5": stats.load[1],
        "load15": stats.load[2],
        "memory": percent(stats.memory_used, stats.memory_total),
        "memory_used": stats.memory_used,
        "memory_total": stats.memory_total,
        "memory_cache": stats.memory_cache,
        "received": received,
        "sent": sent,
        "read": read,
        "written": written,
    }
    if split is not None:
        figures["cpu_user"], figures["cpu_system"] = split.user, split.system
        figures["cpu_iowait"], figures["cpu_steal"] = split.iowait, split.steal
    if stats.memory_arc:
        figures["memory_arc"] = stats.memory_arc
    if stats.swap_total:
        figures["swap"] = percent(stats.swap_used, stats.swap_total)
        figures["swap_used"] = stats.swap_used
    if stats.pressure is not None:
        figures["pressure_cpu"], figures["pressure_memory"] = stats.pressure.cpu, stats.pressure.memory
        figures["pressure_io"] = stats.pressure.io
    if stats.failed_units is not None:
        figures["failed_units"] = len(stats.failed_units)
    if (docker := stats.docker_use) is not None:
        figures["docker_images"], figures["docker_containers"] = docker.images, docker.containers
        figures["docker_volumes"], figures["docker_build_cache"] = docker.volumes, docker.build_cache
    for number, core in enumerate(stats.cores[:_MOST_EACH]):
        figures[f"core:{number}"] = core
    _add_disks(figures, stats)
    _add_devices(figures, stats)
    return figures


def container_figures(sample: ContainerSample) -> dict[str, float]:
    """Of one container; rates that are not known yet are not in it."""
    told = {
        "cpu": sample.cpu,
        "memory": sample.memory,
        "received": sample.received,
        "sent": sample.sent,
        "read": sample.read,
        "written": sample.written,
        "pids": sample.pids,
    }
    return {name: figure for name, figure in told.items() if figure is not None}


def figures_by_owner(samples: Iterable[ContainerSample], owner: Callable[[ContainerSample], K]) -> dict[K, Figures]:
    """Of all that belong to one: while a deploy goes on there are two of a deployment, and together they are what it
    uses.
    """
    found: dict[K, Figures] = {}
    for sample in samples:
        key, figures = owner(sample), container_figures(sample)
        for name, figure in found.get(key, {}).items():
            figures[name] = figures.get(name, 0.0) + figure
        found[key] = figures
    return found


def _add_disks(figures: dict[str, float], stats: HostStats) -> None:
    disks = _distinct(stats.disks[:_MOST_EACH])
    if disks:
        figures["disk"] = max(percent(disk.used, disk.total) for disk in disks)
        if any(disk.inodes for disk in disks):
            figures["inodes"] = max(percent(disk.inodes_used, disk.inodes) for disk in disks)
    for disk in disks:
        figures[f"disk_used:{disk.mount}"] = disk.used
        figures[f"disk_total:{disk.mount}"] = disk.total
        if disk.inodes:
            figures[f"disk_inodes:{disk.mount}"] = percent(disk.inodes_used, disk.inodes)


def _add_devices(figures: dict[str, float], stats: HostStats) -> None:
    for interface in stats.interfaces[:_MOST_EACH]:
        figures[f"interface_received:{interface.name}"] = interface.received
        figures[f"interface_sent:{interface.name}"] = interface.sent
    for device in stats.disk_io[:_MOST_EACH]:
        figures[f"device_read:{device.name}"] = device.read
        figures[f"device_written:{device.name}"] = device.written
    if stats.temperatures:
        figures["temperature"] = max(sensor.celsius for sensor in stats.temperatures)
    for sensor in stats.temperatures[:_MOST_EACH]:
        figures[f"sensor:{sensor.name}"] = sensor.celsius
    for gpu in stats.gpus[:_MOST_EACH]:
        if gpu.busy is not None:
            figures[f"gpu:{gpu.name}"] = gpu.busy
        if gpu.memory_total:
            figures[f"gpu_memory:{gpu.name}"] = percent(gpu.memory_used, gpu.memory_total)


def _distinct(disks: Iterable[Disk]) -> list[Disk]:
    return list({disk.mount: disk for disk in disks}.values())
