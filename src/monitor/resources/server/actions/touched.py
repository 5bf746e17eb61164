"""Hints: something happened to a server's images, volumes or networks."""

from collections.abc import AsyncIterator

from monitor.kernel.context import Context
from monitor.kernel.fleet import Touched
from monitor.kernel.stream import Item, Snapshot
from monitor.resources.server.operations.touched import WatchDocker
from monitor.resources.server.spec import SERVER


async def watch_docker(ctx: Context, topic: WatchDocker) -> AsyncIterator[Item[Touched] | Snapshot]:
    """From the host's own events; nothing is asked of it."""
    async for item in ctx.watch_docker(ctx.target(SERVER).id):
        yield item


TOUCHED = (WatchDocker.by(watch_docker),)
