"""Deleting the deployment itself."""

from enum import StrEnum
from typing import ClassVar

from monitor.kernel.operation import Action, Needs, StepInfo
from monitor.kernel.permission import Level
from monitor.resources.deployment.operations.acts import VOLUMES_STAY


class Keep(StrEnum):
    """What happens to the container when its deployment is deleted."""

    KEEP = "keep"
    REMOVE = "remove"


class Delete(Action, frozen=True, kw_only=True, tag="deployment.delete"):
    """Delete the deployment; while it has a container, say whether to keep or remove that."""

    danger: ClassVar[bool] = True
    needs: ClassVar[Needs] = Level.WRITE
    method: ClassVar[str] = "DELETE"
    steps: ClassVar[tuple[StepInfo, ...]] = (StepInfo("remove", "Remove the container"),)
    meanwhile: ClassVar[str] = VOLUMES_STAY

    container: Keep | None = None
