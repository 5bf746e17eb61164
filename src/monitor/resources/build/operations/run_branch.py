"""Running a build of another branch than its own: other code than what is stored, and so more than repeating that."""

from typing import Annotated, ClassVar

from msgspec import Meta

from monitor.kernel.marks import shown
from monitor.kernel.operation import Needs
from monitor.kernel.permission import Level
from monitor.resources.build.operations.run import RunBuild


class RunBranch(RunBuild, frozen=True, kw_only=True, tag="build.run_branch"):
    """Build the head of another branch of its repository; everything else is as the build says."""

    title: ClassVar[str] = "Build a branch"
    needs: ClassVar[Needs] = Level.WRITE

    branch: Annotated[str, Meta(min_length=1, max_length=250), shown("Branch", "Of the same repository.")]

    @property
    def instead(self) -> str:
        return self.branch
