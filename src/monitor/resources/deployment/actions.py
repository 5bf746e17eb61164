"""What a deployment can do."""

from monitor.abilities.container.calls import (
    Acted,
    ActOnContainer,
    ContainerVerb,
    ReplaceContainer,
    Replaced,
)
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict, Invalid
from monitor.kernel.job import Job
from monitor.kernel.resource import Behaviour, Hooks
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment import plan
from monitor.resources.deployment.account import check_account, reveal_account
from monitor.resources.deployment.body import engine_body, files
from monitor.resources.deployment.log import follow_log, read_log
from monitor.resources.deployment.own import container_of
from monitor.resources.deployment.spec import (
    DEPLOYMENT,
    BuiltImage,
    Delete,
    Deploy,
    DeploymentInfo,
    FollowLog,
    Keep,
    LiteralImage,
    ReadLog,
    Remove,
    Restart,
    Start,
    Stop,
    UpdateOrder,
)


async def prepare_deploy(ctx: Context, op: Deploy) -> Job[Replaced]:
    """One job: everything the host needs, the config as it is now, secrets in clear."""
    check_deploy(ctx, op)
    deployment = ctx.target(DEPLOYMENT)
    config = ctx.reveal(DEPLOYMENT, deployment.id)
    image = image_of(ctx)
    body = engine_body(config, image, plan.labels(ctx.core, deployment.id))
    return Job(
        server=config.server,
        work=ReplaceContainer(
            name=plan.container_name(config, deployment.name),
            body=body,
            pull=config.pull,
            files=files(config),
            auth=reveal_account(ctx, config, image),
            stable_for=config.stable_for,
            healthy_within=config.healthy_within,
            probe=config.probe,
            beside=config.update_order is UpdateOrder.START_FIRST,
            stop_timeout=config.stop_timeout,
            revision=deployment.revision,
            image_labels=_made_by(config.image),
            replaces=deployment.info.container if deployment.info.server == config.server else "",
        ),
        secrets=ctx.secrets(),
        time_limit=ReplaceContainer.time_limit
        + 2 * config.stop_timeout
        + config.stable_for
        + 2 * config.healthy_within,
    )


def check_deploy(ctx: Context, op: Deploy) -> None:
    """A build must have built something; and where the config holds host powers, another version than the one that
    runs is a change of code, which needs them: who may only execute repeats what is stored.
    """
    image, running = image_of(ctx), ctx.target(DEPLOYMENT).info.image
    if running and image != running:
        ctx.require_powers(DEPLOYMENT)
    check_account(ctx, image)


async def settle_deploy(ctx: Context, op: Deploy, result: Replaced) -> None:
    """Note what runs now."""
    deployment = ctx.target(DEPLOYMENT)
    info = DeploymentInfo(
        container=result.container,
        image=result.image,
        image_id=result.image_id,
        digest=result.image_digest,
        version=result.image.rpartition(":")[2] if isinstance(deployment.config.image, BuiltImage) else "",
        deployed=ctx.now(),
        revision=result.revision,
        activity=ctx.activity,
        server=ctx.server,
    )
    ctx.set_info(DEPLOYMENT, deployment.id, info)
    away = f", away {result.away:.1f} s" if result.away or result.beside else ""
    ctx.summary(f"deployed {result.image}{away}")


def image_of(ctx: Context) -> str:
    """The image to run: the literal one, or a build's version."""
    deployment = ctx.target(DEPLOYMENT)
    config = deployment.config
    if not isinstance(config.image, BuiltImage):
        return config.image.image
    build = ctx.find(BUILD, config.image.build)
    if not build.info.image:
        name = deployment.names.get(build.id, build.id)  # who may not read it is not told its name
        raise Conflict(f"build {name} has built nothing yet", hint=f"Run it first: monitor build run {name}")
    name = build.info.image.rpartition(":")[0]
    return f"{name}:{config.image.version or build.info.version}"


def _made_by(image: LiteralImage | BuiltImage) -> tuple[tuple[str, str], ...]:
    """Labels that prove an image to be a build's own: another build on the same server may give it the same name."""
    return (("monitor.build", image.build),) if isinstance(image, BuiltImage) else ()


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


def check_delete(ctx: Context, op: Delete) -> None:
    """What happens to a container must be said; where there can be none, there is nothing to ask."""
    deployment = ctx.target(DEPLOYMENT)
    state = deployment.status.state
    may_have_one = state != "unknown" or bool(deployment.info.container)
    if op.container is None and state != "not_deployed" and may_have_one:
        raise Invalid.field("container", f"the deployment is {state}; say container=keep or container=remove")


async def prepare_delete(ctx: Context, op: Delete) -> Job[Acted]:
    """A container is removed only if told to."""
    check_delete(ctx, op)
    if op.container is Keep.REMOVE:
        return act(ctx, ContainerVerb.REMOVE, missing_ok=True)
    return Job(result=Acted(state="kept"))


async def settle_delete(ctx: Context, op: Delete, result: Acted) -> None:
    """The document goes with the end of the action."""
    deployment = ctx.target(DEPLOYMENT)
    ctx.delete(DEPLOYMENT, deployment.id)
    ctx.summary(f"deleted {deployment.name}; its container is {result.state}")


DEPLOYMENT_BEHAVIOUR = Behaviour(
    type=DEPLOYMENT,
    handlers=(
        Deploy.by(prepare_deploy, settle_deploy, result=Replaced, check=check_deploy),
        Start.by(prepare_start, settle_act, result=Acted),
        Stop.by(prepare_stop, settle_act, result=Acted),
        Restart.by(prepare_restart, settle_act, result=Acted),
        Remove.by(prepare_remove, settle_act, result=Acted),
        Delete.by(prepare_delete, settle_delete, result=Acted, check=check_delete),
        ReadLog.by(read_log),
        FollowLog.by(follow_log),
    ),
    hooks=Hooks(
        validate=plan.validate,
        powers=plan.powers,
        server_of=lambda config: config.server,
        status=plan.status,
        hinders=plan.hinders,
    ),
)
