"""What Monitor notes about a server, and its live state."""

from datetime import datetime

from msgspec import Struct

from monitor.kernel.hostview import AgentInfo


class LastCleanUp(Struct, frozen=True, kw_only=True):
    """What the last clean-up of a server came to."""

    activity: str
    at: datetime
    removed: int
    freed: int
    """Bytes."""


class ServerInfo(Struct, frozen=True, kw_only=True):
    """What Monitor noted about a server."""

    pin: str = ""
    """The periphery's certificate (PEM) pinned when it joined; empty before."""
    joined: datetime | None = None
    cleaned: LastCleanUp | None = None


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
    load: float | None = None
    """Tasks that ran or waited over the last minute, to a tenth."""
    temperature: int | None = None
    """Degrees Celsius of the hottest sensor."""
    uptime: int | None = None
    """Seconds since boot, in whole minutes."""
    cores: int | None = None
    memory_total: int | None = None
    """Bytes."""
    agent: AgentInfo | None = None
