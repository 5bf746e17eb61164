"""What a server is: a host that runs a periphery, reached at an address."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.fleet import PlacedContainer, Trend, UsageSeries
from monitor.kernel.hostview import AgentInfo, Container, HostStats
from monitor.kernel.marks import shown
from monitor.kernel.operation import Edit, Needs, Query
from monitor.kernel.permission import Level
from monitor.kernel.resource import Column, ColumnKind, ResourceType
from monitor.kernel.stream import Stream


class ServerConfig(Struct, frozen=True, kw_only=True):
    """What people set on a server."""

    address: Annotated[
        str,
        Meta(max_length=253, pattern=r"^[A-Za-z0-9._:%\[\]-]*$"),
        shown(
            "Address", "Host name or IP address core reaches the periphery at; join fills it in.", group="Connection"
        ),
    ] = ""
    port: Annotated[int, Meta(ge=1, le=65535), shown("Port", "Where the periphery listens.", group="Connection")] = 8120
    enabled: Annotated[bool, shown("Enabled", "Off: core leaves the host alone.", group="Behaviour")] = True
    build_slots: Annotated[
        int, Meta(ge=1, le=64), shown("Builds at a time", "More wait in order.", group="Behaviour")
    ] = 1


class ServerInfo(Struct, frozen=True, kw_only=True):
    """What Monitor noted about a server."""

    pin: str = ""
    """The periphery's certificate (PEM) pinned when it joined; empty before."""
    joined: datetime | None = None


class ServerStatus(Struct, frozen=True, kw_only=True):
    """The live state of a server."""

    state: str
    """up, down, waiting (no periphery has joined yet) or disabled."""
    docker: bool = False
    reason: str = ""
    since: datetime | None = None
    containers: int = 0
    running: int = 0
    cpu: float | None = None
    """Percent of all cores."""
    memory: float | None = None
    """Percent used, without cache."""
    disk: float | None = None
    """Percent of the fullest file system."""
    fullest: str = ""
    """Where the fullest file system is mounted."""
    received: float | None = None
    """Bytes a second over all real interfaces, to three digits."""
    sent: float | None = None
    uptime: int | None = None
    """Seconds since boot, in whole minutes."""
    cores: int | None = None
    memory_total: int | None = None
    """Bytes."""
    agent: AgentInfo | None = None


class JoinToken(Struct, frozen=True, kw_only=True):
    """What a host needs to join, once, within 15 minutes."""

    token: str
    expires: datetime
    command: str
    """What to run on the host."""


class IssueJoinToken(Edit[JoinToken], frozen=True, kw_only=True, tag="server.join_token"):
    """Make the token with which a host's periphery joins as this server."""

    title: ClassVar[str] = "Make join token"

    replace: bool = False
    """Needed when a periphery has joined already: the new one takes its place. Only admins may."""


class JoinStage(StrEnum):
    """How far the joining of a host has come."""

    NONE = "none"
    """No token was made since core started, and no host has joined."""
    WAITING = "waiting"
    """A token was made; no host has used it."""
    INTRODUCED = "introduced"
    """A host has proved that it holds the token."""
    CALLING = "calling"
    """Core calls it at its address."""
    FAILED = "failed"
    """It was refused, or core could not call it; `error` says why. The token stays good until it expires."""
    JOINED = "joined"


class JoinState(Struct, frozen=True, kw_only=True):
    """Where the joining of a server's host stands."""

    state: JoinStage
    error: str = ""
    hint: str = ""
    address: str = ""
    """Where core calls the host."""
    port: int = 0
    at: datetime | None = None
    """When it came so far."""
    expires: datetime | None = None
    """Until when the token may be used; nothing is told at that moment."""


class WatchJoin(Stream[JoinState], frozen=True, kw_only=True, tag="server.watch_join"):
    """How far the joining of the server's host has come, live, under the key `join`."""

    needs: ClassVar[Needs] = IssueJoinToken.needs


class ListContainers(Query[tuple[Container, ...]], frozen=True, kw_only=True, tag="server.containers"):
    """Every container of the server the caller may see, Monitor's or not, by compose project and name."""


class ListAllContainers(
    Query[tuple[PlacedContainer, ...]], frozen=True, kw_only=True, tag="server.list_all_containers"
):
    """Every container the caller may see on the servers he may read, by server, compose project and name."""

    targeted: ClassVar[bool] = False


class RecentUsage(Query[UsageSeries], frozen=True, kw_only=True, tag="server.recent_usage"):
    """What the server used over the last hour, a sample every five seconds."""


class Trends(Query[tuple[Trend, ...]], frozen=True, kw_only=True, tag="server.trends"):
    """What each server the caller may read used over the last half hour, by name."""

    targeted: ClassVar[bool] = False


class Usage(Stream[HostStats], frozen=True, kw_only=True, tag="server.usage"):
    """System usage, a sample a second while somebody looks."""


class Containers(Stream[Container], frozen=True, kw_only=True, tag="server.watch_containers"):
    """The server's containers, live."""

    needs: ClassVar[Needs] = Level.READ


class AllContainers(Stream[PlacedContainer], frozen=True, kw_only=True, tag="server.all_containers"):
    """The containers of every server the caller may read, live, by `server/container`."""

    targeted: ClassVar[bool] = False


SERVER: ResourceType[ServerConfig, ServerInfo, ServerStatus] = ResourceType(
    name="server",
    plural="servers",
    title="Server",
    help="A host with a periphery.",
    config=ServerConfig,
    info=ServerInfo,
    status=ServerStatus,
    operations=(IssueJoinToken, ListContainers, ListAllContainers, RecentUsage, Trends),
    streams=(WatchJoin, Usage, Containers, AllContainers),
    columns=(
        Column("status.state", "State", ColumnKind.STATE),
        Column("config.address", "Address"),
        Column("status.cpu", "CPU", ColumnKind.PERCENT),
        Column("status.memory", "Memory", ColumnKind.PERCENT),
        Column("status.disk", "Disk", ColumnKind.PERCENT),
        Column("status.running", "Running", ColumnKind.NUMBER),
    ),
)
