"""The agent's way of looking what a repository has: the server is asked, its mirror compared; no work tree is made."""

import re
import secrets
from pathlib import Path

from monitor.abilities.agent.contract import Agent, CallHandler
from monitor.abilities.git import plan
from monitor.abilities.git.address import Address
from monitor.abilities.git.auth import signed_in
from monitor.abilities.git.calls import GitAuth, GitSource, LookAtSource, Looked
from monitor.abilities.git.trouble import way_out
from monitor.kernel.errors import HostError

_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_DIFFERENT = 1
"""What `git diff-tree --quiet` ends with where something differs."""


async def look(agent: Agent, call: LookAtSource) -> Looked:
    """HostError where the server cannot be asked, or has no such branch or tag."""
    address = plan.check_source(call.source)
    agent.mirrors.judge(address)
    asking = _Asking(agent, address, call.auth)
    said = await asking.server(plan.list_head(address, call.source), what="git ls-remote")
    commit, branch = head_of(said.decode("utf-8", "replace"), call.source)
    if not commit:
        named = call.source.branch or call.source.tag
        what = f"branch or tag {named}" if named else "commit yet"
        raise HostError(f"the repository {address.url} has no {what}", hint="check the branch's name")
    changed = not (call.since and call.paths) or await asking.differs(call, commit)
    return Looked(commit=commit, branch=branch, changed=changed)


def head_of(listed: str, source: GitSource) -> tuple[str, str]:
    """Commit and short name, of what `git ls-remote --symref` prints; empty where it is not there."""
    commits: dict[str, str] = {}
    default = ""
    for line in listed.splitlines():
        value, _, name = line.partition("\t")
        if name == "HEAD" and value.startswith("ref: refs/heads/"):
            default = value.removeprefix("ref: refs/heads/")
        elif _COMMIT.fullmatch(value):
            commits[name] = value
    if source.branch and (commit := commits.get(f"refs/heads/{source.branch}")):
        return commit, source.branch
    if name := source.branch or source.tag:
        tag = f"refs/tags/{name}"
        return commits.get(f"{tag}^{{}}") or commits.get(tag, ""), name
    return commits.get("HEAD", ""), default


class _Asking:
    """One look at one server."""

    def __init__(self, agent: Agent, address: Address, auth: GitAuth | None) -> None:
        self._agent = agent
        self._address = address
        self._auth = auth
        self._private = agent.work / f"look-{secrets.token_hex(8)}"

    async def server(self, argv: tuple[str, ...], *, what: str) -> bytes:
        """A git that talks to the server. What it prints stays here: nothing of it could be blacked out."""
        with signed_in(self._private, self._address, self._auth) as environment:
            try:
                return await self._agent.process(argv, env=environment, what=what)
            except HostError as failure:
                raise HostError(
                    f"the repository {self._address.url} cannot be asked (git ended with exit code "
                    f"{failure.exit_code})",
                    hint=way_out(failure.said, self._address, self._auth)
                    or "run the build by hand: its output says why",
                    exit_code=failure.exit_code,
                ) from None

    async def differs(self, call: LookAtSource, commit: str) -> bool:
        """Whether a file that counts does; True where there is nothing to compare with."""
        async with self._agent.mirrors.of(self._address) as mirror:
            if not mirror.exists() or not await self._has(mirror, call.since):
                return True
            if not await self._has(mirror, commit):
                head = not (call.source.branch or call.source.tag)
                try:
                    await self.server(plan.update(mirror, self._address, head=head), what="git fetch")
                except HostError:
                    return True  # the build says what is wrong with it
                if not await self._has(mirror, commit):
                    return True
            return await self._compare(mirror, call, commit)

    async def _compare(self, mirror: Path, call: LookAtSource, commit: str) -> bool:
        try:
            await self._local(plan.differ(mirror, call.since, commit, call.paths))
        except HostError as ended:
            if ended.exit_code == _DIFFERENT:
                return True
            raise HostError(
                "git cannot compare what changed with the paths of the webhook",
                hint="correct them: patterns as `src`, `**/*.py`, `!docs`",
            ) from None
        return False

    async def _has(self, mirror: Path, commit: str) -> bool:
        try:
            await self._local(plan.has_commit(mirror, commit))
        except HostError:
            return False
        return True

    async def _local(self, argv: tuple[str, ...]) -> bytes:
        return await self._agent.process(argv, env=plan.ENVIRONMENT, what=argv[0])


CALLS = (CallHandler(LookAtSource, look),)
