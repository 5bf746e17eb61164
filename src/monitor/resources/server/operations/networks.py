"""Networks of a server."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.network.calls import NetworkName
from monitor.kernel.marks import host_power, shown, text_form
from monitor.kernel.operation import Action, Needs, Query
from monitor.kernel.permission import HostPower, Right
from monitor.resources.server.operations.things import DOCS, Labels, Names, Options, UsedBy

OneNetwork = Annotated[NetworkName, shown("Network", "Its name or id.")]
_Address = Annotated[str, Meta(max_length=64, pattern=r"^[0-9A-Fa-f.:/]*$")]


class DockerNetwork(Struct, frozen=True, kw_only=True):
    """One network of a server."""

    id: str
    name: str
    driver: str
    scope: str = ""
    internal: bool = False
    """Nothing on it reaches beyond it."""
    attachable: bool = False
    ipv6: bool = False
    subnets: tuple[str, ...] = ()
    created: datetime | None = None
    builtin: bool = False
    """Docker's own; it cannot be removed."""
    project: str = ""
    """Compose project, or empty."""
    used_by: tuple[UsedBy, ...] = ()
    """What is on it, as far as the reader may see."""
    others: int = 0
    """How much more is on it that the reader may not see."""


def subnet(text: str) -> dict[str, str]:
    """`172.30.0.0/16[,gateway=ADDRESS][,ip_range=RANGE]`."""
    first, *more = text.split(",")
    pairs = [part.partition("=") for part in more]
    if any(name not in ("gateway", "ip_range") or not equals for name, equals, _ in pairs):
        raise ValueError(f"{text!r} is no subnet; write 172.30.0.0/16[,gateway=ADDRESS][,ip_range=RANGE]")
    return {"subnet": first, **{name: value for name, _, value in pairs}}


class Subnet(Struct, frozen=True, kw_only=True):
    """A range of addresses of a network."""

    subnet: Annotated[_Address, Meta(min_length=1), shown("Subnet", "In CIDR form: `172.30.0.0/16`.")]
    gateway: Annotated[_Address, shown("Gateway", "The host's own address in it; empty: the first.")] = ""
    ip_range: Annotated[
        _Address, shown("IP range", "Where containers' addresses come from, in CIDR form; empty: all of it.")
    ] = ""


class ListNetworks(Query[tuple[DockerNetwork, ...]], frozen=True, kw_only=True, tag="server.networks"):
    """Networks of the server: Docker's own, those of what the caller may see, and with `unmanaged` the unused ones."""


class InspectNetwork(Query[dict[str, Any]], frozen=True, kw_only=True, tag="server.inspect_network"):
    """All Docker says of a network; of the containers on it those the caller may see."""

    needs: ClassVar[Needs] = Right.INSPECT
    part: ClassVar[str] = "network"

    network: OneNetwork


class NetworksToPrune(Struct, frozen=True, kw_only=True):
    """What a prune would remove."""

    networks: tuple[DockerNetwork, ...]


class PreviewNetworkPrune(Query[NetworksToPrune], frozen=True, kw_only=True, tag="server.networks_to_prune"):
    """Which networks a prune would remove: no container is on them, running or not, and no deployment's config
    names them.
    """

    needs: ClassVar[Needs] = Right.UNMANAGED
    part: ClassVar[str] = "network"

    networks: Annotated[Names, shown("Networks", "Only these, by name or id.")] = ()


class CreateNetwork(Action, frozen=True, kw_only=True, tag="server.create_network"):
    """Make a network."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    part: ClassVar[str] = "network"

    network: Annotated[NetworkName, shown("Name", "Letters, digits, `_`, `.` and `-`.", docs=f"{DOCS}/engine/network/")]
    driver: Annotated[
        str,
        Meta(max_length=256, pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.:/-]*$"),
        host_power(HostPower.NAMESPACES),
        shown(
            "Driver",
            "`bridge`; those that join a network of the host (`macvlan`, `ipvlan`) are host powers.",
            docs=f"{DOCS}/engine/network/drivers/",
        ),
    ] = "bridge"
    subnets: Annotated[
        tuple[Subnet, ...],
        Meta(max_length=10),
        text_form(subnet, "172.30.0.0/16,gateway=172.30.0.1"),
        shown("Subnets", "Empty: Docker chooses one."),
    ] = ()
    internal: Annotated[bool, shown("Internal", "Nothing on it reaches beyond it.")] = False
    attachable: Annotated[bool, shown("Attachable", "Containers may join a swarm's network by hand.")] = False
    ipv6: Annotated[bool, shown("IPv6", "Addresses of IPv6 too; needs a subnet of them.")] = False
    labels: Labels = ()
    options: Annotated[Options, host_power(HostPower.NAMESPACES, HostPower.RAW)] = ()


class RemoveNetwork(Action, frozen=True, kw_only=True, tag="server.remove_network"):
    """Remove a network; refused while a container is on it, running or not, or a deployment names it."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    danger: ClassVar[bool] = True
    part: ClassVar[str] = "network"

    network: OneNetwork


class PruneNetworks(Action, frozen=True, kw_only=True, tag="server.prune_networks"):
    """Remove networks nothing is on."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    danger: ClassVar[bool] = True
    preview: ClassVar[str] = "server.networks_to_prune"
    part: ClassVar[str] = "network"

    networks: Annotated[Names, shown("Networks", "Only these, by name or id; empty: all that the preview shows.")] = ()


NETWORKS = (ListNetworks, InspectNetwork, PreviewNetworkPrune, CreateNetwork, RemoveNetwork, PruneNetworks)
