"""Giving the deployment another name: on the host first, then here, so that neither lies about the other."""

from monitor.abilities.container.calls import Acted, ContainerVerb
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict, Invalid
from monitor.kernel.ids import check_name
from monitor.kernel.job import Job
from monitor.resources.deployment import plan
from monitor.resources.deployment.actions.acts import act
from monitor.resources.deployment.operations.rename import Rename
from monitor.resources.deployment.own import found_container
from monitor.resources.deployment.spec import DEPLOYMENT


def check_rename(ctx: Context, op: Rename) -> None:
    """The name is one, it is free, and where the container follows, its state is known."""
    check_name(op.name)
    deployment = ctx.target(DEPLOYMENT)
    if op.name == deployment.name:
        raise Invalid.field("name", f"it is called {op.name} already")
    ctx.check_free(DEPLOYMENT, op.name)
    if deployment.config.container_name or not deployment.info.container:
        return
    if deployment.status.state == "unknown":
        raise Conflict(
            f"its container has its name and would be renamed with it, and {deployment.status.reason}",
            hint="Wait until the server answers.",
        )


async def prepare_rename(ctx: Context, op: Rename) -> Job[Acted]:
    """Nothing is to do on the host where the container has a name of its own, or there is none."""
    check_rename(ctx, op)
    config = ctx.target(DEPLOYMENT).config
    if config.container_name or found_container(ctx) is None:
        return Job(result=Acted(state=""))
    if ctx.view(config.server).named(op.name) is not None:
        raise Conflict(
            f"another container on the server is called {op.name}", hint="Choose another name, or remove that one."
        )
    return act(ctx, ContainerVerb.RENAME, new_name=plan.container_name(config, op.name), missing_ok=True)


async def settle_rename(ctx: Context, op: Rename, result: Acted) -> None:
    """The name is in no container's config: what runs is as up to date as before."""
    before = ctx.target(DEPLOYMENT)
    ctx.rename(DEPLOYMENT, before.id, op.name)
    followed = "" if result.state in ("", "missing") else "; its container follows"
    ctx.summary(f"renamed {before.name} to {op.name}{followed}")


def lane_of_name(ctx: Context, op: Rename) -> tuple[str, ...]:
    """Two that want the same name come one after the other."""
    return (f"name:deployment:{op.name}",)


RENAMING = (Rename.by(prepare_rename, settle_rename, result=Acted, check=check_rename, lanes=lane_of_name),)
