"""Looking into the deployment's container, without its secrets."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from monitor.abilities.inside import calls
from monitor.kernel.context import Context
from monitor.kernel.hostview import Container
from monitor.kernel.insides import BusyProcesses, ContainerFigures, FileChanges, Process
from monitor.kernel.stream import Item, Snapshot
from monitor.resources.deployment.operations.inside import Changes, DeploymentTop, Inspect, Processes, Stats
from monitor.resources.deployment.own import container_of, found_container, owner_of
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.insides import redacted, redacted_busy, redacted_changes, redacted_processes


async def inspect(ctx: Context, op: Inspect) -> dict[str, Any]:
    """Docker's own words."""
    server, meant = _meant(ctx)
    return await redacted(await ctx.host(server).call(calls.InspectContainer(**meant)), ctx.secrets())


async def processes(ctx: Context, op: Processes) -> tuple[Process, ...]:
    """As the host's ps shows them."""
    server, meant = _meant(ctx)
    return await redacted_processes(await ctx.host(server).call(calls.ListProcesses(**meant)), ctx.secrets())


async def changes(ctx: Context, op: Changes) -> FileChanges:
    """In order of path."""
    server, meant = _meant(ctx)
    return await redacted_changes(await ctx.host(server).call(calls.ListChanges(**meant)), ctx.secrets())


async def stats(ctx: Context, topic: Stats) -> AsyncIterator[Item[ContainerFigures] | Snapshot]:
    """Of the container that is the deployment's at each moment: a deploy's new one is followed on."""
    server = ctx.target(DEPLOYMENT).config.server
    async for item in ctx.watch_figures(server, partial(_on, ctx, server)):
        yield item


async def top(ctx: Context, topic: DeploymentTop) -> AsyncIterator[Item[BusyProcesses] | Snapshot]:
    """The same of its processes; what is secret is asked each time, since it may be another by then."""
    deployment = ctx.target(DEPLOYMENT)
    server = deployment.config.server
    async for item in ctx.watch_container_processes(server, partial(_on, ctx, server)):
        ctx.reveal(DEPLOYMENT, deployment.id)
        yield await redacted_busy(item, ctx.secrets())


def _on(ctx: Context, server: str) -> Container | None:
    return found_container(ctx) if ctx.target(DEPLOYMENT).config.server == server else None


def _meant(ctx: Context) -> tuple[str, dict[str, str]]:
    """Its server, and what says which container is meant; its secrets are known to the context then."""
    deployment = ctx.target(DEPLOYMENT)
    ctx.reveal(DEPLOYMENT, deployment.id)
    return deployment.config.server, {"name": container_of(ctx), "deployment": owner_of(ctx)}


INSIDE = (Inspect.by(inspect), Processes.by(processes), Changes.by(changes), Stats.by(stats), DeploymentTop.by(top))
