"""A simulated host's usage: as its machine makes it up."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.abilities.agent.contract import CallHandler, FeedHandler
from monitor.abilities.stats.calls import FollowProcesses, ListHostProcesses, LiveStats, TopProgram, TopPrograms
from monitor.abilities.watch.calls import Recorded, Recording
from monitor.kernel.hostview import HostStats
from monitor.kernel.insides import BusyProcesses, Process
from monitor.kernel.samples import BUFFERED, GRID, ContainerSample, Sample
from monitor.testing.insides import host_processes, sample_of, top_programs
from monitor.testing.machine import Machine

_UP = ("running", "paused", "restarting")


def sample(machine: Machine) -> HostStats:
    """One sample at the machine's time."""
    return machine.usage(machine.clock)


async def live(machine: Machine, feed: LiveStats) -> AsyncIterator[HostStats]:
    """A sample at once, then one every so many seconds."""
    while True:
        yield sample(machine)
        await machine.clock.sleep(feed.every)


def recorded(machine: Machine, held: Recording) -> Recorded:
    """What an agent that began with the machine would have measured since then and core has not; an hour at most."""
    boot = f"{machine.name} {machine.life}"
    position = (machine.clock.monotonic() - machine.lives[-1]) / GRID
    newest = int(position)
    have = held.seq if held.boot == boot else 0
    oldest = max(have, newest - BUFFERED)
    samples = tuple(_sample(machine, seq, (position - seq) * GRID) for seq in range(oldest + 1, newest + 1))
    return Recorded(boot, position, samples)


def _sample(machine: Machine, seq: int, ago: float) -> Sample:
    then = _Then(machine.clock.now() - timedelta(seconds=ago), machine.clock.monotonic() - ago)
    return Sample(seq, machine.usage(then), containers_at(machine, then.now()))


def containers_at(machine: Machine, at: datetime) -> tuple[ContainerSample, ...]:
    """What those use that had been started by then."""
    running = (each for each in machine.containers.values() if each.view.state in _UP)
    return tuple(sample_of(each, at) for each in running if each.view.started is None or each.view.started <= at)


@dataclass
class _Then:
    """A clock that stands at a moment of the past."""

    at: datetime
    steady: float

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.steady

    async def sleep(self, seconds: float) -> None:
        raise RuntimeError("the past cannot be waited for")


async def list_processes(machine: Machine, call: ListHostProcesses) -> tuple[Process, ...]:
    """Those of its containers, and of the host itself."""
    return host_processes(machine.containers.values(), machine.processes, machine.clock.now())


async def follow_processes(machine: Machine, feed: FollowProcesses) -> AsyncIterator[BusyProcesses]:
    """The same, every two seconds."""
    while True:
        found = host_processes(machine.containers.values(), machine.processes, machine.clock.now())
        yield BusyProcesses(processes=found)
        await machine.clock.sleep(2.0)


async def list_top(machine: Machine, call: TopPrograms) -> tuple[TopProgram, ...]:
    """The same, as an alert asks for them."""
    return top_programs(machine.containers.values(), machine.processes, machine.clock.now(), call.by)


CALLS = (CallHandler(ListHostProcesses, list_processes), CallHandler(TopPrograms, list_top))
FEEDS = (FeedHandler(LiveStats, live), FeedHandler(FollowProcesses, follow_processes))
