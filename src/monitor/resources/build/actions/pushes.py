"""What a push to a build's repository prompts: the head of its branch is asked for, and built."""

from typing import Any

from monitor.abilities.git.calls import LookAtSource
from monitor.abilities.git.plan import check_source
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict
from monitor.kernel.operation import Operation
from monitor.kernel.webhooks import Head, Pushes
from monitor.resources.build import plan
from monitor.resources.build.account import reveal_account
from monitor.resources.build.actions.run_branch import of_branch
from monitor.resources.build.config import BuildConfig
from monitor.resources.build.info import BuildInfo
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.operations.run_branch import RunBranch
from monitor.resources.build.spec import BUILD


def follows(config: BuildConfig) -> str | None:
    """The ref whose head a run builds, empty for the default branch; None where it is always the same."""
    source = config.source
    if source is None or source.commit:
        return None
    if source.tag:
        return f"refs/tags/{source.tag}"
    return f"refs/heads/{source.branch}" if source.branch else ""


def made_of(info: BuildInfo) -> tuple[str, str]:
    """Commit and activity of the last run that succeeded."""
    return info.commit, info.activity


async def head(ctx: Context, branch: str, since: str, paths: tuple[str, ...]) -> Head:
    """Asked of the repository by the builder, as its own fetch would ask."""
    build = ctx.target(BUILD)
    if build.config.source is None:
        raise Conflict(plan.NO_SOURCE)
    source = of_branch(build.config.source, branch)
    check_source(source)  # a branch is told by who pushed to it
    question = LookAtSource(source=source, auth=reveal_account(ctx), since=since, paths=paths)
    looked = await ctx.host(build.config.builder.server).call(question)
    return Head(commit=looked.commit, branch=looked.branch, changed=looked.changed)


def run(target: str, branch: str) -> Operation[Any]:
    """A run of what is stored, or of another branch where the webhook counts that."""
    return RunBranch(target=target, branch=branch) if branch else RunBuild(target=target)


PUSHES = Pushes(follows=follows, made_of=made_of, head=head, run=run)
