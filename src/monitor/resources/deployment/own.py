"""Own: which container on the host is the deployment's."""

from monitor.kernel.context import Context
from monitor.resources.deployment import plan
from monitor.resources.deployment.spec import DEPLOYMENT


def container_of(ctx: Context) -> str:
    """What the target's container is called now, or would be."""
    deployment = ctx.target(DEPLOYMENT)
    name = plan.container_name(deployment.config, deployment.name)
    found = plan.find_container(deployment.id, name, deployment.info, ctx.view(deployment.config.server))
    return found.name if found is not None else name
