"""A simulated host's Watch stream."""

import asyncio
from collections.abc import AsyncIterator

from monitor.abilities.agent.contract import FeedHandler
from monitor.abilities.stats.sim import recorded, sample
from monitor.abilities.watch.calls import (
    ContainerChanged,
    ContainerGone,
    Containers,
    DockerDown,
    DockerKind,
    DockerTouched,
    Offered,
    Recording,
    Usage,
    Watch,
    WatchEvent,
)
from monitor.kernel.offers import DockerOffers
from monitor.kernel.samples import GRID
from monitor.testing.machine import USAGE, Machine

RECORDED = "recorded"
"""Told like USAGE: samples of history may be due."""
KINDS = frozenset(kind.value for kind in DockerKind)


async def watch(machine: Machine, feed: Watch) -> AsyncIterator[WatchEvent]:
    """Snapshot, changes as the machine tells them, and usage by its clock."""
    with machine.watched() as changed:
        usage = asyncio.ensure_future(_tick(machine, feed.stats_every, changed, USAGE))
        recording = asyncio.ensure_future(_tick(machine, GRID, changed, RECORDED))
        held = feed.recording
        try:
            yield _snapshot(machine)
            if feed.offers:
                yield Offered(offers(machine))
            while True:
                which = await changed.get()
                if which == USAGE:
                    yield Usage(sample(machine))
                elif which == RECORDED:
                    if held is not None and (told := recorded(machine, held)).samples:
                        held = Recording(told.boot, told.samples[-1].seq)
                        yield told
                elif which in KINDS:
                    yield DockerTouched(DockerKind(which))
                    if feed.offers and which == DockerKind.NETWORK:
                        yield Offered(offers(machine))
                else:
                    yield _event(machine, which)
        finally:
            usage.cancel()
            recording.cancel()
            await asyncio.wait({usage, recording})


def offers(machine: Machine) -> DockerOffers:
    """What every Docker has, and the machine's networks."""
    return DockerOffers(
        networks=tuple(sorted(machine.networks)),
        network_ids=tuple(sorted(network.id for network in machine.networks.values())),
        log_drivers=("json-file", "journald", "local", "syslog"),
        volume_drivers=("local",),
        runtimes=("runc",),
    )


async def _tick(machine: Machine, every: float, queue: asyncio.Queue[str], what: str) -> None:
    while True:
        queue.put_nowait(what)
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
