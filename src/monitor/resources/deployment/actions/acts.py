"""Verbs on the container as it is."""

from monitor.abilities.container.calls import Acted, ActOnContainer, ContainerVerb
from monitor.kernel.context import Context
from monitor.kernel.job import Job
from monitor.resources.deployment.info import DeploymentInfo
from monitor.resources.deployment.operations.acts import Kill, Pause, Remove, Restart, Start, Stop, Unpause
from monitor.resources.deployment.own import container_of, owner_of
from monitor.resources.deployment.spec import DEPLOYMENT


async def prepare_start(ctx: Context, op: Start) -> Job[Acted]:
    """One job on the container as it is."""
    return act(ctx, ContainerVerb.START)


async def prepare_stop(ctx: Context, op: Stop) -> Job[Acted]:
    """The same."""
    return act(ctx, ContainerVerb.STOP, signal=op.signal, timeout=op.timeout)


async def prepare_restart(ctx: Context, op: Restart) -> Job[Acted]:
    """The same."""
    return act(ctx, ContainerVerb.RESTART, timeout=op.timeout)


async def prepare_pause(ctx: Context, op: Pause) -> Job[Acted]:
    """The same."""
    return act(ctx, ContainerVerb.PAUSE)


async def prepare_unpause(ctx: Context, op: Unpause) -> Job[Acted]:
    """The same."""
    return act(ctx, ContainerVerb.UNPAUSE)


async def prepare_kill(ctx: Context, op: Kill) -> Job[Acted]:
    """The same."""
    return act(ctx, ContainerVerb.KILL, signal=op.signal)


async def prepare_remove(ctx: Context, op: Remove) -> Job[Acted]:
    """The same."""
    return act(ctx, ContainerVerb.REMOVE)


def act(
    ctx: Context,
    verb: ContainerVerb,
    *,
    signal: str = "",
    timeout: int | None = None,
    new_name: str = "",
    missing_ok: bool = False,
) -> Job[Acted]:
    """The job of one verb on the target's container."""
    deployment = ctx.target(DEPLOYMENT)
    # The job needs no secret, but a container that does not start may print them.
    config = ctx.reveal(DEPLOYMENT, deployment.id)
    grace = config.stop_timeout if timeout is None else timeout
    return Job(
        server=config.server,
        work=ActOnContainer(
            name=container_of(ctx),
            verb=verb,
            deployment=owner_of(ctx),
            timeout=grace,
            signal=signal,
            new_name=new_name,
            missing_ok=missing_ok,
        ),
        secrets=ctx.secrets(),
        # A signal of a stop is given as long as the stop that follows it.
        time_limit=ActOnContainer.time_limit + (2 * grace if signal else grace),
    )


async def settle_act(ctx: Context, op: Start | Stop | Restart | Pause | Unpause | Kill | Remove, result: Acted) -> None:
    """The live state comes from the host by itself; only the summary is new."""
    sent = f"sent {op.signal}; " if isinstance(op, Kill) else ""
    ctx.summary(f"{sent}container is {result.state}")
    if result.state == "removed":
        ctx.set_info(DEPLOYMENT, ctx.target(DEPLOYMENT).id, DeploymentInfo())


ACTS = (
    Start.by(prepare_start, settle_act, result=Acted),
    Stop.by(prepare_stop, settle_act, result=Acted),
    Restart.by(prepare_restart, settle_act, result=Acted),
    Pause.by(prepare_pause, settle_act, result=Acted),
    Unpause.by(prepare_unpause, settle_act, result=Acted),
    Kill.by(prepare_kill, settle_act, result=Acted),
    Remove.by(prepare_remove, settle_act, result=Acted),
)
