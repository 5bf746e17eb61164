"""The agent's way of watching: what the Observer sees and samples of the host's usage, as one stream."""

import asyncio
from collections.abc import AsyncIterator

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler
from monitor.abilities.watch.calls import Usage, Watch, WatchEvent
from monitor.abilities.watch.observer import Observer
from monitor.abilities.watch.outbox import Outbox

_SHORTEST = 0.5
"""Seconds between samples at the least, whatever is asked for."""


async def watch(agent: Agent, feed: Watch) -> AsyncIterator[WatchEvent]:
    """A snapshot (or DockerDown), then changes, and usage by the clock; without an end."""
    outbox = Outbox()
    observer = Observer(agent.docker, agent.clock, outbox.put)
    tasks = [asyncio.create_task(observer.run()), asyncio.create_task(_sample(agent, feed.stats_every, outbox))]
    for task in tasks:
        outbox.watch_over(task)
    try:
        while True:
            for event in await outbox.take():
                yield event
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _sample(agent: Agent, every: float, outbox: Outbox) -> None:
    while True:
        outbox.put(Usage(await agent.stats.sample()))
        await agent.clock.sleep(max(every, _SHORTEST))


CALLS: tuple[CallHandler, ...] = ()
FEEDS: tuple[FeedHandler, ...] = (FeedHandler(Watch, watch),)
JOBS: tuple[JobHandler, ...] = ()
