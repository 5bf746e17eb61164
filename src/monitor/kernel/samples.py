"""Samples: what an agent measures every ten seconds, whether core listens or not, as it travels."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.hostview import HostStats, Told

GRID = 10
"""Seconds between two samples of history."""
BUFFERED = 360
"""Samples an agent keeps for a core that is away: an hour."""

Figure = Annotated[float, Meta(ge=0, le=1e18)]
Count = Annotated[int, Meta(ge=0, le=2**62)]


class ContainerSample(Struct, frozen=True, array_like=True):
    """What one container used over the last ten seconds; rates are null in its first sample."""

    id: Told
    name: Told
    core: Told
    """The Monitor core its labels name, and the deployment; both empty without such labels."""
    deployment: Told
    cpu: Figure | None
    """Percent of one core."""
    memory: Count
    """Bytes, without what the kernel only caches."""
    received: Figure | None
    """Bytes a second; null too where it shares the host's network."""
    sent: Figure | None
    read: Figure | None
    written: Figure | None
    pids: Count


class Sample(Struct, frozen=True, array_like=True):
    """One moment of a host: number `seq` since its agent began."""

    seq: Count
    stats: HostStats
    containers: Annotated[tuple[ContainerSample, ...], Meta(max_length=10_000)] = ()
