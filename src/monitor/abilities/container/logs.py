"""Logs: what a container writes, line by line, with the time the daemon got it."""

from collections.abc import AsyncIterator
from datetime import datetime

from monitor.abilities.agent.contract import Agent
from monitor.abilities.container.calls import FollowLogs, LogChunk
from monitor.abilities.container.lookup import find_own
from monitor.abilities.container.states import moment


async def follow_logs(agent: Agent, feed: FollowLogs) -> AsyncIterator[LogChunk]:
    """The last lines, then new ones until the container stops or the reader leaves. NotFound; HostError where the
    container's log driver cannot be read.
    """
    seen = await find_own(agent.docker, feed.name, feed.deployment)
    async with agent.docker.logs(
        seen.id, tty=seen.config.tty, tail=feed.tail, follow=feed.follow, since=feed.since, timestamps=True
    ) as pieces:
        async for stream, piece in pieces:
            at, data = _split(piece)
            yield LogChunk(at=at, stream=stream, data=data)


def _split(piece: bytes) -> tuple[datetime | None, bytes]:
    """Timestamp and the rest; a piece without one is all data."""
    stamp, blank, data = piece.partition(b" ")
    try:
        return (moment(stamp.decode("ascii")), data) if blank else (None, piece)
    except ValueError:
        return None, piece
