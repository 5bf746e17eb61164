"""Messages of the Watch stream."""

from enum import StrEnum

from msgspec import Struct

from monitor.kernel.call import Feed
from monitor.kernel.hostview import Container, HostStats


class Containers(Struct, frozen=True, tag="containers"):
    """A snapshot: every container of the host. The first event, and again whenever Docker came back."""

    items: tuple[Container, ...]


class ContainerChanged(Struct, frozen=True, tag="changed"):
    """One container as inspected after an event."""

    item: Container


class ContainerGone(Struct, frozen=True, tag="gone"):
    """A container was removed."""

    id: str


class DockerDown(Struct, frozen=True, tag="docker_down"):
    """Docker does not answer; what was known is old, not gone."""

    reason: str


class Usage(Struct, frozen=True, tag="usage"):
    """A sample of the host's usage, every few seconds."""

    stats: HostStats


class DockerKind(StrEnum):
    """What Docker keeps beside containers."""

    IMAGE = "image"
    VOLUME = "volume"
    NETWORK = "network"


class DockerTouched(Struct, frozen=True, tag="touched"):
    """Something happened to the host's images, volumes or networks; what, says who is asked for them."""

    kind: DockerKind


WatchEvent = Containers | ContainerChanged | ContainerGone | DockerDown | DockerTouched | Usage


class Watch(Feed[WatchEvent], frozen=True, kw_only=True, tag="watch.all"):
    """Snapshot, then changes as Docker tells them, and usage every `stats_every` seconds."""

    stats_every: float = 5.0
