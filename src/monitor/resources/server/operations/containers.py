"""Containers of one server, or of all."""

from typing import ClassVar

from monitor.kernel.fleet import PlacedContainer
from monitor.kernel.hostview import Container
from monitor.kernel.operation import Needs, Query
from monitor.kernel.permission import Level
from monitor.kernel.stream import Stream


class ListContainers(Query[tuple[Container, ...]], frozen=True, kw_only=True, tag="server.containers"):
    """Every container of the server the caller may see, Monitor's or not, by compose project and name."""


class ListAllContainers(
    Query[tuple[PlacedContainer, ...]], frozen=True, kw_only=True, tag="server.list_all_containers"
):
    """Every container the caller may see, by server, compose project and name: of a server he may not read, those of
    deployments he may.
    """

    targeted: ClassVar[bool] = False


class Containers(Stream[Container], frozen=True, kw_only=True, tag="server.watch_containers"):
    """The server's containers, live."""

    needs: ClassVar[Needs] = Level.READ


class AllContainers(Stream[PlacedContainer], frozen=True, kw_only=True, tag="server.all_containers"):
    """The containers of every server the caller may see, live, by `server/container`."""

    targeted: ClassVar[bool] = False
