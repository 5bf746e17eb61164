"""Messages of the Watch stream."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.call import Feed
from monitor.kernel.hostview import Container, HostStats, Told
from monitor.kernel.offers import DockerOffers
from monitor.kernel.samples import BUFFERED, Count, Sample


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


class Recorded(Struct, frozen=True, tag="recorded"):
    """Samples of history, oldest first, each sent once on a connection."""

    boot: Told
    """The agent's life the numbers belong to."""
    position: Annotated[float, Meta(ge=0, le=1e12)]
    """The number, with its fraction, that is now on the host: from it core knows when each was taken."""
    samples: Annotated[tuple[Sample, ...], Meta(max_length=BUFFERED)]


class Recording(Struct, frozen=True):
    """What core has of a host's history already: everything up to number `seq` of this life of its agent."""

    boot: str = ""
    seq: Count = 0


class Offered(Struct, frozen=True, tag="offered"):
    """What containers can ask for by name, as a whole: after each snapshot, and when it has changed."""

    offers: DockerOffers


StateEvent = Containers | ContainerChanged | ContainerGone | DockerDown | DockerTouched | Usage | Offered
"""What changes how a host stands now."""
WatchEvent = StateEvent | Recorded


class Watch(Feed[WatchEvent], frozen=True, kw_only=True, tag="watch.all"):
    """Snapshot, then changes as Docker tells them, and usage every `stats_every` seconds; with `recording` also
    all samples of history after it.
    """

    stats_every: float = 5.0
    recording: Recording | None = None
    offers: bool = False
    """Whether what its Docker offers is told, too."""
