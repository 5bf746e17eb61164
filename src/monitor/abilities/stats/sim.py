"""A simulated host's usage: as its machine makes it up."""

from collections.abc import AsyncIterator

from monitor.abilities.agent.contract import FeedHandler
from monitor.abilities.stats.calls import LiveStats
from monitor.kernel.hostview import HostStats
from monitor.testing.machine import Machine


def sample(machine: Machine) -> HostStats:
    """One sample at the machine's time."""
    return machine.usage(machine.clock)


async def live(machine: Machine, feed: LiveStats) -> AsyncIterator[HostStats]:
    """A sample at once, then one every so many seconds."""
    while True:
        yield sample(machine)
        await machine.clock.sleep(feed.every)


FEEDS = (FeedHandler(LiveStats, live),)
