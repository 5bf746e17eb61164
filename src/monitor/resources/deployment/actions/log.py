"""Log: what a deployment's container writes, as people may read it."""

from collections.abc import AsyncIterator

from monitor.kernel.container_log import LogBlock
from monitor.kernel.context import Context
from monitor.kernel.download import Download
from monitor.kernel.stream import Item, Snapshot
from monitor.resources import container_log
from monitor.resources.container_log import Source
from monitor.resources.deployment.operations.log import FollowLog, LogFile, ReadLog
from monitor.resources.deployment.own import container_of, owner_of
from monitor.resources.deployment.spec import DEPLOYMENT


async def read_log(ctx: Context, op: ReadLog) -> LogBlock:
    """The lines asked for, secrets blacked out."""
    return await container_log.read(ctx, _source(ctx), op)


async def follow_log(ctx: Context, topic: FollowLog) -> AsyncIterator[Item[LogBlock] | Snapshot]:
    """What was written and every new line; who comes back goes on after the last."""
    async for item in container_log.follow(ctx, _source(ctx), topic):
        yield item


async def log_file(ctx: Context, op: LogFile) -> Download:
    """The lines asked for as a file."""
    return container_log.download(ctx, _source(ctx), op, ctx.target(DEPLOYMENT).name)


def _source(ctx: Context) -> Source:
    deployment = ctx.target(DEPLOYMENT)
    ctx.reveal(DEPLOYMENT, deployment.id)
    return Source(deployment.config.server, container_of(ctx), owner_of(ctx), ctx.secrets())
