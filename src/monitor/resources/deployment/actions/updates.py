"""Taking newer images: a deploy that pulls."""

from msgspec import structs

from monitor.abilities.container.calls import ReplaceContainer, Replaced
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict
from monitor.kernel.job import Job
from monitor.resources.deployment.account import check_account
from monitor.resources.deployment.actions.deploy import asked_for, prepare_deploy, settle_deploy
from monitor.resources.deployment.built import image_of
from monitor.resources.deployment.newer import ImageUpdate, UpdateState
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.updates import UpdateImage
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import LiteralImage


def check_update_image(ctx: Context, op: UpdateImage) -> None:
    """A newer image is other code: where the config holds host powers, they are needed."""
    deployment = ctx.target(DEPLOYMENT)
    update: ImageUpdate | None = deployment.status.update
    if update is not None and update.state is UpdateState.NONE and update.reason:
        raise Conflict(f"there is nothing to update to: {update.reason}")
    if op.expects and update is not None and update.newest != op.expects:
        raise Conflict(
            f"the newest is {update.newest or 'not known'} by now, not {op.expects}", hint="Look for updates again."
        )
    ctx.require_powers(DEPLOYMENT)
    check_account(ctx, deployment.config, asked_for(deployment.config, image_of(ctx, deployment.config)))


async def prepare_update_image(ctx: Context, op: UpdateImage) -> Job[Replaced]:
    """The deploy's job, which fetches an image of a registry in any case."""
    check_update_image(ctx, op)
    job = await prepare_deploy(ctx, Deploy(target=op.target))
    if not isinstance(job.work, ReplaceContainer) or not isinstance(ctx.target(DEPLOYMENT).config.image, LiteralImage):
        return job
    steps = job.steps if job.work.pull else ("pull", *job.steps)
    # Other code is no repetition of what was made last.
    return structs.replace(job, work=structs.replace(job.work, pull=True, repeats=False), steps=steps)


async def settle_update_image(ctx: Context, op: UpdateImage, result: Replaced) -> None:
    """What runs now, as after a deploy."""
    await settle_deploy(ctx, Deploy(target=op.target), result)


UPDATING = (UpdateImage.by(prepare_update_image, settle_update_image, result=Replaced, check=check_update_image),)
