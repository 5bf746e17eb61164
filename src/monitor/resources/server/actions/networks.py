"""Networks: listing them, looking into them, making and removing them."""

from typing import Any

from monitor.abilities.network.calls import CreateNetwork as Make
from monitor.abilities.network.calls import GoingNetwork, HostNetwork, RemoveNetworks
from monitor.abilities.network.calls import InspectNetwork as Inspect
from monitor.abilities.network.calls import ListNetworks as AskNetworks
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict
from monitor.kernel.job import Job
from monitor.kernel.tidied import Tidied
from monitor.resources.server.actions.things import (
    again,
    is_shown,
    missing,
    only_seen,
    refuse_used,
    summary,
    users,
)
from monitor.resources.server.bodies import BUILTIN, network_body, network_needs
from monitor.resources.server.operations.networks import (
    CreateNetwork,
    DockerNetwork,
    InspectNetwork,
    ListNetworks,
    NetworksToPrune,
    PreviewNetworkPrune,
    PruneNetworks,
    RemoveNetwork,
)
from monitor.resources.server.spec import SERVER
from monitor.resources.server.uses import Uses

_WAY_OUT = "remove those containers, or take the network out of those configs, first"


async def list_networks(ctx: Context, op: ListNetworks) -> tuple[DockerNetwork, ...]:
    """Those the caller may know of; Docker's own last."""
    networks = [_shown(network, uses) for network, uses in await _all(ctx) if _may_see(ctx, network, uses)]
    return tuple(sorted(networks, key=lambda network: (network.builtin, network.name, network.id)))


async def inspect_network(ctx: Context, op: InspectNetwork) -> dict[str, Any]:
    """The Engine's own description, of the containers on it those the caller may see."""
    network, _ = _pick(ctx, await _all(ctx), op.network)
    told = await ctx.host(ctx.target(SERVER).id).call(Inspect(network=network.id))
    return only_seen(told, "Containers", ctx)


async def preview_prune(ctx: Context, op: PreviewNetworkPrune) -> NetworksToPrune:
    """What `prune` would remove now."""
    found = [_shown(network, Uses()) for network in await _pruned(ctx, op)]
    return NetworksToPrune(networks=tuple(sorted(found, key=lambda network: network.name)))


def check_create(ctx: Context, op: CreateNetwork) -> None:
    """What it asks for, and the right to it."""
    ctx.require_host_powers(ctx.target(SERVER).id, network_needs(network_body(op)))


async def prepare_create(ctx: Context, op: CreateNetwork) -> Job[None]:
    """Checked again: it may have waited."""
    check_create(ctx, op)
    return Job(server=ctx.target(SERVER).id, work=Make(name=op.network, body=network_body(op)))


async def settle_create(ctx: Context, op: CreateNetwork, result: None) -> None:
    """The list comes from the host."""
    ctx.summary(f"made the network {op.network}")


async def look_remove(ctx: Context, op: RemoveNetwork) -> None:
    """Conflict with what is on it, for the caller alone."""
    await _to_remove(ctx, op)


async def prepare_remove(ctx: Context, op: RemoveNetwork) -> Job[Tidied]:
    """Looked at again: it may have waited."""
    network = await again(_to_remove(ctx, op))
    return Job(server=ctx.target(SERVER).id, work=RemoveNetworks(networks=(_going(network),)))


async def look_prune(ctx: Context, op: PruneNetworks) -> None:
    """Conflict where something is on one of those named."""
    await _pruned(ctx, op)


async def prepare_prune(ctx: Context, op: PruneNetworks) -> Job[Tidied]:
    """Looked at again: it may have waited."""
    found = await again(_pruned(ctx, op))
    if not found:
        return Job(server=ctx.target(SERVER).id, result=Tidied(removed=()))
    return Job(server=ctx.target(SERVER).id, work=RemoveNetworks(networks=tuple(map(_going, found))))


async def _pruned(ctx: Context, op: PruneNetworks | PreviewNetworkPrune) -> list[HostNetwork]:
    there = await _all(ctx)
    if not op.networks:
        return [network for network, uses in there if prunable(network, uses)]
    found = (_removable(ctx, there, name) for name in op.networks)
    return list({network.id: network for network in found}.values())


def _going(network: HostNetwork) -> GoingNetwork:
    return GoingNetwork(id=network.id, name=network.name)


async def settle_remove(ctx: Context, op: RemoveNetwork | PruneNetworks, result: Tidied) -> None:
    """What came of it."""
    summary(ctx, "network", result, (op.network,) if isinstance(op, RemoveNetwork) else ())


async def _all(ctx: Context) -> list[tuple[HostNetwork, Uses]]:
    networks = await ctx.host(ctx.target(SERVER).id).call(AskNetworks())
    used = users(ctx)
    return [(network, used.of_network(network.name, network.id)) for network in networks]


async def _to_remove(ctx: Context, op: RemoveNetwork) -> HostNetwork:
    return _removable(ctx, await _all(ctx), op.network)


def _removable(ctx: Context, there: list[tuple[HostNetwork, Uses]], name: str) -> HostNetwork:
    network, uses = _pick(ctx, there, name)
    if network.name in BUILTIN:
        raise Conflict(f"the network {network.name} is Docker's own and stays")
    refuse_used("network", network.name, uses, way_out=_WAY_OUT)
    return network


def _pick(ctx: Context, there: list[tuple[HostNetwork, Uses]], name: str) -> tuple[HostNetwork, Uses]:
    """The network of this name or id, if the caller may know of it. Conflict where several have the name."""
    found = [(network, uses) for network, uses in there if network.name == name]
    found = found or [(network, uses) for network, uses in there if len(name) >= 12 and network.id.startswith(name)]
    found = [(network, uses) for network, uses in found if _may_see(ctx, network, uses)]
    if not found:
        raise missing("network", name)
    if len(found) > 1:
        raise Conflict(f"{len(found)} networks are called {name}", hint="say which by its id")
    return found[0]


def _may_see(ctx: Context, network: HostNetwork, uses: Uses) -> bool:
    return network.name in BUILTIN or is_shown(ctx, uses)


def prunable(network: HostNetwork, uses: Uses) -> bool:
    """Whether a prune may take it; a swarm's networks are the swarm's."""
    return not uses.used and network.name not in BUILTIN and network.scope == "local"


def _shown(network: HostNetwork, uses: Uses) -> DockerNetwork:
    return DockerNetwork(
        id=network.id,
        name=network.name,
        driver=network.driver,
        scope=network.scope,
        internal=network.internal,
        attachable=network.attachable,
        ipv6=network.ipv6,
        subnets=network.subnets,
        created=network.created,
        builtin=network.name in BUILTIN,
        project=network.project,
        used_by=uses.seen,
        others=uses.hidden,
    )


NETWORKS = (
    ListNetworks.by(list_networks),
    InspectNetwork.by(inspect_network),
    PreviewNetworkPrune.by(preview_prune),
    CreateNetwork.by(prepare_create, settle_create, result=type(None), check=check_create),
    RemoveNetwork.by(prepare_remove, settle_remove, result=Tidied, look=look_remove),
    PruneNetworks.by(prepare_prune, settle_remove, result=Tidied, look=look_prune),
)
