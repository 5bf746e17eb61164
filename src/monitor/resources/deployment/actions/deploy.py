"""Deploying: one job that replaces the container."""

from monitor.abilities.container.calls import ReplaceContainer, Replaced
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict
from monitor.kernel.job import Job
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment import plan
from monitor.resources.deployment.account import check_account, reveal_account
from monitor.resources.deployment.body import engine_body, files
from monitor.resources.deployment.info import DeploymentInfo
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, LiteralImage, UpdateOrder


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
        steps=plan.expected_steps(config, body, deployment.status.state),
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


DEPLOYING = (Deploy.by(prepare_deploy, settle_deploy, result=Replaced, check=check_deploy),)
