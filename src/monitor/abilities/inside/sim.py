"""A simulated host's containers, looked into: the same answers and errors as the real way."""

from collections.abc import AsyncIterator
from typing import Any

from monitor.abilities.agent.contract import CallHandler, FeedHandler
from monitor.abilities.container.masking import masked
from monitor.abilities.inside.calls import (
    FollowContainerProcesses,
    FollowUsage,
    InspectContainer,
    ListChanges,
    ListProcesses,
    Meant,
)
from monitor.kernel.errors import Conflict, NotFound
from monitor.kernel.insides import MOST_CHANGES, BusyProcesses, ContainerUsage, FileChanges, Process
from monitor.kernel.ownership import is_of
from monitor.testing.container import SimulatedContainer
from monitor.testing.insides import busy_inside, changes_of, description_of, processes_of, usage_of
from monitor.testing.machine import Machine

_UP = ("running", "paused", "restarting")


async def inspect(machine: Machine, call: InspectContainer) -> dict[str, Any]:
    """A little of what the Engine would say."""
    return masked(description_of(_find(machine, call)))


async def list_processes(machine: Machine, call: ListProcesses) -> tuple[Process, ...]:
    """Those it is made up to have."""
    return processes_of(_running(machine, call), machine.clock.now())


async def follow_processes(machine: Machine, feed: FollowContainerProcesses) -> AsyncIterator[BusyProcesses]:
    """The same, busy in their own time, every two seconds."""
    id = _find(machine, feed).view.id
    machine.looked_at.append(id)
    try:
        while True:
            yield BusyProcesses(processes=busy_inside(_running(machine, feed), machine.clock.now()))
            await machine.clock.sleep(2.0)
    finally:
        machine.looked_at.remove(id)


async def list_changes(machine: Machine, call: ListChanges) -> FileChanges:
    """Those it is made up to have made."""
    found = changes_of(_find(machine, call))
    return FileChanges(total=len(found), items=tuple(found[:MOST_CHANGES]))


async def follow_usage(machine: Machine, feed: FollowUsage) -> AsyncIterator[ContainerUsage]:
    """A sample a second while it runs, until it is gone."""
    id = _find(machine, feed).view.id
    machine.looked_at.append(id)
    try:
        while (container := machine.containers.get(id)) is not None:
            if container.view.state in _UP:
                yield usage_of(container, machine.clock.now())
            await machine.clock.sleep(1.0)
    finally:
        machine.looked_at.remove(id)


def _running(machine: Machine, meant: Meant) -> SimulatedContainer:
    container = _find(machine, meant)
    if container.view.state not in _UP:
        raise Conflict(f"the container {container.view.name} does not run: it is {container.view.state}")
    return container


def _find(machine: Machine, meant: Meant) -> SimulatedContainer:
    machine.need_docker()
    container = machine.find(meant.name)
    if not meant.deployment and container.view.id != meant.name:
        raise NotFound(f"there is no container with the id {meant.name[:12]} on this host")
    if meant.deployment and not is_of(meant.deployment, container.view.id, dict(container.view.labels)):
        raise NotFound(f"the container {meant.name} on this host is not this deployment's")
    return container


CALLS = (
    CallHandler(InspectContainer, inspect),
    CallHandler(ListProcesses, list_processes),
    CallHandler(ListChanges, list_changes),
)
FEEDS = (FeedHandler(FollowUsage, follow_usage), FeedHandler(FollowContainerProcesses, follow_processes))
