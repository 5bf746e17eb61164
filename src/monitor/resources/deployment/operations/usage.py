"""What the deployment's containers used."""

from monitor.kernel.past import Past, PastQuery


class DeploymentUsageHistory(PastQuery[Past], frozen=True, kw_only=True, tag="deployment.usage_history"):
    """What the deployment's container used over a time, across its redeploys, as finely as it is kept."""
