"""Described: the parts Monitor uses of what the daemon says of a container, typed; null counts as absent."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct


class HealthProbe(Struct, frozen=True, rename="pascal"):
    """One run of a health check."""

    exit_code: int = 0


class HealthState(Struct, frozen=True, rename="pascal"):
    """What the health check says: starting, healthy or unhealthy."""

    status: str = ""
    failing_streak: int = 0
    log: list[HealthProbe] | None = None


class RunState(Struct, frozen=True, rename="pascal"):
    """State of the container's main process."""

    status: str
    running: bool = False
    restarting: bool = False
    oom_killed: bool = msgspec.field(name="OOMKilled", default=False)
    exit_code: int = 0
    error: str = ""
    started_at: str = ""
    finished_at: str = ""
    health: HealthState | None = None


class Settings(Struct, frozen=True, rename="pascal"):
    """What it was made with."""

    image: str = ""
    tty: bool = False
    labels: dict[str, str] | None = None


class RestartPolicy(Struct, frozen=True, rename="pascal"):
    """When the daemon restarts it."""

    name: str = ""
    maximum_retry_count: int = 0


class Binding(Struct, frozen=True, rename="pascal"):
    """One address and port of the host; numbers are text here."""

    host_ip: str = ""
    host_port: str = ""


class HostSettings(Struct, frozen=True, rename="pascal"):
    """What it was made with towards the host."""

    restart_policy: RestartPolicy | None = None
    port_bindings: dict[str, list[Binding] | None] | None = None


class NetworkState(Struct, frozen=True, rename="pascal"):
    """Its networks and published ports."""

    ports: dict[str, list[Binding] | None] | None = None
    networks: dict[str, Any] | None = None


class MountPoint(Struct, frozen=True, rename="pascal"):
    """Something mounted into it."""

    type: str = ""
    name: str = ""
    """A volume's."""
    destination: str = ""
    driver: str = ""


class Described(Struct, frozen=True, rename="pascal"):
    """A container, from GET /containers/{id}/json."""

    id: str
    name: str
    state: RunState
    image: str = ""
    created: str = ""
    restart_count: int = 0
    config: Settings = Settings()
    host_config: HostSettings = HostSettings()
    network_settings: NetworkState = NetworkState()
    mounts: list[MountPoint] | None = None

    @property
    def called(self) -> str:
        """Its name without the leading slash."""
        return self.name.lstrip("/")

    @property
    def labels(self) -> dict[str, str]:
        """Its labels."""
        return self.config.labels or {}


class ListedPort(Struct, frozen=True, rename="pascal"):
    """A port in a listing."""

    private_port: int
    public_port: int = 0
    type: str = "tcp"
    address: str = msgspec.field(name="IP", default="")


class Listed(Struct, frozen=True, rename="pascal"):
    """A container, from GET /containers/json."""

    id: str
    state: str
    names: list[str] | None = None
    image: str = ""
    image_id: str = msgspec.field(name="ImageID", default="")
    created: int = 0
    labels: dict[str, str] | None = None
    ports: list[ListedPort] | None = None
    network_settings: NetworkState | None = None
    mounts: list[MountPoint] | None = None

    @property
    def called(self) -> str:
        """Its name; links of other containers stand beside it, as /other/alias."""
        return min((name.lstrip("/") for name in self.names or [""]), key=lambda name: name.count("/"))


def described(told: Mapping[str, Any]) -> Described:
    """The typed form of an inspect answer."""
    return msgspec.convert(told, Described)


def listed(told: Mapping[str, Any]) -> Listed:
    """The typed form of an item of a list answer."""
    return msgspec.convert(told, Listed)
