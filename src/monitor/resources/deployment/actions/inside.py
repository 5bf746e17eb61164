"""Looking into the deployment's container, without its secrets."""

from collections.abc import AsyncIterator
from typing import Any

from monitor.abilities.inside import calls
from monitor.kernel.context import Context
from monitor.kernel.hostview import Container
from monitor.kernel.insides import ContainerFigures, FileChanges, Process
from monitor.kernel.stream import Item, Snapshot
from monitor.resources.deployment import plan
from monitor.resources.deployment.operations.inside import Changes, Inspect, Processes, Stats
from monitor.resources.deployment.own import container_of, owner_of
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.insides import redacted, redacted_changes, redacted_processes


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

    def which() -> Container | None:
        deployment = ctx.target(DEPLOYMENT)
        name = plan.container_name(deployment.config, deployment.name)
        return plan.find_container(deployment.id, name, deployment.info, ctx.view(server))

    async for item in ctx.watch_figures(server, which):
        yield item


def _meant(ctx: Context) -> tuple[str, dict[str, str]]:
    """Its server, and what says which container is meant; its secrets are known to the context then."""
    deployment = ctx.target(DEPLOYMENT)
    ctx.reveal(DEPLOYMENT, deployment.id)
    return deployment.config.server, {"name": container_of(ctx), "deployment": owner_of(ctx)}


INSIDE = (Inspect.by(inspect), Processes.by(processes), Changes.by(changes), Stats.by(stats))
