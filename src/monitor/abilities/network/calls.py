"""Messages about networks."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.call import Call
from monitor.kernel.hostview import Told
from monitor.kernel.job import HostJob
from monitor.kernel.tidied import Tidied

NetworkName = Annotated[str, Meta(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}$")]
"""A network's name or id, as Docker allows them."""


class HostNetwork(Struct, frozen=True, kw_only=True):
    """One network as the daemon lists it."""

    id: Told
    name: Told
    driver: Told
    scope: Told = ""
    internal: bool = False
    attachable: bool = False
    ipv6: bool = False
    subnets: Annotated[tuple[Told, ...], Meta(max_length=1000)] = ()
    created: datetime | None = None
    project: Told = ""
    """Compose project, or empty."""


class ListNetworks(
    Call[Annotated[tuple[HostNetwork, ...], Meta(max_length=50_000)]], frozen=True, kw_only=True, tag="network.list"
):
    """Every network of the host."""


class InspectNetwork(Call[dict[str, Any]], frozen=True, kw_only=True, tag="network.inspect"):
    """The Engine's own description; NotFound."""

    network: NetworkName


class CreateNetwork(HostJob[None], frozen=True, kw_only=True, tag="network.create"):
    """Make a network; one step `create`. HostError where there is one of the name."""

    time_limit: ClassVar[float] = 120.0

    name: NetworkName
    body: dict[str, Any]
    """Engine API body of POST /networks/create."""


class GoingNetwork(Struct, frozen=True, kw_only=True):
    """One to be removed: by id, since names need not be unique."""

    id: NetworkName
    name: Told


class RemoveNetworks(HostJob[Tidied], frozen=True, kw_only=True, tag="network.remove"):
    """Remove these; one step `remove`. What a container is on stays; nothing removed is a failure."""

    time_limit: ClassVar[float] = 600.0

    networks: Annotated[tuple[GoingNetwork, ...], Meta(max_length=10_000)]
