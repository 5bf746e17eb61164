"""Own: which container on the host is the deployment's."""

from monitor.kernel.context import Context
from monitor.kernel.hostview import Container
from monitor.resources.deployment import plan
from monitor.resources.deployment.spec import DEPLOYMENT


def container_of(ctx: Context) -> str:
    """What the target's container is called now, or would be."""
    deployment = ctx.target(DEPLOYMENT)
    found = found_container(ctx)
    return found.name if found is not None else plan.container_name(deployment.config, deployment.name)


def found_container(ctx: Context) -> Container | None:
    """The target's container as its server was last seen; None if there is none."""
    deployment = ctx.target(DEPLOYMENT)
    name = plan.container_name(deployment.config, deployment.name)
    return plan.find_container(deployment.id, name, deployment.info, ctx.view(deployment.config.server))


def owner_of(ctx: Context) -> str:
    """What a host is told of whose container it may touch."""
    deployment = ctx.target(DEPLOYMENT)
    return plan.owner_of(deployment.id, deployment.info)
