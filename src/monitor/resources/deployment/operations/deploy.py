"""Deploying."""

from monitor.kernel.operation import Action


class Deploy(Action, frozen=True, kw_only=True, tag="deployment.deploy"):
    """Bring the container to the configured state, keeping the old one until the new one is up."""


DEPLOYING = (Deploy,)
