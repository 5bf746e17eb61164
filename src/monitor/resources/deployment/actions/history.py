"""The history of what was deployed, and the way back."""

from monitor.abilities.container.calls import Replaced
from monitor.kernel.activity import Change
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict
from monitor.kernel.job import Job
from monitor.resources.deployment.account import check_account
from monitor.resources.deployment.actions.deploy import asked_for, away_of, note_deployed, replacement
from monitor.resources.deployment.built import left_by
from monitor.resources.deployment.history import DeploymentRelease, deployed
from monitor.resources.deployment.operations.history import Deployed, Diff, History, RollBack
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.wanted import fingerprint_of, wanted_of


async def history(ctx: Context, op: History) -> tuple[Deployed, ...]:
    """All that is kept."""
    info = ctx.target(DEPLOYMENT).info
    return tuple(deployed(release, info) for release in await ctx.releases(DEPLOYMENT))


async def diff(ctx: Context, op: Diff) -> tuple[Change, ...]:
    """Between two releases, or one and the config. While nothing is deployed there is nothing to compare with."""
    number = op.before or ctx.target(DEPLOYMENT).info.release
    if not number:
        return ()
    before = await ctx.release(DEPLOYMENT, number)
    after = await ctx.release(DEPLOYMENT, op.after) if op.after else None
    return ctx.differences(DEPLOYMENT, before, after)


async def prepare_roll_back(ctx: Context, op: RollBack) -> Job[Replaced]:
    """The job of a deploy, of the release's config and with its very image."""
    release = await ctx.release(DEPLOYMENT, op.release)
    ctx.check_release(DEPLOYMENT, release)
    left = release.info
    if left is None or not left.image_id:
        raise Conflict(f"of release {op.release} the image is not known", hint="Choose another release.")
    meant = left_by(ctx, release.config, left)
    check_account(ctx, release.config, asked_for(release.config, meant))
    deployment = ctx.target(DEPLOYMENT)
    ctx.reveal(DEPLOYMENT, deployment.id)  # what runs until then may print its own secrets
    config = ctx.reveal_release(DEPLOYMENT, release)
    wanted = wanted_of(ctx, config, left.image)
    job = replacement(ctx, config, wanted, meant, exactly=left)
    await ctx.begin_release(DEPLOYMENT, fingerprint_of(ctx, wanted), release)
    return job


async def settle_roll_back(ctx: Context, op: RollBack, result: Replaced) -> None:
    """Note what runs now, under the name its image had then."""
    before = ctx.target(DEPLOYMENT).info.release
    release = await _still(ctx, op.release)
    left = release.info if release else None
    image = left.image if left else result.image
    version, build = (left.version, left.build) if left else ("", "")
    await note_deployed(ctx, result, image=image, version=version, build=build)
    came_from = f" from {before}" if before else ""
    ctx.summary(f"rolled back{came_from} to release {op.release}: {image}{away_of(result)}")


async def _still(ctx: Context, number: int) -> DeploymentRelease | None:
    return next((r for r in await ctx.releases(DEPLOYMENT) if r.number == number), None)


HISTORY = (
    History.by(history),
    Diff.by(diff),
    RollBack.by(prepare_roll_back, settle_roll_back, result=Replaced),
)
