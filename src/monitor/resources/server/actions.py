"""What a server can do. (Making its join token needs core's own key: features/joining.)"""

from collections.abc import AsyncIterator

from monitor.kernel.context import Context
from monitor.kernel.fleet import PlacedContainer, Trend, UsageSeries
from monitor.kernel.hostview import Container, HostStats
from monitor.kernel.resource import Behaviour, Hooks
from monitor.kernel.stream import Item, Snapshot
from monitor.resources.server import plan
from monitor.resources.server.spec import (
    SERVER,
    AllContainers,
    Containers,
    ListAllContainers,
    ListContainers,
    RecentUsage,
    Trends,
    Usage,
)


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


async def recent_usage(ctx: Context, op: RecentUsage) -> UsageSeries:
    """From core's memory; nothing before core started."""
    return ctx.recent_usage(ctx.target(SERVER).id)


async def trends(ctx: Context, op: Trends) -> tuple[Trend, ...]:
    """The same of all servers, as means."""
    return ctx.usage_trends()


async def follow_usage(ctx: Context, topic: Usage) -> AsyncIterator[Item[HostStats] | Snapshot]:
    """One sample a second, shared by all who look."""
    async for item in ctx.watch_usage(ctx.target(SERVER).id):
        yield item


SERVER_BEHAVIOUR = Behaviour(
    type=SERVER,
    handlers=(
        ListContainers.by(list_containers),
        Containers.by(watch_containers),
        ListAllContainers.by(list_all_containers),
        AllContainers.by(watch_all_containers),
        RecentUsage.by(recent_usage),
        Trends.by(trends),
        Usage.by(follow_usage),
    ),
    hooks=Hooks(status=plan.status),
)
