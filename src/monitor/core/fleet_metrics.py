"""FleetMetrics: servers and containers as /metrics tells them, to one caller: those he may read, and what is fresh."""

import asyncio

from msgspec import Struct

from monitor.core.caller import Caller
from monitor.core.exposition import LONGEST, Family, Page, labelled
from monitor.core.fleet import Fleet
from monitor.core.ownership import owner_of
from monitor.core.parts import Parts
from monitor.kernel.hostview import Container, HostStats, HostView, Link
from monitor.kernel.measures import container_figures, plain, server_figures

MOST = 1000
"""Containers of one server."""
_S, _C = "monitor_server_", "monitor_container_"


class Told(Struct, frozen=True):
    """How a measure is told: in which family, multiplied by what, and by which label beside the server's."""

    family: Family
    times: float = 1.0
    label: str = ""
    """Whose value is the thing the figure is of, or `value`."""
    value: str = ""


def _told(name: str, help: str, times: float = 1.0, label: str = "", value: str = "") -> Told:
    return Told(Family(name, help), times, label, value)


_MODE = "Share of all cores' time by what it went to"
_PRESSURE = "Share of the time in which something waited for the resource"
_DOCKER = "What Docker takes of the disk, counted about once an hour"
SERVER: dict[str, Told] = {
    "cpu": _told(f"{_S}cpu_ratio", "Share of all cores that was busy", 0.01),
    "cpu_user": _told(f"{_S}cpu_mode_ratio", _MODE, 0.01, "mode", "user"),
    "cpu_system": _told(f"{_S}cpu_mode_ratio", _MODE, 0.01, "mode", "system"),
    "cpu_iowait": _told(f"{_S}cpu_mode_ratio", _MODE, 0.01, "mode", "iowait"),
    "cpu_steal": _told(f"{_S}cpu_mode_ratio", _MODE, 0.01, "mode", "steal"),
    "load": _told(f"{_S}load1", "Load over 1 minute"),
    "load5": _told(f"{_S}load5", "Load over 5 minutes"),
    "load15": _told(f"{_S}load15", "Load over 15 minutes"),
    "memory_used": _told(f"{_S}memory_used_bytes", "Memory used, without caches"),
    "memory_total": _told(f"{_S}memory_total_bytes", "Memory there is"),
    "memory_cache": _told(f"{_S}memory_cache_bytes", "Memory for the kernel's caches"),
    "memory_arc": _told(f"{_S}memory_arc_bytes", "Memory for ZFS's cache"),
    "swap": _told(f"{_S}swap_ratio", "Share of the swap that is used", 0.01),
    "swap_used": _told(f"{_S}swap_used_bytes", "Swap used"),
    "received": _told(f"{_S}network_receive_bytes_per_second", "Bytes a second in, over all real interfaces"),
    "sent": _told(f"{_S}network_transmit_bytes_per_second", "Bytes a second out, over all real interfaces"),
    "read": _told(f"{_S}disk_read_bytes_per_second", "Bytes a second read from all disks"),
    "written": _told(f"{_S}disk_write_bytes_per_second", "Bytes a second written to all disks"),
    "pressure_cpu": _told(f"{_S}pressure_ratio", _PRESSURE, 0.01, "resource", "cpu"),
    "pressure_memory": _told(f"{_S}pressure_ratio", _PRESSURE, 0.01, "resource", "memory"),
    "pressure_io": _told(f"{_S}pressure_ratio", _PRESSURE, 0.01, "resource", "io"),
    "failed_units": _told(f"{_S}failed_units", "Units of systemd that have failed"),
    "docker_images": _told(f"{_S}docker_disk_bytes", _DOCKER, 1, "kind", "images"),
    "docker_containers": _told(f"{_S}docker_disk_bytes", _DOCKER, 1, "kind", "containers"),
    "docker_volumes": _told(f"{_S}docker_disk_bytes", _DOCKER, 1, "kind", "volumes"),
    "docker_build_cache": _told(f"{_S}docker_disk_bytes", _DOCKER, 1, "kind", "build_cache"),
    "core": _told(f"{_S}core_cpu_ratio", "Share of the core's time that it was busy", 0.01, "core"),
    "disk_used": _told(f"{_S}filesystem_used_bytes", "File system used", 1, "mount"),
    "disk_total": _told(f"{_S}filesystem_size_bytes", "File system size", 1, "mount"),
    "disk_inodes": _told(f"{_S}filesystem_inodes_ratio", "Share of the inodes that is used", 0.01, "mount"),
    "interface_received": _told(f"{_S}interface_receive_bytes_per_second", "Bytes a second in", 1, "interface"),
    "interface_sent": _told(f"{_S}interface_transmit_bytes_per_second", "Bytes a second out", 1, "interface"),
    "device_read": _told(f"{_S}device_read_bytes_per_second", "Bytes a second read", 1, "device"),
    "device_written": _told(f"{_S}device_write_bytes_per_second", "Bytes a second written", 1, "device"),
    "sensor": _told(f"{_S}temperature_celsius", "Temperature", 1, "sensor"),
    "gpu": _told(f"{_S}gpu_ratio", "Share of the time the graphics card was busy", 0.01, "gpu"),
    "gpu_memory": _told(f"{_S}gpu_memory_ratio", "Share of the graphics card's memory that is used", 0.01, "gpu"),
}
DERIVED = ("memory", "disk", "inodes", "temperature")
"""Measures that follow from others here."""
CONTAINER: dict[str, Told] = {
    "cpu": _told(f"{_C}cpu_ratio", "Cpu over the last ten seconds; 1 is one core", 0.01),
    "memory": _told(f"{_C}memory_bytes", "Memory, without what the kernel only caches"),
    "received": _told(f"{_C}network_receive_bytes_per_second", "Bytes a second in, over the last ten seconds"),
    "sent": _told(f"{_C}network_transmit_bytes_per_second", "Bytes a second out, over the last ten seconds"),
    "read": _told(f"{_C}disk_read_bytes_per_second", "Bytes a second read, over the last ten seconds"),
    "written": _told(f"{_C}disk_write_bytes_per_second", "Bytes a second written, over the last ten seconds"),
    "pids": _told(f"{_C}pids", "Processes and threads"),
}
UP = Family(f"{_S}up", "Whether the server answers")
DOCKER_UP = Family(f"{_S}docker_up", "Whether the server's Docker answers")
UPTIME = Family(f"{_S}uptime_seconds", "Time since the server was booted")
RUNNING = Family(f"{_C}running", "Whether the container runs")
HEALTHY = Family(f"{_C}healthy", "Whether its health check says it is well; only of those that have one")
RESTARTS = Family(f"{_C}restarts_total", "How often Docker restarted it since it was made")
STARTED = Family(f"{_C}start_time_seconds", "When it was started, since the epoch")
FAMILIES = tuple(
    dict.fromkeys(
        [UP, DOCKER_UP, UPTIME]
        + [told.family for told in SERVER.values()]
        + [RUNNING, HEALTHY, RESTARTS, STARTED]
        + [told.family for told in CONTAINER.values()]
    )
)


class FleetMetrics:
    """Of one core. One page is made at a time, and the others are let in between the servers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._making = asyncio.Lock()

    async def page(self, caller: Caller) -> Page:
        """What this caller may read now."""
        page = Page(FAMILIES)
        async with self._making:
            for record in self._parts.catalog.by_name("server"):
                if self._parts.permit.readable(caller, "server", record.id):
                    self._server(page, caller, record.id, record.stored.name)
                    await asyncio.sleep(0)
        return page

    def _server(self, page: Page, caller: Caller, id: str, name: str) -> None:
        labels = labelled({"server": name})
        view = self._parts.hosts.view(id)
        up = view is not None and view.link is Link.UP
        page.put(UP, labels, up)
        if view is None or not up:  # what was known of one that is away is not how it is
            return
        page.put(DOCKER_UP, labels, view.docker)
        if view.stats is not None:
            _put_stats(page, name, view.stats)
        if view.docker:
            self._containers(page, caller, id, name, view)

    def _containers(self, page: Page, caller: Caller, id: str, name: str, view: HostView) -> None:
        samples = self._parts.usage.containers(id)
        # A host that lies may give two the same name; a page with one series twice would be refused whole.
        shown = {container.name[:LONGEST]: container for container in Fleet(self._parts, caller).of(id)}
        for called in sorted(shown)[:MOST]:
            container = shown[called]
            owner = self._parts.catalog.get("deployment", owner_of(self._parts, id, container).deployment)
            texts = {"server": name, "container": called, "deployment": owner.stored.name if owner else ""}
            labels = labelled(texts)
            _put_standing(page, labels, container)
            sample = samples.get(container.id)
            if sample is not None and container.state == "running":
                for key, figure in container_figures(sample).items():
                    page.put(CONTAINER[key].family, labels, figure * CONTAINER[key].times)


def _put_stats(page: Page, server: str, stats: HostStats) -> None:
    page.put(UPTIME, labelled({"server": server}), stats.uptime)
    told: dict[tuple[Family, str], float] = {}
    for key, figure in server_figures(stats).items():
        how = SERVER.get(plain(key))
        if how is not None:
            more = {how.label: how.value or key.partition(":")[2]} if how.label else {}
            told[how.family, labelled({"server": server, **more})] = figure * how.times
    for (family, labels), figure in told.items():
        page.put(family, labels, figure)


def _put_standing(page: Page, labels: str, container: Container) -> None:
    page.put(RUNNING, labels, container.state == "running")
    page.put(RESTARTS, labels, container.restarts)
    if container.health:
        page.put(HEALTHY, labels, container.health == "healthy")
    if container.started is not None and container.state == "running":
        page.put(STARTED, labels, round(container.started.timestamp()))
