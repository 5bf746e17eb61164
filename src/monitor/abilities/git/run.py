"""The agent's way of fetching: a mirror of the repository is brought up to date, a fresh work tree made of it."""

from pathlib import Path

from msgspec import Struct

from monitor.abilities.agent.contract import Run
from monitor.abilities.git import plan, submodules
from monitor.abilities.git.address import Address
from monitor.abilities.git.auth import signed_in
from monitor.abilities.git.calls import GitAuth, GitSource
from monitor.abilities.git.readers import is_reader, note_reader
from monitor.abilities.git.trouble import way_out
from monitor.kernel.errors import HostError, Invalid

_MOST_DEPTH = 10
_MOST_SUBMODULES = 200
_HASH_LENGTHS = (40, 64)


class Fetched(Struct, frozen=True):
    """What was checked out."""

    commit: str
    message: str


async def fetch(run: Run, source: GitSource, target: Path, auth: GitAuth | None = None) -> Fetched:
    """Put the source's files into `target`, which does not exist yet. Works inside a step of the caller's."""
    fetching = _Fetching(run, auth)
    commit = await fetching.tree(source, target)
    message = (await fetching.local(plan.describe(target), what="git log")).decode(errors="replace").strip()
    run.note(f"commit {commit}: {message}")
    return Fetched(commit, message)


class _Fetching:
    """One source being fetched, with the submodules it has."""

    def __init__(self, run: Run, auth: GitAuth | None) -> None:
        self._run = run
        self._auth = auth
        self._modules = 0
        self._private = run.agent.work / run.id / "sign-in"
        self._root: Address | None = None

    async def tree(self, source: GitSource, target: Path, depth: int = 0) -> str:
        """A work tree of what the source names; its commit."""
        address = plan.check_source(source)
        self._root = self._root or address
        mirrors = self._run.agent.mirrors
        if mirrors.is_busy(address):
            self._run.note(f"waiting for another build that fetches {address.url}")
        async with mirrors.of(address) as mirror:
            commit = await self._up_to_date(source, address, mirror)
            mirrors.describe(mirror, address, self._root)
            await self.local(plan.start_tree(target), what="git init")
            await self.local(plan.take(target, mirror, commit), what="git fetch")
        if source.folders:
            await self.local(plan.sparse(target), what="git config")
            _name_folders(source, target)
        await self.local(plan.check_out(target, commit), what="git checkout")
        _check_folders(source, target)
        if source.submodules:
            await self._add_submodules(address, target, depth)
        return commit

    async def local(self, argv: tuple[str, ...], *, what: str) -> bytes:
        """A git that talks to nobody."""
        return await self._run.process(argv, env=plan.ENVIRONMENT, what=what, quiet=True)

    async def _up_to_date(self, source: GitSource, address: Address, mirror: Path) -> str:
        """The commit that is meant, which the mirror has now."""
        exact = len(source.commit) in _HASH_LENGTHS
        own = exact and is_reader(mirror, address, self._auth)
        known = await self._find(mirror, source) if own else ""
        if known:
            self._run.note(f"{address.url} has been fetched already")
            return known
        await self._update(source, address, mirror)
        commit = await self._find(mirror, source)
        if not commit and source.branch:
            commit = await self._try(plan.find_tag(mirror, source.branch))
        if not commit and exact:
            await self._ask(mirror, address, plan.update_commit(mirror, address, source.commit), quiet=True)
            commit = await self._find(mirror, source)
        if not commit:
            raise _missing(source)
        return commit

    async def _update(self, source: GitSource, address: Address, mirror: Path) -> None:
        head = not (source.branch or source.tag or source.commit)
        fresh = not _is_there(mirror)
        if fresh:
            await self._start(mirror)
        if await self._ask(mirror, address, plan.update(mirror, address, head=head)):
            return
        said = await self._explain(address)
        if fresh:
            raise said
        # The server answers: what does not fit together is the mirror, which an earlier end may have torn.
        self._run.note("the mirror of this repository on the host is damaged: fetching it anew")
        self._run.agent.mirrors.drop(mirror)
        await self._start(mirror)
        if not await self._ask(mirror, address, plan.update(mirror, address, head=head)):
            raise said

    async def _start(self, mirror: Path) -> None:
        await self.local(plan.start_mirror(mirror), what="git init")
        await self.local(plan.allow_any_commit(mirror), what="git config")

    async def _ask(self, mirror: Path, address: Address, argv: tuple[str, ...], *, quiet: bool = False) -> bool:
        """A git that fetches from the server into the mirror; whether it went well."""
        with signed_in(self._private, address, self._auth) as environment:
            try:
                await self._run.process(argv, env=environment, what="git fetch", quiet=quiet)
            except HostError:
                return False
        note_reader(mirror, address, self._auth)
        return True

    async def _explain(self, address: Address) -> HostError:
        """Raise why the server cannot be fetched from; answer what else it may be, where it can."""
        with signed_in(self._private, address, self._auth) as environment:
            try:
                said = await self._run.process(
                    plan.list_remote(address), env=environment, what="git ls-remote", quiet=True
                )
            except HostError as failure:
                raise HostError(
                    f"the repository {address.url} cannot be fetched (git ended with exit code {failure.exit_code})",
                    hint=way_out(failure.said, address, self._auth) or "the output says why",
                    exit_code=failure.exit_code,
                ) from None
        if not said.strip():
            raise HostError(f"the repository {address.url} has no commit yet", hint="push one")
        return HostError(f"the repository {address.url} answers, but cannot be fetched", hint="the output says why")

    async def _find(self, mirror: Path, source: GitSource) -> str:
        return await self._try(plan.find(mirror, source))

    async def _try(self, argv: tuple[str, ...]) -> str:
        try:
            return (await self.local(argv, what="git rev-parse")).decode().strip()
        except HostError:
            return ""

    async def _add_submodules(self, address: Address, target: Path, depth: int) -> None:
        if not _has_submodules(target):
            return
        if depth >= _MOST_DEPTH:
            raise HostError(f"submodules are nested more than {_MOST_DEPTH} deep", hint="build without submodules")
        for module in submodules.read(await self.local(plan.list_submodules(target), what="git config")):
            commit = submodules.commit_at(
                await self.local(plan.submodule_commit(target, module.path), what="git ls-tree")
            )
            place = target / module.path
            if not commit or not _is_there(place):  # named only, or outside of the folders that are wanted
                continue
            self._modules += 1
            if self._modules > _MOST_SUBMODULES:
                raise HostError(f"it has more than {_MOST_SUBMODULES} submodules", hint="build without submodules")
            check_place(target, module)
            self._run.note(f"submodule {module.path}")
            source = GitSource(url=_address(address, module).url, commit=commit, submodules=True)
            await self.tree(source, place, depth + 1)


def _is_there(path: Path) -> bool:
    return path.exists()


def _name_folders(source: GitSource, target: Path) -> None:
    (target / ".git" / "info").mkdir(exist_ok=True)
    (target / ".git" / "info" / "sparse-checkout").write_text(plan.patterns(source.folders))


def _check_folders(source: GitSource, target: Path) -> None:
    for folder in source.folders:
        if not (target / folder.strip("/")).is_dir():
            raise HostError(f"the repository {source.url} has no folder {folder!r}", hint="check source.folders")


def _has_submodules(target: Path) -> bool:
    listed = target / ".gitmodules"
    return listed.is_file() and not listed.is_symlink()


def check_place(target: Path, module: submodules.Submodule) -> None:
    """HostError unless the submodule's place is an empty folder of the tree itself, behind no link."""
    place = target / module.path
    if place.is_symlink() or place.resolve() != target.resolve() / module.path or any(place.iterdir()):
        raise HostError(f"the submodule at {module.path!r} leads out of the source", hint="see .gitmodules")


def _address(parent: Address, module: submodules.Submodule) -> Address:
    try:
        address = parent.resolve(module.url)
    except Invalid:
        raise HostError(
            f"the submodule {module.path!r} has the address {module.url!r}, which Monitor does not fetch from",
            hint="http, https and ssh addresses work; correct .gitmodules, or build without submodules",
        ) from None
    if address.scheme == "file" and parent.scheme != "file":
        raise HostError(f"the submodule {module.path!r} names a folder of the host", hint="see .gitmodules")
    return address


def _missing(source: GitSource) -> HostError:
    repository = f"the repository {source.url}"
    if source.commit:
        return HostError(
            f"{repository} has no commit {source.commit}",
            hint="check the hash; a commit that no branch or tag reaches can be fetched from few servers",
        )
    if source.tag:
        return HostError(f"{repository} has no tag {source.tag}", hint="check the tag's name")
    what = f"branch {source.branch}" if source.branch else "default branch"
    return HostError(f"{repository} has no {what}", hint="check the branch's name")
