"""Usage: what servers use of their hosts."""

from collections.abc import AsyncIterator

from monitor.abilities.stats.calls import ListHostProcesses
from monitor.kernel.context import Context
from monitor.kernel.fleet import Trend
from monitor.kernel.hostview import HostStats
from monitor.kernel.insides import BusyProcesses, Process
from monitor.kernel.past import Past
from monitor.kernel.stream import Item, Snapshot
from monitor.resources.server.operations.usage import (
    ContainerUsageHistory,
    HostProcesses,
    Top,
    Trends,
    Usage,
    UsageHistory,
)
from monitor.resources.server.spec import SERVER


async def usage_history(ctx: Context, op: UsageHistory) -> Past:
    """From core's store, and its memory for what is not written yet."""
    return await ctx.past(op)


async def container_usage_history(ctx: Context, op: ContainerUsageHistory) -> Past:
    """The same; the container may be gone by now. One that belongs to somebody has its past with him."""
    return await ctx.past(op, op.container)


async def processes(ctx: Context, op: HostProcesses) -> tuple[Process, ...]:
    """Asked of the host at this moment."""
    return await ctx.host(ctx.target(SERVER).id).call(ListHostProcesses())


async def trends(ctx: Context, op: Trends) -> tuple[Trend, ...]:
    """The same of all servers, as means."""
    return ctx.usage_trends()


async def follow_usage(ctx: Context, topic: Usage) -> AsyncIterator[Item[HostStats] | Snapshot]:
    """One sample a second, shared by all who look."""
    async for item in ctx.watch_usage(ctx.target(SERVER).id):
        yield item


async def follow_top(ctx: Context, topic: Top) -> AsyncIterator[Item[BusyProcesses] | Snapshot]:
    """One list every two seconds, shared by all who look."""
    async for item in ctx.watch_processes(ctx.target(SERVER).id):
        yield item


USAGE = (
    UsageHistory.by(usage_history),
    ContainerUsageHistory.by(container_usage_history),
    Trends.by(trends),
    HostProcesses.by(processes),
    Usage.by(follow_usage),
    Top.by(follow_top),
)
