"""Giving the deployment another name."""

from typing import Annotated, ClassVar

from monitor.kernel.marks import shown
from monitor.kernel.operation import Action, Needs, StepInfo
from monitor.kernel.permission import Level


class Rename(Action, frozen=True, kw_only=True, tag="deployment.rename"):
    """Give the deployment another name; its container, where it has none of its own, follows as it runs."""

    needs: ClassVar[Needs] = Level.WRITE
    steps: ClassVar[tuple[StepInfo, ...]] = (StepInfo("rename", "Rename the container"),)
    meanwhile: ClassVar[str] = "The container runs on under either name"

    name: Annotated[str, shown("Name", "Lower-case letters and digits, single `.`, `_` or `-` between them.")]


RENAMING = (Rename,)
