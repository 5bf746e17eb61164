"""HostView: what core knows about one server right now, kept by its Watch stream."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

Told = Annotated[str, Meta(max_length=1000)]
Path = Annotated[str, Meta(max_length=4096)]
"""Texts of a host, which may be hostile: bounded, since every reader of a server is sent them."""


_LARGEST = 2.0**63
"""Beyond every figure of a host."""


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
    """A file system: bytes."""

    mount: Path
    device: Path
    total: int
    used: int


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


class HostStats(Struct, frozen=True, kw_only=True):
    """One sample of a host's usage; percent 0 to 100, memory in bytes."""

    at: datetime
    cpu: float
    """Of all cores together."""
    cores: Annotated[tuple[float, ...], Meta(max_length=8192)]
    load: tuple[float, float, float]
    memory_total: int
    memory_used: int
    """Without cache and buffers."""
    memory_cache: int
    swap_total: int
    swap_used: int
    disks: Annotated[tuple[Disk, ...], Meta(max_length=4096)]
    interfaces: Annotated[tuple[Interface, ...], Meta(max_length=4096)]
    disk_io: Annotated[tuple[DiskIo, ...], Meta(max_length=4096)]
    uptime: float
    """Seconds since boot."""

    @property
    def is_sound(self) -> bool:
        """Whether every figure is one: a hostile host may send what is no number, or endless."""
        rates = [rate for i in self.interfaces for rate in (i.received, i.sent)]
        rates += [rate for d in self.disk_io for rate in (d.read, d.written)]
        sizes = [self.memory_total, self.memory_used, *(size for d in self.disks for size in (d.total, d.used))]
        figures = (self.cpu, *self.cores, *self.load, self.uptime, *rates, *sizes)
        return all(0 <= figure < _LARGEST for figure in figures)

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
    touched: dict[str, int] = {}
    """How often something happened to its images, volumes and networks, by `image`, `volume` and `network`."""

    def named(self, name: str) -> Container | None:
        """The container that has this name now."""
        return self.containers.get(self.by_name.get(name, ""))
