"""Running a build: the next version is made."""

from typing import Annotated, ClassVar

from msgspec import Meta

from monitor.kernel.marks import shown, worded
from monitor.kernel.operation import Action, StepInfo
from monitor.resources.build.version import Bump

VersionNumber = Annotated[str, Meta(pattern=r"^((0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8}))?$")]
BUMPS = {Bump.PATCH: "Patch", Bump.MINOR: "Minor", Bump.MAJOR: "Major"}
PUSH = StepInfo("push", "Push the image", "The image stays on its builder, whatever becomes of the push")


class RunBuild(Action, frozen=True, kw_only=True, tag="build.run"):
    """Fetch the source, build the image, raise the version if that succeeds, and push it where the build says."""

    title: ClassVar[str] = "Build"
    steps: ClassVar[tuple[StepInfo, ...]] = (
        StepInfo("clone", "Fetch the source"),
        StepInfo("write", "Write the Dockerfile"),
        StepInfo("before", "Prepare the source"),
        StepInfo("build", "Build the image"),
        StepInfo("inspect", "Check the image"),
        PUSH,
    )
    meanwhile: ClassVar[str] = "What is deployed stays as it is"

    bump: Annotated[Bump, worded(BUMPS), shown("Raise", "Which number of the version is raised.")] = Bump.PATCH
    version: Annotated[
        VersionNumber, shown("Version", "Exactly this one, above all before it; empty: the next in order.")
    ] = ""

    @property
    def instead(self) -> str:
        """The branch that is built instead of what the source names; empty: that."""
        return ""
