"""Deploying: one job that replaces the container; or none, where nothing changed and only that is asked for."""

from msgspec import structs

from monitor.abilities.container.calls import ReplaceContainer, Replaced
from monitor.kernel.context import Context
from monitor.kernel.job import Job
from monitor.kernel.ownership import BUILD_LABEL
from monitor.kernel.permission import HostPower
from monitor.resources.deployment import plan
from monitor.resources.deployment.account import check_account, reveal_account
from monitor.resources.deployment.actions.unchanged import Unchanged, why_changed
from monitor.resources.deployment.built import Meant, image_of
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.info import DeploymentInfo
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, LiteralImage, UpdateOrder
from monitor.resources.deployment.wanted import Wanted, fingerprint_of, wanted_of


async def prepare_deploy(ctx: Context, op: Deploy) -> Job[Replaced]:
    """One job: everything the host needs, the config as it is now, secrets in clear."""
    check_deploy(ctx, op)
    deployment = ctx.target(DEPLOYMENT)
    config = ctx.reveal(DEPLOYMENT, deployment.id)
    meant = image_of(ctx, config)
    wanted = wanted_of(ctx, config, meant.image)
    fingerprint = fingerprint_of(ctx, wanted)
    job = replacement(ctx, config, wanted, meant, repeats=await _repeats(ctx, fingerprint))
    if op.if_changed and not await why_changed(ctx, job, fingerprint):
        return Job(result=Unchanged(meant.image, deployment.revision))
    await ctx.begin_release(DEPLOYMENT, fingerprint)
    return job


def check_deploy(ctx: Context, op: Deploy) -> None:
    """A build must have built something; and where the config holds host powers, another version than the one that
    runs is a change of code, which needs them: who may only execute repeats what is stored.
    """
    config, running = ctx.target(DEPLOYMENT).config, ctx.target(DEPLOYMENT).info.image
    meant = image_of(ctx, config)
    if running and meant.image != running:
        ctx.require_powers(DEPLOYMENT)
    check_account(ctx, config, asked_for(config, meant))


def asked_for(config: DeploymentConfig, meant: Meant) -> str:
    """What a registry may be asked for on the way; nothing for an image that only its builder has."""
    return "" if isinstance(config.image, BuiltImage) and meant.origin is None else meant.source


async def _repeats(ctx: Context, fingerprint: str) -> bool:
    """Whether exactly this was deployed last."""
    info = ctx.target(DEPLOYMENT).info
    last = next((one for one in await ctx.releases(DEPLOYMENT) if one.activity == info.activity), None)
    return last is not None and last.fingerprint == fingerprint


def held_powers(ctx: Context, config: DeploymentConfig) -> tuple[HostPower, ...]:
    """Of who asks, and those of the config itself: whoever could write these may repeat it."""
    return tuple(sorted(ctx.held_powers(config.server) | plan.powers(config)))


def replacement(
    ctx: Context,
    config: DeploymentConfig,
    wanted: Wanted,
    meant: Meant,
    exactly: DeploymentInfo | None = None,
    *,
    repeats: bool = False,
) -> Job[Replaced]:
    """The job that makes it so; `exactly` is what an earlier one left, whose image it must be; `repeats`: whether it
    is what was deployed last.
    """
    # A build's version never changes: there is nothing newer under its name.
    config = structs.replace(config, pull=config.pull and exactly is None and isinstance(config.image, LiteralImage))
    return Job(
        server=wanted.server,
        work=_work(ctx, config, wanted, meant, exactly, repeats=repeats),
        secrets=ctx.secrets(),
        time_limit=_longest(config),
        steps=plan.expected_steps(config, wanted.body, ctx.target(DEPLOYMENT).status.state),
    )


def _work(
    ctx: Context,
    config: DeploymentConfig,
    wanted: Wanted,
    meant: Meant,
    exactly: DeploymentInfo | None,
    *,
    repeats: bool,
) -> ReplaceContainer:
    """What its host is asked for."""
    deployment = ctx.target(DEPLOYMENT)
    before = deployment.info if deployment.info.server == config.server else DeploymentInfo()
    return ReplaceContainer(
        name=wanted.name,
        body=wanted.body,
        pull=config.pull,
        files=wanted.files,
        auth=reveal_account(ctx, config, asked_for(config, meant)),
        origin=meant.origin if exactly is None else None,
        stable_for=config.stable_for,
        healthy_within=config.healthy_within,
        probe=config.probe,
        beside=config.update_order is UpdateOrder.START_FIRST,
        stop_timeout=config.stop_timeout,
        revision=deployment.revision,
        image_labels=_made_by(config.image),
        image_id=exactly.image_id if exactly else "",
        image_digest=exactly.digest if exactly else "",
        replaces=before.container,
        adopted=before.container if before.adopted else "",
        powers=held_powers(ctx, config),
        repeats=repeats,
    )


def _longest(config: DeploymentConfig) -> float:
    """Seconds it may take: both containers stop, the new one comes up, and is looked at once more."""
    return ReplaceContainer.time_limit + 2 * config.stop_timeout + config.stable_for + 2 * config.healthy_within


async def settle_deploy(ctx: Context, op: Deploy, result: Replaced | Unchanged) -> None:
    """Note what runs now."""
    deployment = ctx.target(DEPLOYMENT)
    if isinstance(result, Unchanged):
        await result.settle(ctx)
        return
    made = deployment.config.image
    build = made.build if isinstance(made, BuiltImage) else ""
    version = result.image.rpartition(":")[2] if build else ""
    await note_deployed(ctx, result, image=result.image, version=version, build=build)
    ctx.summary(f"deployed {result.image}{away_of(result)}")


async def note_deployed(ctx: Context, result: Replaced, *, image: str, version: str, build: str) -> None:
    """End the release with what the job left; `build` made the image, if one did."""
    known = ctx.target(DEPLOYMENT).info.update

    def info(number: int, revision: int) -> DeploymentInfo:
        return DeploymentInfo(
            container=result.container,
            image=image,
            image_id=result.image_id,
            digest=result.image_digest,
            version=version,
            deployed=ctx.now(),
            revision=revision or result.revision,
            activity=ctx.activity,
            release=number,
            server=ctx.server,
            update=known,
            build=build,
        )

    await ctx.end_release(DEPLOYMENT, result.image_id, info)


def away_of(result: Replaced) -> str:
    """How long nothing ran, for the summary."""
    if result.away:
        return f", away {result.away:.1f} s"
    return ", never away" if result.beside else ""


def _made_by(image: LiteralImage | BuiltImage) -> tuple[tuple[str, str], ...]:
    """Labels that prove an image to be a build's own: another build on the same server may give it the same name."""
    return ((BUILD_LABEL, image.build),) if isinstance(image, BuiltImage) else ()


DEPLOYING = (Deploy.by(prepare_deploy, settle_deploy, result=Replaced, check=check_deploy),)
