"""The agent's way of looking into containers."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler
from monitor.abilities.container.masking import masked
from monitor.abilities.docker.insides import Changed, changes, stats, top
from monitor.abilities.inside.calls import (
    FollowContainerProcesses,
    FollowUsage,
    InspectContainer,
    ListChanges,
    ListProcesses,
)
from monitor.abilities.inside.lookup import find_meant
from monitor.abilities.inside.processes import ARGUMENTS, PLAIN, lately, processes
from monitor.abilities.inside.usage import measured
from monitor.abilities.stats import proc
from monitor.abilities.stats.counters import text
from monitor.abilities.stats.processes import look
from monitor.kernel.errors import Conflict, HostError
from monitor.kernel.insides import MOST_CHANGES, BusyProcesses, ContainerUsage, FileChange, FileChanges, Process

_FIRST = 1.0
"""Seconds between the first two looks at processes."""
_EVERY = 2.0
"""The same from then on, as of a host's."""
_LONGEST = 8192
_KINDS = ("modified", "added", "deleted")


async def inspect(agent: Agent, call: InspectContainer) -> dict[str, Any]:
    """The daemon's own description, values of the environment masked. NotFound."""
    seen = await find_meant(agent.docker, call)
    return masked(await agent.docker.inspect(seen.id))


async def list_processes(agent: Agent, call: ListProcesses) -> tuple[Process, ...]:
    """As the host's ps shows them."""
    seen = await find_meant(agent.docker, call)
    if not seen.state.running:
        raise Conflict(f"the container {seen.called} does not run: it is {seen.state.status}")
    try:
        return processes(await top(agent.docker, seen.id, ARGUMENTS))
    except (HostError, Conflict):
        return processes(await top(agent.docker, seen.id, PLAIN))


async def follow_processes(agent: Agent, feed: FollowContainerProcesses) -> AsyncIterator[BusyProcesses]:
    """Each list by a look before it and one at it."""
    asked = ListProcesses(name=feed.name, deployment=feed.deployment)
    files, pause = agent.stats.proc, _FIRST
    before, began = await asyncio.to_thread(look, files), agent.clock.monotonic()
    while True:
        await agent.clock.sleep(pause)
        pause = _EVERY
        found = await list_processes(agent, asked)
        now, at = await asyncio.to_thread(look, files), agent.clock.monotonic()
        yield BusyProcesses(processes=lately(found, before, now, at - began, proc.uptime(text(files / "uptime"))))
        before, began = now, at


async def list_changes(agent: Agent, call: ListChanges) -> FileChanges:
    """In order of path; the first 100,000."""
    seen = await find_meant(agent.docker, call)
    found = await changes(agent.docker, seen.id)
    found.sort(key=lambda change: change.path)
    return FileChanges(total=len(found), items=tuple(map(_change, found[:MOST_CHANGES])))


async def follow_usage(agent: Agent, feed: FollowUsage) -> AsyncIterator[ContainerUsage]:
    """A sample a second while it runs, from one stream of the daemon; rates begin anew when it was started anew."""
    seen = await find_meant(agent.docker, feed)
    before: ContainerUsage | None = None
    async with stats(agent.docker, seen.id) as readings:
        async for told in readings:
            before = measured(told, before)
            if before is not None:
                yield before


def _change(told: Changed) -> FileChange:
    known = 0 <= told.kind < len(_KINDS)
    return FileChange(path=told.path[:_LONGEST], kind=_KINDS[told.kind] if known else "modified")


CALLS: tuple[CallHandler, ...] = (
    CallHandler(InspectContainer, inspect),
    CallHandler(ListProcesses, list_processes),
    CallHandler(ListChanges, list_changes),
)
FEEDS: tuple[FeedHandler, ...] = (
    FeedHandler(FollowUsage, follow_usage),
    FeedHandler(FollowContainerProcesses, follow_processes),
)
JOBS: tuple[JobHandler, ...] = ()
