"""Fetching the image ahead of a deploy."""

from typing import ClassVar

from monitor.kernel.operation import Action, StepInfo


class Pull(Action, frozen=True, kw_only=True, tag="deployment.pull"):
    """Fetch the image on the deployment's server; what runs goes on as it is."""

    steps: ClassVar[tuple[StepInfo, ...]] = (StepInfo("pull", "Pull the image"),)
    meanwhile: ClassVar[str] = "What runs goes on as it is"


PULLING = (Pull,)
