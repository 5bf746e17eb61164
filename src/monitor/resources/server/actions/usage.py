"""Usage: what servers use of their hosts."""

from collections.abc import AsyncIterator

from monitor.kernel.context import Context
from monitor.kernel.fleet import Trend, UsageSeries
from monitor.kernel.hostview import HostStats
from monitor.kernel.stream import Item, Snapshot
from monitor.resources.server.operations.usage import RecentUsage, Trends, Usage
from monitor.resources.server.spec import SERVER


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


USAGE = (RecentUsage.by(recent_usage), Trends.by(trends), Usage.by(follow_usage))
