"""Running a build of another branch: the same run, with that branch in its source."""

from typing import Any

from msgspec import structs

from monitor.abilities.build.calls import BuildImage
from monitor.abilities.git.calls import GitSource
from monitor.abilities.git.plan import check_source
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict, FieldError, Invalid
from monitor.kernel.job import Job
from monitor.resources.build.actions.run import RUNNING
from monitor.resources.build.operations.run_branch import RunBranch
from monitor.resources.build.spec import BUILD

_RUN = RUNNING[0]


def check(ctx: Context, op: RunBranch) -> None:
    """What a run is checked for, and that it is a branch's name."""
    source = ctx.target(BUILD).config.source
    if source is None:
        raise Conflict("it has no repository", hint="Give it a source first.")
    try:
        check_source(of_branch(source, op.branch))
    except Invalid as wrong:
        raise Invalid(wrong.message, (FieldError("branch", wrong.message),)) from None
    if _RUN.check is not None:
        _RUN.check(ctx, op)


async def prepare(ctx: Context, op: RunBranch) -> Job[Any]:
    """The job of a run, from that branch."""
    job: Job[Any] = await _RUN.prepare(ctx, op)
    work = job.work
    if not isinstance(work, BuildImage) or work.source is None:
        raise Conflict("it has no repository any more")
    return structs.replace(job, work=structs.replace(work, source=of_branch(work.source, op.branch)))


def of_branch(source: GitSource, branch: str) -> GitSource:
    """The source with another branch; empty: its own."""
    return structs.replace(source, branch=branch, tag="", commit="") if branch else source


RUNNING_BRANCHES = (structs.replace(_RUN, operation=RunBranch, prepare=prepare, check=check),)
