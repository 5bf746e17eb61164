"""Log: what a deployment's container writes, as people may read it."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from monitor.abilities.container.calls import FollowLogs, LogChunk
from monitor.kernel.clock import deadline
from monitor.kernel.context import Context
from monitor.kernel.errors import Unavailable
from monitor.kernel.redact import Redactor
from monitor.kernel.stream import Item, Snapshot
from monitor.resources.deployment.operations.log import FollowLog, LogLine, ReadLog
from monitor.resources.deployment.own import container_of
from monitor.resources.deployment.spec import DEPLOYMENT

_READ_WITHIN = 30.0
_MOST_LINES = 100_000
"""Lines somebody who comes back is given at most."""
_MOST_TEXT = 8 * 1024 * 1024
"""Characters of a log that one answer holds."""


async def read_log(ctx: Context, op: ReadLog) -> tuple[LogLine, ...]:
    """The last lines, secrets redacted; of very long ones only as many as core can hold at once."""
    lines: deque[LogLine] = deque(maxlen=op.tail)
    size = 0
    try:
        async with deadline(ctx.clock, _READ_WITHIN):
            async for line in _log(ctx, tail=op.tail, follow=False):
                size += len(line.text) - (len(lines[0].text) if len(lines) == op.tail else 0)
                lines.append(line)
                while size > _MOST_TEXT and len(lines) > 1:
                    size -= len(lines.popleft().text)
    except TimeoutError:
        raise Unavailable(f"the server did not come to the end of the log within {_READ_WITHIN:g} s") from None
    return tuple(lines)


async def follow_log(ctx: Context, topic: FollowLog) -> AsyncIterator[Item[LogLine] | Snapshot]:
    """The last lines and every new one. seq is a line's time in microseconds, so who comes back goes on after it."""
    since = datetime.fromtimestamp(topic.after / 1_000_000, UTC) if topic.after else None
    seq = 0
    async for line in _log(ctx, tail=_MOST_LINES if since else topic.tail, follow=True, since=since):
        seq = max(seq + 1, round(line.at.timestamp() * 1_000_000) if line.at else 0)
        if seq > topic.after:
            yield Item(seq=seq, data=line)


async def _log(ctx: Context, *, tail: int, follow: bool, since: datetime | None = None) -> AsyncIterator[LogLine]:
    deployment = ctx.target(DEPLOYMENT)
    ctx.reveal(DEPLOYMENT, deployment.id)
    feed = FollowLogs(name=container_of(ctx), tail=tail, follow=follow, since=since, deployment=deployment.id)
    async with ctx.host(deployment.config.server).stream(feed) as chunks:
        async for line in redacted(chunks, ctx.secrets()):
            yield line


async def redacted(chunks: AsyncIterator[LogChunk], secrets: tuple[str, ...]) -> AsyncIterator[LogLine]:
    """Lines, or parts of long ones, with no secret in them, not even one that two parts share."""
    fresh = await asyncio.to_thread(Redactor, secrets)  # large secrets take their time
    streams: dict[str, Redactor] = {}
    for_rest: dict[str, LogChunk] = {}
    async for chunk in chunks:
        redactor = streams.setdefault(chunk.stream, fresh.another())
        data = redactor.feed(chunk.data)
        if chunk.data.endswith(b"\n"):
            data += redactor.flush()
        for_rest[chunk.stream] = chunk
        if data:
            yield _line(chunk, data)
    for stream, chunk in for_rest.items():
        if rest := streams[stream].flush():
            yield _line(chunk, rest)


def _line(chunk: LogChunk, data: bytes) -> LogLine:
    return LogLine(at=chunk.at, stream=chunk.stream, text=data.decode("utf-8", "replace").rstrip("\n"))
