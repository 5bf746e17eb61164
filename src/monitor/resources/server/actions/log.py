"""Log of a container that belongs to no deployment: by its whole id, so that no name decides what is read."""

from collections.abc import AsyncIterator

from monitor.kernel.container_log import LogBlock
from monitor.kernel.context import Context
from monitor.kernel.download import Download
from monitor.kernel.stream import Item, Snapshot
from monitor.resources import container_log
from monitor.resources.container_log import Source
from monitor.resources.server.actions.inside import meant_by
from monitor.resources.server.operations.log import ContainerLog, ContainerLogFile, FollowContainerLog


async def read(ctx: Context, op: ContainerLog) -> LogBlock:
    """The lines asked for."""
    return await container_log.read(ctx, _source(ctx, op.container), op)


async def follow(ctx: Context, topic: FollowContainerLog) -> AsyncIterator[Item[LogBlock] | Snapshot]:
    """Until the container is removed; one that takes its name is another log."""
    async for item in container_log.follow(ctx, _source(ctx, topic.container), topic):
        yield item


async def download(ctx: Context, op: ContainerLogFile) -> Download:
    """The lines asked for as a file."""
    return container_log.download(ctx, _source(ctx, op.container), op, op.container)


def _source(ctx: Context, ref: str) -> Source:
    server, id = meant_by(ctx, ref)
    return Source(server, id, "", ctx.secrets())


LOG = (ContainerLog.by(read), ContainerLogFile.by(download), FollowContainerLog.by(follow))
