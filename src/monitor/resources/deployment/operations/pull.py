"""Fetching the image ahead of a deploy."""

from monitor.kernel.operation import Action


class Pull(Action, frozen=True, kw_only=True, tag="deployment.pull"):
    """Fetch the image on the deployment's server; what runs goes on as it is."""


PULLING = (Pull,)
