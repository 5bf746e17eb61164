"""HostView: what core knows about one server right now, kept by its Watch stream."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.offers import DockerOffers

Told = Annotated[str, Meta(max_length=1000)]
Path = Annotated[str, Meta(max_length=4096)]
"""Texts of a host, which may be hostile: bounded, since every reader of a server is sent them."""


_LARGEST = 2.0**63
"""Beyond every figure of a host."""


_ANY = ("", "0.0.0.0", "::")  # noqa: S104 - what Docker says of a port that is published at every address


class Link(StrEnum):
    """The link from core to a host's agent."""

    UP = "up"
    DOWN = "down"
    NEVER = "never"
    """No agent has joined yet."""


class Port(Struct, frozen=True):
    """A published port."""

    container: int
    protocol: str
    host: int = 0
    address: str = ""

    @property
    def in_words(self) -> str:
        """As `docker ps` has it, without the address where that is all of them."""
        inside = f"{self.container}/{self.protocol}"
        if not self.host:
            return inside
        address = f"[{self.address}]" if ":" in self.address else self.address
        return f"{'' if self.address in _ANY else f'{address}:'}{self.host}->{inside}"


class Container(Struct, frozen=True, kw_only=True):
    """One container of a host, Monitor's or not. `state` and `health` are Docker's own words."""

    id: str
    name: str
    image: str
    image_id: str
    state: str
    health: str = ""
    """starting, healthy, unhealthy, or empty without a health check."""
    reason: str = ""
    """Why it is in this state: `exit code 137, out of memory`."""
    exit_code: int | None = None
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None
    out_of_memory: datetime | None = None
    """When the kernel killed it, or a process in it, for want of memory the last time its agent saw that."""
    restarts: int = 0
    ports: tuple[Port, ...] = ()
    networks: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    """Names of the volumes mounted into it, anonymous ones too."""
    project: str = ""
    """Compose project, or empty."""
    service: str = ""
    labels: tuple[tuple[str, str], ...] = ()


class Disk(Struct, frozen=True):
    """A file system: bytes, and inodes where it has a fixed number of them."""

    mount: Path
    device: Path
    total: int
    """What programs can use, without what is kept for root."""
    used: int
    inodes: int = 0
    inodes_used: int = 0


class Interface(Struct, frozen=True):
    """A network interface: bytes per second since the last sample."""

    name: Told
    received: float
    sent: float


class DiskIo(Struct, frozen=True):
    """A block device: bytes per second since the last sample."""

    name: Told
    read: float
    written: float


class CpuSplit(Struct, frozen=True):
    """What the time of all cores went to: percent."""

    user: float = 0.0
    """Programs, those with a low priority too."""
    system: float = 0.0
    """The kernel, interrupts too."""
    iowait: float = 0.0
    """Idle, but something waited for a disk."""
    steal: float = 0.0
    """Taken by the hypervisor for others."""


class Pressure(Struct, frozen=True):
    """Share of the time in which something had to wait: percent over the time since the sample before (PSI)."""

    cpu: float = 0.0
    memory: float = 0.0
    io: float = 0.0


class Temperature(Struct, frozen=True):
    """One sensor."""

    name: Told
    celsius: float


class Gpu(Struct, frozen=True, kw_only=True):
    """One graphics card; what it does not tell is null or 0."""

    name: Told
    busy: float | None = None
    """Percent."""
    memory_total: int = 0
    """Bytes."""
    memory_used: int = 0
    celsius: float | None = None


class DockerUse(Struct, frozen=True, kw_only=True):
    """What Docker takes of the disk, counted about once an hour: bytes."""

    at: datetime
    """When, by the host's clock."""
    images: int
    """Layers that images share count once."""
    containers: int
    """What they wrote into themselves."""
    volumes: int
    build_cache: int
    mount: Path = ""
    """The file system its data are on; empty where the agent does not see that."""


class HostStats(Struct, frozen=True, kw_only=True):
    """One sample of a host's usage; percent 0 to 100, memory in bytes."""

    at: datetime
    cpu: float
    """Of all cores together."""
    cpu_split: CpuSplit | None = None
    cores: Annotated[tuple[float, ...], Meta(max_length=8192)]
    load: tuple[float, float, float]
    memory_total: int
    memory_used: int
    """Without caches and buffers."""
    memory_cache: int
    memory_arc: int = 0
    """What ZFS caches, beside the kernel's own caches; not part of `memory_used`."""
    swap_total: int
    swap_used: int
    disks: Annotated[tuple[Disk, ...], Meta(max_length=4096)]
    interfaces: Annotated[tuple[Interface, ...], Meta(max_length=4096)]
    disk_io: Annotated[tuple[DiskIo, ...], Meta(max_length=4096)]
    uptime: float
    """Seconds since boot."""
    pressure: Pressure | None = None
    temperatures: Annotated[tuple[Temperature, ...], Meta(max_length=1000)] = ()
    gpus: Annotated[tuple[Gpu, ...], Meta(max_length=256)] = ()
    failed_units: Annotated[tuple[Told, ...], Meta(max_length=1000)] | None = None
    """Of systemd; null where there is none."""
    docker_use: DockerUse | None = None
    """Null until it was counted for the first time."""

    @property
    def is_sound(self) -> bool:
        """Whether every figure is one: a hostile host may send what is no number, or endless."""
        rates = [rate for i in self.interfaces for rate in (i.received, i.sent)]
        rates += [rate for d in self.disk_io for rate in (d.read, d.written)]
        sizes = [size for d in self.disks for size in (d.total, d.used, d.inodes, d.inodes_used)]
        sizes += [size for g in self.gpus for size in (g.memory_total, g.memory_used, g.busy or 0)]
        if (docker := self.docker_use) is not None:
            sizes += [docker.images, docker.containers, docker.volumes, docker.build_cache]
        memory = (self.memory_total, self.memory_used, self.memory_cache, self.memory_arc)
        swap = (self.swap_total, self.swap_used)
        heat = [t.celsius for t in self.temperatures] + [g.celsius or 0 for g in self.gpus]
        figures = (self.cpu, *self.cores, *self.load, self.uptime, *memory, *swap, *rates, *sizes, *self._shares())
        return all(0 <= figure < _LARGEST for figure in figures) and all(-273 <= each < 10_000 for each in heat)

    def _shares(self) -> tuple[float, ...]:
        split, pressure = self.cpu_split or CpuSplit(), self.pressure or Pressure()
        parts = (split.user, split.system, split.iowait, split.steal)
        return (*parts, pressure.cpu, pressure.memory, pressure.io)

    @property
    def traffic(self) -> tuple[float, float]:
        """Bytes a second received and sent over the real interfaces; what virtual ones carry crosses those too."""
        real = [
            i for i in self.interfaces if i.name not in ("lo", "docker0") and not i.name.startswith(("veth", "br-"))
        ]
        return sum(i.received for i in real), sum(i.sent for i in real)

    @property
    def device_io(self) -> tuple[float, float]:
        """Bytes a second read from and written to all devices."""
        return sum(d.read for d in self.disk_io), sum(d.written for d in self.disk_io)

    @property
    def fullest(self) -> Disk | None:
        """The file system with the least share left."""
        return max(self.disks, key=lambda d: percent(d.used, d.total), default=None)


def percent(part: int, whole: int) -> float:
    """Of a whole, to a tenth; 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0


def three_digits(figure: float) -> float:
    """What people read of it: 1234567.0 → 1230000.0."""
    return float(f"{figure:.3g}")


class AgentInfo(Struct, frozen=True, kw_only=True):
    """What an agent says of itself and its host when greeted."""

    version: Told
    calls: Annotated[tuple[Told, ...], Meta(max_length=1000)]
    """Names of every call, feed and job it answers."""
    hostname: Told = ""
    system: Told = ""
    """`Debian GNU/Linux 12 (bookworm)`."""
    kernel: Told = ""
    architecture: Told = ""
    cores: int = 0
    memory: int = 0
    docker: Told = ""
    """Engine version, or empty when Docker does not answer."""
    docker_api: Told = ""
    now: datetime | None = None
    powers: Annotated[tuple[Told, ...], Meta(max_length=100)] = ()
    """Host powers the policy allows."""
    bind_roots: Annotated[tuple[Path, ...], Meta(max_length=1000)] = ()
    """Folders below which bind mounts are allowed."""
    programs: Annotated[tuple[Told, ...], Meta(max_length=100)] | None = None
    """Of git, docker and docker-buildx those it has; null where it does not tell."""


class HostView(Struct, kw_only=True):
    """The live state of one server, replaced piece by piece; read it, never keep it."""

    link: Link = Link.NEVER
    docker: bool = False
    """Whether the host's Docker answers; containers are the last known ones when it does not."""
    reason: str = ""
    """Why the link or Docker is down."""
    since: datetime | None = None
    """When link or docker last changed."""
    containers: dict[str, Container] = {}
    """By container id."""
    by_name: dict[str, str] = {}
    """Container ids by name."""
    stats: HostStats | None = None
    agent: AgentInfo | None = None
    offers: DockerOffers | None = None
    """What its Docker has by name; None where its agent does not tell."""
    touched: dict[str, int] = {}
    """How often something happened to its images, volumes and networks, by `image`, `volume` and `network`."""

    @property
    def answers(self) -> bool:
        """Whether the host and its Docker do."""
        return self.link is Link.UP and self.docker

    def named(self, name: str) -> Container | None:
        """The container that has this name now."""
        return self.containers.get(self.by_name.get(name, ""))
