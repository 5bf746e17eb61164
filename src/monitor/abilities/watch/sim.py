"""A simulated host's Watch stream."""

import asyncio
from collections.abc import AsyncIterator

from monitor.abilities.agent.contract import FeedHandler
from monitor.abilities.stats.sim import sample
from monitor.abilities.watch.calls import (
    ContainerChanged,
    ContainerGone,
    Containers,
    DockerDown,
    DockerKind,
    DockerTouched,
    Usage,
    Watch,
    WatchEvent,
)
from monitor.testing.machine import USAGE, Machine

KINDS = frozenset(kind.value for kind in DockerKind)


async def watch(machine: Machine, feed: Watch) -> AsyncIterator[WatchEvent]:
    """Snapshot, changes as the machine tells them, and usage by its clock."""
    with machine.watched() as changed:
        usage = asyncio.ensure_future(_tick(machine, feed.stats_every, changed))
        try:
            yield _snapshot(machine)
            while True:
                which = await changed.get()
                if which == USAGE:
                    yield Usage(sample(machine))
                elif which in KINDS:
                    yield DockerTouched(DockerKind(which))
                else:
                    yield _event(machine, which)
        finally:
            usage.cancel()
            await asyncio.wait({usage})


async def _tick(machine: Machine, every: float, queue: asyncio.Queue[str]) -> None:
    while True:
        queue.put_nowait(USAGE)
        await machine.clock.sleep(every)


def _snapshot(machine: Machine) -> WatchEvent:
    if machine.docker_down:
        return DockerDown(machine.docker_down)
    return Containers(tuple(c.view for c in machine.containers.values()))


def _event(machine: Machine, id: str) -> WatchEvent:
    if not id or machine.docker_down:
        return _snapshot(machine)
    container = machine.containers.get(id)
    return ContainerGone(id) if container is None else ContainerChanged(container.view)


FEEDS = (FeedHandler(Watch, watch),)
