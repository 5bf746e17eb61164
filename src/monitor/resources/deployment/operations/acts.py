"""Verbs on the container as it is."""

from typing import ClassVar

from monitor.kernel.operation import Action


class Start(Action, frozen=True, kw_only=True, tag="deployment.start"):
    """Start the container as it is."""


class Stop(Action, frozen=True, kw_only=True, tag="deployment.stop"):
    """Stop the container: TERM, and KILL after its stop timeout."""


class Restart(Action, frozen=True, kw_only=True, tag="deployment.restart"):
    """Stop and start the container as it is."""


class Remove(Action, frozen=True, kw_only=True, tag="deployment.remove"):
    """Remove the container; the deployment and every volume stay."""

    danger: ClassVar[bool] = True


ACTS = (Start, Stop, Restart, Remove)
