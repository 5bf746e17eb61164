"""Verbs on the container as it is."""

from monitor.abilities.container.calls import Acted, ActOnContainer, ContainerVerb
from monitor.kernel.context import Context
from monitor.kernel.job import Job
from monitor.resources.deployment.info import DeploymentInfo
from monitor.resources.deployment.operations.acts import Remove, Restart, Start, Stop
from monitor.resources.deployment.own import container_of
from monitor.resources.deployment.spec import DEPLOYMENT


async def prepare_start(ctx: Context, op: Start) -> Job[Acted]:
    """One job on the container as it is."""
    return act(ctx, ContainerVerb.START)


async def prepare_stop(ctx: Context, op: Stop) -> Job[Acted]:
    """The same."""
    return act(ctx, ContainerVerb.STOP)


async def prepare_restart(ctx: Context, op: Restart) -> Job[Acted]:
    """The same."""
    return act(ctx, ContainerVerb.RESTART)


async def prepare_remove(ctx: Context, op: Remove) -> Job[Acted]:
    """The same."""
    return act(ctx, ContainerVerb.REMOVE)


def act(ctx: Context, verb: ContainerVerb, *, missing_ok: bool = False) -> Job[Acted]:
    """The job of one verb on the target's container."""
    deployment = ctx.target(DEPLOYMENT)
    # The job needs no secret, but a container that does not start may print them.
    config = ctx.reveal(DEPLOYMENT, deployment.id)
    return Job(
        server=config.server,
        work=ActOnContainer(
            name=container_of(ctx),
            verb=verb,
            deployment=deployment.id,
            timeout=config.stop_timeout,
            missing_ok=missing_ok,
        ),
        secrets=ctx.secrets(),
        time_limit=ActOnContainer.time_limit + config.stop_timeout,
    )


async def settle_act(ctx: Context, op: Start | Stop | Restart | Remove, result: Acted) -> None:
    """The live state comes from the host by itself; only the summary is new."""
    ctx.summary(f"container is {result.state}")
    if result.state == "removed":
        ctx.set_info(DEPLOYMENT, ctx.target(DEPLOYMENT).id, DeploymentInfo())


ACTS = (
    Start.by(prepare_start, settle_act, result=Acted),
    Stop.by(prepare_stop, settle_act, result=Acted),
    Restart.by(prepare_restart, settle_act, result=Acted),
    Remove.by(prepare_remove, settle_act, result=Acted),
)
