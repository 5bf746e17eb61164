"""Fetching real repositories over real HTTP."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from monitor.abilities.agent.contract import JobHandler, Run
from monitor.abilities.git.calls import GitSource
from monitor.abilities.git.run import Fetched, fetch
from monitor.kernel.activity import State
from monitor.kernel.job import HostJob
from monitor.kernel.wire import unpack
from tests.abilities.git_server import Repository, git, served
from tests.abilities.job_host import Ended, JobHost

pytestmark = pytest.mark.real


class Fetch(HostJob[Fetched], frozen=True, kw_only=True, tag="test.fetch"):
    """Fetch and keep."""

    source: GitSource
    target: str


async def run_fetch(run: Run, job: Fetch) -> Fetched:
    async with run.step("clone"):
        return await fetch(run, job.source, Path(job.target))


class Fetching:
    """A host and a repository to fetch from."""

    def __init__(self, tmp_path: Path, url: str) -> None:
        self.host = JobHost(tmp_path / "state", JobHandler(Fetch, run_fetch))
        self.repository = Repository(tmp_path / "repositories" / "app")
        self.target = tmp_path / "target"
        self.url = f"{url}/app/.git"

    async def fetch(self, *, url: str = "", branch: str = "", commit: str = "") -> Ended:
        shutil.rmtree(self.target, ignore_errors=True)
        source = GitSource(url=url or self.url, branch=branch, commit=commit)
        return await self.host.ended(self.host.start(Fetch(source=source, target=str(self.target))))

    async def fetched(self, **source: str) -> Fetched:
        ended = await self.fetch(**source)
        assert ended.end.state is State.SUCCEEDED, ended
        return unpack(bytes(ended.end.result), Fetched)


@pytest.fixture(params=["smart", "plain"])
def fetching(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fetching]:
    """By both protocols git servers speak."""
    (tmp_path / "repositories").mkdir()
    with served(tmp_path / "repositories", plain=request.param == "plain") as url:
        yield Fetching(tmp_path, url)


async def test_the_default_branch_is_fetched_afresh(fetching: Fetching) -> None:
    fetching.repository.commit("first", file="1")
    commit = fetching.repository.commit("second line; $(reboot)\n\nmore", file="2")
    assert await fetching.fetched() == Fetched(commit, "second line; $(reboot)")
    assert (fetching.target / "file").read_text() == "2"


async def test_a_branch_is_fetched(fetching: Fetching) -> None:
    fetching.repository.commit("first", file="1")
    git(fetching.repository.folder, "checkout", "-q", "-b", "feature/x")
    commit = fetching.repository.commit("on the branch", file="x")
    git(fetching.repository.folder, "checkout", "-q", "main")
    assert (await fetching.fetched(branch="feature/x")).commit == commit
    assert (fetching.target / "file").read_text() == "x"


@pytest.mark.parametrize("length", [40, 9])
async def test_an_older_commit_is_fetched_also_by_its_short_hash(fetching: Fetching, length: int) -> None:
    commit = fetching.repository.commit("first", file="1")
    fetching.repository.commit("second", file="2")
    assert await fetching.fetched(commit=commit[:length]) == Fetched(commit, "first")
    assert (fetching.target / "file").read_text() == "1"


async def test_a_missing_branch_commit_or_repository_is_named(fetching: Fetching) -> None:
    fetching.repository.commit("first", file="1")
    missing = await fetching.fetch(branch="nope")
    assert missing.error == f"the repository {fetching.url} has no branch nope"
    assert missing.end.hint == "check the branch's name"
    missing = await fetching.fetch(commit="0" * 40)
    assert missing.error == f"the repository {fetching.url} has no commit {'0' * 40}"
    missing = await fetching.fetch(url=fetching.url.replace("app", "nothing"))
    assert "cannot be fetched" in missing.error
    missing = await fetching.fetch(url="http://127.0.0.1:1/x")
    assert "cannot be fetched" in missing.error
    assert "127.0.0.1" in missing.output


async def test_an_empty_repository_says_so(fetching: Fetching) -> None:
    git(fetching.repository.folder, "update-server-info")
    assert "no commit yet" in (await fetching.fetch()).error


async def test_hooks_and_submodules_of_a_repository_do_nothing(fetching: Fetching, tmp_path: Path) -> None:
    repository = fetching.repository
    owned = tmp_path / "owned"
    repository.write(".gitmodules", '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "touch owned"\n')
    repository.write(".gitattributes", "* filter=evil\n")
    hook = repository.folder / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {owned}\n")
    hook.chmod(0o755)
    repository.commit_all("hostile")
    hook.unlink()
    await fetching.fetched()
    assert not owned.exists()
    assert not (fetching.target / "x" / ".git").exists()


@pytest.mark.parametrize("url", ["ext::sh -c touch% /tmp/owned", "file:///etc", "/etc", "ssh://h/x", "git://h/x"])
async def test_only_http_is_a_source(url: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"url": url}, GitSource)
