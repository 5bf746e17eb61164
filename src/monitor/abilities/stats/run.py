"""The agent's way of answering questions about the host's usage."""

from collections.abc import AsyncIterator

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler
from monitor.abilities.stats.calls import LiveStats
from monitor.kernel.hostview import HostStats

_SHORTEST = 0.5
"""Seconds between samples at the least, whatever is asked for."""


async def live(agent: Agent, feed: LiveStats) -> AsyncIterator[HostStats]:
    """A sample at once, then one every `every` seconds."""
    while True:
        yield await agent.stats.sample()
        await agent.clock.sleep(max(feed.every, _SHORTEST))


CALLS: tuple[CallHandler, ...] = ()
FEEDS: tuple[FeedHandler, ...] = (FeedHandler(LiveStats, live),)
JOBS: tuple[JobHandler, ...] = ()
