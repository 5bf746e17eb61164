"""Deploying."""

from typing import Annotated, ClassVar

from monitor.kernel.marks import shown
from monitor.kernel.operation import Action, StepInfo

_RUNS_ON = "The old container runs on until the new one takes over"
_COMES_BACK = "If the new container does not come up, the old one comes back"


class Deploy(Action, frozen=True, kw_only=True, tag="deployment.deploy"):
    """Bring the container to the configured state, keeping the old one until the new one is up."""

    steps: ClassVar[tuple[StepInfo, ...]] = (
        StepInfo("pull", "Pull the image", _RUNS_ON),
        StepInfo("create", "Create the new container", _RUNS_ON),
        StepInfo("park", "Stop the old container", _COMES_BACK),
        StepInfo("start", "Start the new container", _COMES_BACK),
        StepInfo("verify", "Wait until it is up", _COMES_BACK),
        StepInfo("rename", "Take over the name", _COMES_BACK),
        StepInfo("remove", "Remove the old container", "The new container is up and stays"),
    )
    meanwhile: ClassVar[str] = _RUNS_ON

    if_changed: Annotated[
        bool,
        shown(
            "Only if changed",
            "Only if something differs from what runs: the config with its secrets and files, the image (its version, "
            "its digest, also where a tag was built or pushed anew), or the container, changed outside or no longer "
            "up.",
        ),
    ] = False


DEPLOYING = (Deploy,)
