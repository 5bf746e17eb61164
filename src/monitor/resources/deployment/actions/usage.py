"""What the deployment's containers used."""

from monitor.kernel.context import Context
from monitor.kernel.past import Past
from monitor.resources.deployment.operations.usage import DeploymentUsageHistory


async def usage_history(ctx: Context, op: DeploymentUsageHistory) -> Past:
    """Of whichever container it had at the time, on whichever server."""
    return await ctx.past(op)


USAGE = (DeploymentUsageHistory.by(usage_history),)
