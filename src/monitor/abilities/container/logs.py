"""Logs: what a container writes, in batches; a search for something in them is done by a process of its own."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import cast

from monitor.abilities.agent.contract import Agent
from monitor.abilities.container.log_calls import LogBatch, ReadLog
from monitor.abilities.container.log_future import Future
from monitor.abilities.container.log_past import Past
from monitor.abilities.container.log_search import search_log
from monitor.abilities.container.lookup import find_own
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.log_lines import LogLine
from monitor.kernel.clock import Clock, deadline

_PAUSE = 0.01
"""Seconds in which lines gather after a batch: a busy container's come a hundred at a time, a quiet one's at once."""

_MANY = 500
"""Lines after which more are asked for at once: they come faster than they are read."""

Event = list[LogLine] | str


async def read_log(agent: Agent, feed: ReadLog) -> AsyncIterator[LogBatch]:
    """What was written, then, if asked, what is written until the container is removed. NotFound; HostError where the
    container's log driver cannot be read.
    """
    source = search_log(agent, feed) if feed.wanted else batches(agent.docker, agent.clock, feed)
    async with aclosing(cast("AsyncGenerator[LogBatch]", source)) as found:
        async for batch in found:
            yield batch


async def batches(docker: Engine, clock: Clock, feed: ReadLog) -> AsyncIterator[LogBatch]:
    """The lines as they are, many at a time."""
    async with aclosing(cast("AsyncGenerator[tuple[Event, int]]", events(docker, clock, feed))) as found:
        async for event, seq in found:
            if isinstance(event, str):
                yield LogBatch(seq=seq, note=event)
                continue
            yield batch_of(event, seq)
            if len(event) < _MANY:
                await clock.sleep(_PAUSE)


async def events(docker: Engine, clock: Clock, feed: ReadLog) -> AsyncIterator[tuple[Event, int]]:
    """Blocks of lines, and notes, each with the number of the last line behind it."""
    seen = await find_own(docker, feed.name, feed.deployment)
    past = Past(docker, seen, feed)
    async for block in past.read():
        yield block
    if not feed.follow:
        return
    future = Future(docker, clock, seen, past, feed.since)
    async with aclosing(cast("AsyncGenerator[Event]", future.read())) as coming:
        async for event in _until(coming, clock, feed.until):
            yield event, past.order.last


async def _until(coming: AsyncGenerator[Event], clock: Clock, until: int) -> AsyncIterator[Event]:
    """What comes before a time, if there is one."""
    end = datetime.fromtimestamp(until / 1_000_000_000, UTC) if until else None
    while True:
        try:
            if end is None:
                event = await anext(coming)
            else:
                async with deadline(clock, (end - clock.now()).total_seconds()):
                    event = await anext(coming)
        except (StopAsyncIteration, TimeoutError):
            return
        yield event


def batch_of(lines: list[LogLine], seq: int) -> LogBatch:
    """Lines as they travel."""
    return LogBatch(
        seq=seq,
        at=tuple([line.at for line in lines]),
        marks=bytes([line.stream for line in lines]),
        data=tuple([line.data for line in lines]),
    )
