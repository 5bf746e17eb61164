"""Fetching the image ahead of a deploy: one job, which touches no container."""

from monitor.abilities.pull.calls import Pulled, PullImage
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict
from monitor.kernel.job import Job
from monitor.resources.deployment.account import check_account, reveal_account
from monitor.resources.deployment.built import image_of
from monitor.resources.deployment.operations.pull import Pull
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage


def check_pull(ctx: Context, op: Pull) -> None:
    """What a build of this server made is there already, and no registry has it."""
    config = ctx.target(DEPLOYMENT).config
    meant = image_of(ctx, config)
    if isinstance(config.image, BuiltImage) and meant.origin is None:
        raise Conflict(
            "its image is made by a build on this server, and was pushed nowhere: there is nothing to pull it from",
            hint="Deploy it: it is there. Or name registries in the build's push_to.",
        )
    check_account(ctx, config, meant.source)


async def prepare_pull(ctx: Context, op: Pull) -> Job[Pulled]:
    """The image by the config as it is now, and who asks for it."""
    check_pull(ctx, op)
    config = ctx.reveal(DEPLOYMENT, ctx.target(DEPLOYMENT).id)
    meant = image_of(ctx, config)
    auth = reveal_account(ctx, config, meant.source)
    work = PullImage(image=meant.image, auth=auth, origin=meant.origin)
    return Job(server=config.server, work=work, secrets=ctx.secrets())


async def settle_pull(ctx: Context, op: Pull, result: Pulled) -> None:
    """What runs goes on as it is: only the summary is new."""
    info = ctx.target(DEPLOYMENT).info
    if not info.image_id:
        ctx.summary(f"pulled {result.image}")
    elif info.image_id == result.image_id:
        ctx.summary(f"pulled {result.image}: it is what runs already")
    else:
        ctx.summary(f"pulled {result.image}: another image than runs now; deploy to use it")


PULLING = (Pull.by(prepare_pull, settle_pull, result=Pulled, check=check_pull),)
