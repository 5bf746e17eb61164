"""Fleet: what core tells of all servers at once."""

from typing import Annotated

from msgspec import Struct

from monitor.kernel.hostview import Container
from monitor.kernel.marks import refers_to
from monitor.kernel.permission import Level


class PlacedContainer(Struct, frozen=True, kw_only=True):
    """One container with where it is and whose it is."""

    server: Annotated[str, refers_to("server", Level.READ)]
    deployment: Annotated[str, refers_to("deployment", Level.READ)] = ""
    """Id of the deployment it belongs to; empty if it is none's."""
    container: Container


class Touched(Struct, frozen=True, kw_only=True):
    """A hint that images, volumes or networks of a server are not what they were: who shows them asks again."""

    times: int
    """How often since core began to look; a number means nothing but that it is another one."""


class Trend(Struct, frozen=True, kw_only=True):
    """A server's usage over the last half hour as means of half minutes, oldest first, the last one up to now.

    None where no sample came. All servers' means lie on the same times.
    """

    server: Annotated[str, refers_to("server", Level.READ)]
    step: float
    """Seconds each mean covers."""
    cpu: tuple[float | None, ...] = ()
    memory: tuple[float | None, ...] = ()
    disk: tuple[float | None, ...] = ()
    received: tuple[float | None, ...] = ()
    sent: tuple[float | None, ...] = ()
