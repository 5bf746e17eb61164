"""A simulated host's usage: steady and made up."""

from collections.abc import AsyncIterator

from monitor.abilities.agent.contract import FeedHandler
from monitor.abilities.stats.calls import LiveStats
from monitor.kernel.hostview import Disk, DiskIo, HostStats, Interface
from monitor.testing.machine import Machine

_GIB = 1024**3


def sample(machine: Machine) -> HostStats:
    """One sample at the machine's time."""
    return HostStats(
        at=machine.clock.now(),
        cpu=12.5,
        cores=(10.0, 15.0),
        load=(0.5, 0.4, 0.3),
        memory_total=8 * _GIB,
        memory_used=2 * _GIB,
        memory_cache=_GIB,
        swap_total=0,
        swap_used=0,
        disks=(Disk(mount="/", device="/dev/vda1", total=100 * _GIB, used=40 * _GIB),),
        interfaces=(Interface(name="eth0", received=1000.0, sent=500.0),),
        disk_io=(DiskIo(name="vda", read=0.0, written=4096.0),),
        uptime=3600.0 + machine.clock.monotonic(),
    )


async def live(machine: Machine, feed: LiveStats) -> AsyncIterator[HostStats]:
    """A sample at once, then one every so many seconds."""
    while True:
        yield sample(machine)
        await machine.clock.sleep(feed.every)


FEEDS = (FeedHandler(LiveStats, live),)
