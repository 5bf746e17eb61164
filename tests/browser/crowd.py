"""Crowd: as many more servers as one likes, some with a disk that fills up, to look at long lists."""

import asyncio
from dataclasses import replace
from itertools import cycle

from monitor.kernel.hostview import Link
from monitor.testing.host import SimulatedHost
from monitor.testing.usage import NoisyUsage
from tests.browser import servers
from tests.browser.world import World

_AT_ONCE = 50
_CORES = 2
"""Each of them is made up anew every second."""
_FULL = (87.0, 91.0, 96.0, 98.0)
"""Percent, of disks in trouble: warnings and what is critical, in turn."""


async def gather(world: World, all: int, *, troubled: int = 0) -> None:
    """Until there are `all` servers; so many of the new ones are in trouble. Called in the present."""
    names = _names(all - len(servers.NAMES) - 1)
    for number, name in enumerate(names):
        host = SimulatedHost(world.clock, name)
        servers.furnish(host.machine, name, world.now)
        usage = host.machine.usage
        assert isinstance(usage, NoisyUsage)
        disk = _FULL[number % len(_FULL)] if number < troubled else usage.disk
        host.machine.usage = replace(usage, cores=_CORES, disk=disk)
        await world.app.server(name, host, world.people["ana"], tags=servers.tags_of(name))
        if number % _AT_ONCE == 0:
            await asyncio.sleep(0)
    while any(world.view(name).link is not Link.UP for name in names):
        await asyncio.sleep(0.05)


def _names(more: int) -> list[str]:
    """`web-13`, `app-7`, …: the groups there are, each counted on; never the one nobody has joined."""
    counted = {group.name: group.count for group in servers.GROUPS}
    found: list[str] = []
    for group in cycle(servers.GROUPS):
        if len(found) >= more:
            return found
        counted[group.name] += 1
        name = f"{group.name}-{counted[group.name]}"
        if name != servers.WAITING:
            found.append(name)
    return found
