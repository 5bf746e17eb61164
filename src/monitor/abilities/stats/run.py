"""The agent's way of answering questions about the host's usage."""

from collections.abc import AsyncIterator

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler
from monitor.abilities.stats import proc, processes
from monitor.abilities.stats.calls import ListHostProcesses, LiveStats
from monitor.abilities.stats.counters import text
from monitor.kernel.hostview import HostStats
from monitor.kernel.insides import Process

_SHORTEST = 0.5
"""Seconds between samples at the least, whatever is asked for."""


_APART = 1.0
"""Seconds between two looks at the processes."""


async def live(agent: Agent, feed: LiveStats) -> AsyncIterator[HostStats]:
    """A sample at once, then one every `every` seconds."""
    while True:
        yield await agent.stats.sample()
        await agent.clock.sleep(max(feed.every, _SHORTEST))


async def list_processes(agent: Agent, call: ListHostProcesses) -> tuple[Process, ...]:
    """By two looks: what a process has used since it began says little of now."""
    files = agent.stats.proc
    before, began = processes.look(files), agent.clock.monotonic()
    await agent.clock.sleep(_APART)
    now, passed = processes.look(files), agent.clock.monotonic() - began
    return tuple(processes.told(before, now, passed, files, proc.uptime(text(files / "uptime"))))


CALLS: tuple[CallHandler, ...] = (CallHandler(ListHostProcesses, list_processes),)
FEEDS: tuple[FeedHandler, ...] = (FeedHandler(LiveStats, live),)
JOBS: tuple[JobHandler, ...] = ()
