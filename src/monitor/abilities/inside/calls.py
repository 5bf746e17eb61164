"""Messages about the inside of a container."""

from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.container.calls import ContainerName
from monitor.kernel.call import Call, Feed
from monitor.kernel.insides import MOST_PROCESSES, BusyProcesses, ContainerUsage, FileChanges, Process


class Meant(Struct, frozen=True, kw_only=True):
    """Which container is meant, judged by what the daemon says of it when it is asked."""

    name: ContainerName
    """Its name or id; with an empty `deployment` its whole id, and nothing else will do."""
    deployment: str = ""
    """NotFound unless the container is this deployment's; empty: whoever's has this id."""


class InspectContainer(Call[dict[str, Any]], Meant, frozen=True, kw_only=True, tag="inside.inspect"):
    """The Engine's own description. Values of the environment are masked."""


class ListProcesses(
    Call[Annotated[tuple[Process, ...], Meta(max_length=MOST_PROCESSES)]],
    Meant,
    frozen=True,
    kw_only=True,
    tag="inside.processes",
):
    """What runs in a container; HostError when it does not run."""


class FollowContainerProcesses(Feed[BusyProcesses], Meant, frozen=True, kw_only=True, tag="inside.follow_processes"):
    """The same every two seconds while it runs, with the cpu they used in these where the host tells."""


class ListChanges(Call[FileChanges], Meant, frozen=True, kw_only=True, tag="inside.changes"):
    """The files that differ from the image. Volumes are no part of it."""

    timeout: ClassVar[float] = 60.0
    """The daemon walks the whole layer."""


class FollowUsage(Feed[ContainerUsage], Meant, frozen=True, kw_only=True, tag="inside.usage"):
    """A sample a second while the container runs; it goes on after a restart and ends when the container is gone."""
