"""A simulated host's way of looking what a repository has: what a test says there is."""

import hashlib
from fnmatch import fnmatchcase

from monitor.abilities.agent.contract import CallHandler
from monitor.abilities.git.calls import GitSource, LookAtSource, Looked
from monitor.kernel.errors import HostError
from monitor.testing.machine import Machine


async def look(machine: Machine, call: LookAtSource) -> Looked:
    """The head of what is asked about."""
    machine.looks.asked.append(call)
    await machine.spend("look")
    commit, branch = head(machine, call.source)
    changed = not (call.since and call.paths) or _counts(machine.looks.changed.get((call.since, commit)), call.paths)
    return Looked(commit=commit, branch=branch, changed=changed)


def head(machine: Machine, source: GitSource) -> tuple[str, str]:
    """Commit and branch; HostError where there is none."""
    made_up = hashlib.sha1(f"{source.url} main".encode(), usedforsecurity=False).hexdigest()
    branches = machine.repositories.get(source.url, {"main": made_up})
    branch = source.branch or source.tag or next(iter(branches), "")
    if branch not in branches:
        raise HostError(f"the repository {source.url} has no branch {branch}", hint="check the branch's name")
    return branches[branch], branch


def _counts(changed: tuple[str, ...] | None, paths: tuple[str, ...]) -> bool:
    """Much like git's pathspecs; what nobody said counts as changed."""
    if changed is None:
        return True
    wanted = [path for path in paths if not path.startswith("!")] or ["*"]
    left_out = [path[1:] for path in paths if path.startswith("!")]
    return any(_fits(file, wanted) and not _fits(file, left_out) for file in changed)


def _fits(file: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(file, pattern) or file.startswith(f"{pattern.rstrip('/')}/") for pattern in patterns)


CALLS = (CallHandler(LookAtSource, look),)
