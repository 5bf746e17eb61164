"""The agent's way of fetching sources: always a fresh clone."""

from pathlib import Path

from msgspec import Struct

from monitor.abilities.agent.contract import Run
from monitor.abilities.git import plan
from monitor.abilities.git.calls import GitSource
from monitor.kernel.errors import HostError

_NO_SUCH_REF = 2


class Fetched(Struct, frozen=True):
    """What was checked out."""

    commit: str
    message: str


async def fetch(run: Run, source: GitSource, target: Path) -> Fetched:
    """Put the source's files into `target`, which does not exist yet. Works inside a step of the caller's."""
    plan.check_source(source)
    if source.commit:
        await _fetch_commit(run, source, target)
    else:
        await _fetch_branch(run, source, target)
    try:
        said = await run.process(plan.describe(), cwd=target, env=plan.ENVIRONMENT, what="git log", quiet=True)
    except HostError:
        # Cloning an empty repository succeeds.
        raise HostError(f"the repository {source.url} has no commit yet", hint="push one") from None
    commit, _, message = said.decode(errors="replace").partition("\n")
    run.note(f"commit {commit}: {message.strip()}")
    return Fetched(commit.strip(), message.strip())


async def _fetch_branch(run: Run, source: GitSource, target: Path) -> None:
    try:
        await run.process(plan.clone(source, target, shallow=True), env=plan.ENVIRONMENT, what="git clone")
    except HostError as failure:
        await _explain(run, source, failure)
        # The server has the branch: one that speaks the plain old protocol cannot give a part of the history.
        run.note("trying again with the whole history")
        await run.process(plan.clone(source, target, shallow=False), env=plan.ENVIRONMENT, what="git clone")


async def _fetch_commit(run: Run, source: GitSource, target: Path) -> None:
    await run.process(plan.start_empty(target), env=plan.ENVIRONMENT, what="git init")
    exact = plan.fetch_commit(source)
    if exact is None or not await _try(run, exact, target):
        run.note("fetching the whole history to find the commit")
        try:
            await run.process(plan.fetch_all(source), cwd=target, env=plan.ENVIRONMENT, what="git fetch")
        except HostError as failure:
            raise _unreachable(source, failure) from None
    try:
        await run.process(plan.check_out(source), cwd=target, env=plan.ENVIRONMENT, what="git checkout")
    except HostError as failure:
        said = f"the repository {source.url} has no commit {source.commit}"
        hint = "check the hash; a commit that no branch reaches cannot be fetched"
        raise HostError(said, hint=hint, exit_code=failure.exit_code) from None


async def _try(run: Run, argv: tuple[str, ...], target: Path) -> bool:
    try:
        await run.process(argv, cwd=target, env=plan.ENVIRONMENT, what="git fetch")
    except HostError:
        return False
    return True


async def _explain(run: Run, source: GitSource, failure: HostError) -> None:
    """Raise the clone's failure in clear words; return if the server does have what was asked for."""
    try:
        await run.process(plan.find_branch(source), env=plan.ENVIRONMENT, what="git ls-remote", quiet=True)
    except HostError as asked:
        if asked.exit_code != _NO_SUCH_REF:
            raise _unreachable(source, failure) from None
        said = f"the repository {source.url} has no {f'branch {source.branch}' if source.branch else 'default branch'}"
        raise HostError(said, hint="check the branch's name", exit_code=failure.exit_code) from None


def _unreachable(source: GitSource, failure: HostError) -> HostError:
    return HostError(
        f"the repository {source.url} cannot be fetched (git ended with exit code {failure.exit_code})",
        hint="the output says why: a wrong URL, a private repository, or a server this host cannot reach",
        exit_code=failure.exit_code,
    )
