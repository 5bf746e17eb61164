"""Ownership: whose a container is. Pure; core, plans and hosts all ask here."""

from collections.abc import Mapping

DEPLOYMENT_LABEL = "monitor.deployment"
CORE_LABEL = "monitor.core"
BUILD_LABEL = "monitor.build"
"""The label that says which build made an image."""


def is_of(owner: str, id: str, labels: Mapping[str, str]) -> bool:
    """Whether a container is an owner's. An owner is a deployment's id, which the container's label says; or, where it
    was adopted, the container's whole id: nobody can put a label on one that runs.
    """
    return bool(owner) and (id == owner or labels.get(DEPLOYMENT_LABEL) == owner)
