"""Looking into containers that belong to no deployment: by their whole ids, so that no name decides what is shown."""

from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial
from typing import Any

from monitor.abilities.container.calls import Label
from monitor.abilities.inside import calls
from monitor.kernel.context import Context
from monitor.kernel.errors import MonitorError
from monitor.kernel.hostview import Container
from monitor.kernel.insides import BusyProcesses, ContainerFigures, FileChanges, Process
from monitor.kernel.stream import Item, Snapshot
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.insides import redacted, redacted_busy, redacted_changes, redacted_processes
from monitor.resources.server.operations.inside import (
    ContainerChanges,
    ContainerProcesses,
    ContainerStats,
    ContainerTop,
    InspectContainer,
)
from monitor.resources.server.spec import SERVER


async def inspect(ctx: Context, op: InspectContainer) -> dict[str, Any]:
    """Docker's own words."""
    server, id = meant_by(ctx, op.container)
    told = await ctx.host(server).call(calls.InspectContainer(name=id))
    return await redacted(told, ctx.secrets())


async def processes(ctx: Context, op: ContainerProcesses) -> tuple[Process, ...]:
    """As the host's ps shows them."""
    server, id = meant_by(ctx, op.container)
    return await redacted_processes(await ctx.host(server).call(calls.ListProcesses(name=id)), ctx.secrets())


async def changes(ctx: Context, op: ContainerChanges) -> FileChanges:
    """In order of path."""
    server, id = meant_by(ctx, op.container)
    return await redacted_changes(await ctx.host(server).call(calls.ListChanges(name=id)), ctx.secrets())


async def stats(ctx: Context, topic: ContainerStats) -> AsyncIterator[Item[ContainerFigures] | Snapshot]:
    """By the name or id that was asked for: what takes its place under the name is followed on."""
    server = ctx.target(SERVER).id
    ctx.unmanaged_container(server, topic.container)
    async for item in ctx.watch_figures(server, partial(_found, ctx, server, topic.container)):
        yield item


async def top(ctx: Context, topic: ContainerTop) -> AsyncIterator[Item[BusyProcesses] | Snapshot]:
    """The same of its processes."""
    server = ctx.target(SERVER).id
    ctx.unmanaged_container(server, topic.container)
    which = partial(_found, ctx, server, topic.container)
    async for item in ctx.watch_container_processes(server, which):
        if (found := which()) is not None:
            _reveal_left(ctx, found)
        yield await redacted_busy(item, ctx.secrets())


def meant_by(ctx: Context, ref: str) -> tuple[str, str]:
    """Server and whole id; what may stand in it of secrets is known to the context then."""
    server = ctx.target(SERVER).id
    found = ctx.unmanaged_container(server, ref)
    _reveal_left(ctx, found)
    return server, found.id


def _reveal_left(ctx: Context, container: Container) -> None:
    """What a deployment that moved away has left behind may hold that one's secrets."""
    left_by = dict(container.labels).get(Label.DEPLOYMENT, "")
    if left_by:
        with suppress(MonitorError):  # it was deleted, and with it what it kept secret
            ctx.reveal(DEPLOYMENT, left_by)


def _found(ctx: Context, server: str, ref: str) -> Container | None:
    try:
        return ctx.unmanaged_container(server, ref)
    except MonitorError:
        return None


INSIDE = (
    InspectContainer.by(inspect),
    ContainerProcesses.by(processes),
    ContainerChanges.by(changes),
    ContainerStats.by(stats),
    ContainerTop.by(top),
)
