"""Deleting a deployment, and its container if told to."""

from monitor.abilities.container.calls import Acted, ContainerVerb
from monitor.kernel.context import Context
from monitor.kernel.errors import Invalid
from monitor.kernel.job import Job
from monitor.resources.deployment.actions.acts import act
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.spec import DEPLOYMENT


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
    return Job(result=Acted(state="kept" if op.container else ""))


async def settle_delete(ctx: Context, op: Delete, result: Acted) -> None:
    """The document goes with the end of the action."""
    deployment = ctx.target(DEPLOYMENT)
    ctx.delete(DEPLOYMENT, deployment.id)
    ctx.summary(f"deleted {deployment.name}" + (f"; its container is {result.state}" if result.state else ""))
