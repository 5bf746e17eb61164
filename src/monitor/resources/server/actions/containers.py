"""Containers: what runs on a server, or on all."""

from collections.abc import AsyncIterator

from monitor.kernel.context import Context
from monitor.kernel.fleet import PlacedContainer
from monitor.kernel.hostview import Container
from monitor.kernel.stream import Item, Snapshot
from monitor.resources.server.operations.containers import AllContainers, Containers, ListAllContainers, ListContainers
from monitor.resources.server.spec import SERVER


async def list_containers(ctx: Context, op: ListContainers) -> tuple[Container, ...]:
    """Those the caller may see: the containers of deployments he may read; the rest with the right `unmanaged`."""
    seen = ctx.visible_containers(ctx.target(SERVER).id)
    return tuple(sorted(seen, key=lambda c: (c.project, c.name)))


async def watch_containers(ctx: Context, topic: Containers) -> AsyncIterator[Item[Container] | Snapshot]:
    """The same, live, keyed by container id."""
    async for item in ctx.watch_containers(ctx.target(SERVER).id):
        yield item


async def list_all_containers(ctx: Context, op: ListAllContainers) -> tuple[PlacedContainer, ...]:
    """Those of all servers, in the order of the servers' names."""
    placed = ctx.all_containers()
    order = {server: number for number, server in enumerate(dict.fromkeys(p.server for p in placed))}
    return tuple(sorted(placed, key=lambda p: (order[p.server], p.container.project, p.container.name)))


async def watch_all_containers(ctx: Context, topic: AllContainers) -> AsyncIterator[Item[PlacedContainer] | Snapshot]:
    """The same, live."""
    async for item in ctx.watch_all_containers():
        yield item


CONTAINERS = (
    ListContainers.by(list_containers),
    Containers.by(watch_containers),
    ListAllContainers.by(list_all_containers),
    AllContainers.by(watch_all_containers),
)
