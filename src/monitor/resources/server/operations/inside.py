"""Looking into containers that belong to no deployment. Each takes its right on the server, and `unmanaged`."""

from typing import Annotated, Any, ClassVar

from msgspec import Meta

from monitor.kernel.insides import BusyProcesses, ContainerFigures, FileChanges, Process
from monitor.kernel.marks import shown
from monitor.kernel.operation import Needs, Query
from monitor.kernel.permission import Level, Right
from monitor.kernel.stream import Stream

Reference = Annotated[
    str,
    Meta(min_length=1, max_length=255),
    shown("Container", "Name or id of a container that belongs to no deployment."),
]


class InspectContainer(Query[dict[str, Any]], frozen=True, kw_only=True, tag="server.inspect_container"):
    """Docker's own description of a container that belongs to no deployment; values of its environment are masked."""

    needs: ClassVar[Needs] = Right.INSPECT

    container: Reference


class ContainerProcesses(Query[tuple[Process, ...]], frozen=True, kw_only=True, tag="server.container_processes"):
    """What runs in a container that belongs to no deployment, as the host's ps shows it."""

    needs: ClassVar[Needs] = Right.PROCESSES

    container: Reference


class ContainerChanges(Query[FileChanges], frozen=True, kw_only=True, tag="server.container_changes"):
    """The files a container that belongs to no deployment has added, modified or deleted since it was made."""

    needs: ClassVar[Needs] = Right.INSPECT

    container: Reference


class ContainerStats(Stream[ContainerFigures], frozen=True, kw_only=True, tag="server.container_stats"):
    """What a container that belongs to no deployment uses, live, each second."""

    needs: ClassVar[Needs] = Level.READ

    container: Annotated[str, Meta(max_length=255), shown("Container", "Its name or id.")] = ""


class ContainerTop(Stream[BusyProcesses], frozen=True, kw_only=True, tag="server.container_top"):
    """What runs in a container that belongs to no deployment, live, every two seconds while somebody looks."""

    needs: ClassVar[Needs] = Right.PROCESSES

    container: Annotated[str, Meta(max_length=255), shown("Container", "Its name or id.")] = ""


INSIDE = (InspectContainer, ContainerProcesses, ContainerChanges)
