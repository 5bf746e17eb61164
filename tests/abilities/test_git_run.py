"""Fetching real repositories over real HTTP."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.agent.contract import JobHandler, Run
from monitor.abilities.git.calls import GitAuth, GitSource
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
    auth: GitAuth | None = None


async def run_fetch(run: Run, job: Fetch) -> Fetched:
    async with run.step("clone"):
        return await fetch(run, job.source, Path(job.target), job.auth)


class Fetching:
    """A host and a repository to fetch from."""

    def __init__(self, tmp_path: Path, url: str) -> None:
        self.host = JobHost(tmp_path / "state", JobHandler(Fetch, run_fetch))
        self.repository = Repository(tmp_path / "repositories" / "app")
        self.target = tmp_path / "target"
        self.url = f"{url}/app/.git"

    async def fetch(self, *, auth: GitAuth | None = None, **given: Any) -> Ended:
        shutil.rmtree(self.target, ignore_errors=True)
        source = GitSource(**{"url": self.url, **given})
        return await self.host.ended(self.host.start(Fetch(source=source, target=str(self.target), auth=auth)))

    async def fetched(self, **given: Any) -> Fetched:
        ended = await self.fetch(**given)
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
    assert missing.end.hint.startswith("check the address; services say the same of a private one")
    missing = await fetching.fetch(url="http://127.0.0.1:1/x")
    assert "cannot be fetched" in missing.error
    assert "127.0.0.1" in missing.output
    assert missing.end.hint.startswith("this host does not reach that server")


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


async def test_a_tag_is_fetched_also_where_a_branch_is_asked_for(fetching: Fetching) -> None:
    commit = fetching.repository.commit("first", file="1")
    git(fetching.repository.folder, "tag", "-a", "-m", "x", "v1")
    fetching.repository.commit("second", file="2")
    assert (await fetching.fetched(tag="v1")).commit == commit
    assert (await fetching.fetched(branch="v1")).commit == commit
    missing = await fetching.fetch(tag="v2")
    assert missing.error == f"the repository {fetching.url} has no tag v2"


async def test_the_mirror_follows_its_repository(fetching: Fetching) -> None:
    repository = fetching.repository
    repository.commit("first", file="1")
    git(repository.folder, "branch", "old")
    git(repository.folder, "update-server-info")
    await fetching.fetched(branch="old")
    git(repository.folder, "branch", "-D", "old")
    git(repository.folder, "branch", "old/new")  # where a branch was, there is a folder of branches now
    rewritten = repository.amend("rewritten", file="2")
    assert await fetching.fetched() == Fetched(rewritten, "rewritten")
    assert (await fetching.fetch(branch="old")).error == f"the repository {fetching.url} has no branch old"
    assert (await fetching.fetched(branch="old/new")).message == "first"
    assert len(list((fetching.host.agent.work.parent / "mirrors").iterdir())) == 1


async def test_a_known_commit_needs_no_server(fetching: Fetching) -> None:
    commit = fetching.repository.commit("first", file="1")
    await fetching.fetched()
    shutil.rmtree(fetching.repository.folder)
    assert (await fetching.fetched(commit=commit)).commit == commit
    assert "cannot be fetched" in (await fetching.fetch()).error


async def test_a_torn_mirror_is_made_anew(fetching: Fetching) -> None:
    fetching.repository.commit("first", file="1")
    await fetching.fetched()
    (mirror,) = (fetching.host.agent.work.parent / "mirrors").iterdir()
    for torn in ("HEAD", "config"):
        (mirror / torn).write_text("nonsense\0")
    shutil.rmtree(mirror / "objects")
    commit = fetching.repository.commit("second", file="2")
    ended = await fetching.fetch()
    assert ended.end.state is State.SUCCEEDED, ended
    assert "fetching it anew" in ended.output
    assert commit in ended.output


async def test_many_builds_of_one_repository_wait_for_each_other(fetching: Fetching, tmp_path: Path) -> None:
    commit = fetching.repository.commit("first", file="1")
    jobs = [
        fetching.host.start(Fetch(source=GitSource(url=fetching.url), target=str(tmp_path / f"t{n}"))) for n in range(4)
    ]
    for job in jobs:
        ended = await fetching.host.ended(job)
        assert ended.end.state is State.SUCCEEDED, ended
        assert unpack(bytes(ended.end.result), Fetched).commit == commit


async def test_only_the_folders_that_are_wanted_are_checked_out(fetching: Fetching) -> None:
    fetching.repository.commit(
        "mono",
        apps__web__index="1",
        apps__web__in__x="1",
        apps__api__main="2",
        apps__READ="3",
        top="4",
    )
    await fetching.fetched(folders=("apps/web",))
    there = {str(p.relative_to(fetching.target)) for p in fetching.target.rglob("*") if p.is_file()}
    assert {p for p in there if not p.startswith(".git/")} == {"top", "apps/READ", "apps/web/index", "apps/web/in/x"}
    assert "has no folder 'apps/none'" in (await fetching.fetch(folders=("apps/none",))).error
