"""The agent's way of answering questions about the host's usage."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import cast

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler
from monitor.abilities.stats import proc, processes
from monitor.abilities.stats.calls import FollowProcesses, ListHostProcesses, LiveStats, TopProgram, TopPrograms
from monitor.abilities.stats.counters import text
from monitor.abilities.stats.processes import Seen
from monitor.abilities.stats.shares import shares_of
from monitor.abilities.stats.top import by_cpu, by_memory, programs_of, to_weigh
from monitor.kernel.hostview import HostStats
from monitor.kernel.insides import BusyProcesses, Process

_SHORTEST = 0.5
"""Seconds between samples at the least, whatever is asked for."""
_APART = 1.0
"""Seconds between two looks at the processes."""
_EVERY = 2.0
"""The same while somebody goes on looking: a name can be read before it moves."""
_NEAR = 0.5
"""The same where an alert waits for it."""


async def live(agent: Agent, feed: LiveStats) -> AsyncIterator[HostStats]:
    """A sample at once, then one every `every` seconds."""
    while True:
        yield await agent.stats.sample()
        await agent.clock.sleep(max(feed.every, _SHORTEST))


async def list_processes(agent: Agent, call: ListHostProcesses) -> tuple[Process, ...]:
    """By two looks: what a process has used since it began says little of now."""
    following = cast("AsyncGenerator[BusyProcesses]", follow_processes(agent, FollowProcesses()))
    async with aclosing(following) as told:
        return (await anext(told)).processes


async def follow_processes(agent: Agent, feed: FollowProcesses) -> AsyncIterator[BusyProcesses]:
    """As soon as two looks tell something, then by the looks that go on."""
    files, pause = agent.stats.proc, _APART
    before, began = await asyncio.to_thread(processes.look, files), agent.clock.monotonic()
    while True:
        await agent.clock.sleep(pause)
        pause = _EVERY
        now, at = await asyncio.to_thread(processes.look, files), agent.clock.monotonic()
        found = processes.told(before, now, at - began, files, proc.uptime(text(files / "uptime")))
        yield BusyProcesses(processes=tuple(found))
        before, began = now, at


async def top_programs(agent: Agent, call: TopPrograms) -> tuple[TopProgram, ...]:
    """What a process has in memory one look tells, what it uses of the cpu two."""
    files = agent.stats.proc
    if call.by == "memory":
        programs = programs_of(processes.look(files), lambda seen: seen.memory, files)
        shares = await asyncio.to_thread(shares_of, files, tuple(to_weigh(programs)))
        return by_memory(programs, shares, files)
    before, began = processes.look(files), agent.clock.monotonic()
    await agent.clock.sleep(_NEAR)
    now, passed = processes.look(files), agent.clock.monotonic() - began

    def busy(seen: Seen) -> float:
        return processes.busy_of(before.get(seen.pid), seen, passed)

    return by_cpu(programs_of(now, busy, files), busy, files)


CALLS: tuple[CallHandler, ...] = (
    CallHandler(ListHostProcesses, list_processes),
    CallHandler(TopPrograms, top_programs),
)
FEEDS: tuple[FeedHandler, ...] = (FeedHandler(LiveStats, live), FeedHandler(FollowProcesses, follow_processes))
JOBS: tuple[JobHandler, ...] = ()
