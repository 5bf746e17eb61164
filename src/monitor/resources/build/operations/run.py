"""Running a build: the next version is made."""

from typing import ClassVar

from monitor.kernel.operation import Action, StepInfo


class RunBuild(Action, frozen=True, kw_only=True, tag="build.run"):
    """Fetch the source, build the image, and raise the patch version if that succeeds."""

    title: ClassVar[str] = "Build"
    steps: ClassVar[tuple[StepInfo, ...]] = (
        StepInfo("clone", "Fetch the source"),
        StepInfo("write", "Write the Dockerfile"),
        StepInfo("before", "Prepare the source"),
        StepInfo("build", "Build the image"),
        StepInfo("inspect", "Check the image"),
    )
    meanwhile: ClassVar[str] = "What is deployed stays as it is"
