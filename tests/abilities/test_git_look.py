"""Looking what a real repository has, over real HTTP and ssh, and what of it changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from monitor.abilities.git.calls import GitAuth, GitSource, LookAtSource, Looked
from monitor.abilities.git.look import head_of, look
from monitor.kernel.errors import HostError, Invalid, PolicyRefused
from tests.abilities.git_server import git, served
from tests.abilities.ssh_server import ssh_server
from tests.abilities.test_git_run import Fetching

pytestmark = pytest.mark.real
TOKEN = "correct-horse-battery-staple"


@pytest.fixture(params=["smart", "plain"])
def fetching(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fetching]:
    """By both protocols git servers speak."""
    (tmp_path / "repositories").mkdir()
    with served(tmp_path / "repositories", plain=request.param == "plain") as url:
        yield Fetching(tmp_path, url)


@pytest.fixture
def smart(tmp_path: Path) -> Iterator[Fetching]:
    """By the protocol most servers speak."""
    (tmp_path / "repositories").mkdir()
    with served(tmp_path / "repositories") as url:
        yield Fetching(tmp_path, url)


async def looked(fetching: Fetching, *, auth: GitAuth | None = None, **given: Any) -> Looked:
    more = {name: given.pop(name) for name in ("since", "paths") if name in given}
    source = GitSource(**{"url": fetching.url, **given})
    return await look(fetching.host.agent, LookAtSource(source=source, auth=auth, **more))


async def test_heads_of_branches_and_tags_are_told(fetching: Fetching) -> None:
    first = fetching.repository.commit("first", file="1")
    git(fetching.repository.folder, "tag", "-a", "-m", "x", "v1")
    git(fetching.repository.folder, "branch", "feature/x")
    git(fetching.repository.folder, "branch", "nested/refs/heads/main")  # its name ends as another's
    second = fetching.repository.commit("second", file="2")
    assert await looked(fetching) == Looked(commit=second, branch="main")
    assert await looked(fetching, branch="main") == Looked(commit=second, branch="main")
    assert await looked(fetching, branch="feature/x") == Looked(commit=first, branch="feature/x")
    assert (await looked(fetching, tag="v1")).commit == first, "the commit, not the tag that names it"
    assert (await looked(fetching, branch="v1")).commit == first
    with pytest.raises(HostError, match="has no branch or tag nope"):
        await looked(fetching, branch="nope")
    assert list(fetching.host.agent.work.iterdir()) == []


async def test_what_changed_is_told_by_paths(smart: Fetching) -> None:
    repository = smart.repository
    first = repository.commit("first", src__main="1", docs__a="1", top="1")
    assert (await looked(smart, since=first, paths=("src",))).changed, "nothing here to compare with"
    await smart.fetched()
    assert not (await looked(smart, since=first, paths=("src",))).changed, "the same commit"
    second = repository.commit("second", docs__a="2", src__deep__x_dot_py="1")
    for paths, changed in (
        (("src",), True),
        (("src/",), True),
        (("top",), False),
        (("src/*",), False),
        (("**/*.py",), True),
        (("*.py",), False),
        (("*.md", "!src"), False),
        (("!docs",), True),
        (("!docs", "!src"), False),
        (("src", "!**/*.py"), False),
        (("--output=/tmp/x", "-r", ":(attr:x)y", ":/"), False),
    ):
        found = await looked(smart, since=first, paths=paths)
        assert (found.commit, found.changed) == (second, changed), paths


async def test_after_a_forced_push_nothing_is_missed(smart: Fetching) -> None:
    first = smart.repository.commit("first", file="1")
    await smart.fetched()
    rewritten = smart.repository.amend("rewritten", other="2")
    found = await looked(smart, since=first, paths=("file",))
    assert (found.commit, found.changed) == (rewritten, False)
    assert (await looked(smart, since="0" * 40, paths=("file",))).changed
    assert (await looked(smart, since=first, paths=("other",))).changed


async def test_hostile_names_are_refused_before_git_sees_them(smart: Fetching) -> None:
    for branch in ("-c", "--upload-pack=x", "a..b", "a\nb", "*", "@{u}"):
        with pytest.raises(Invalid):
            await looked(smart, branch=branch)
    with pytest.raises(Invalid):
        await looked(smart, url="ext::sh -c x")


async def test_a_folder_of_the_host_needs_its_policy(smart: Fetching) -> None:
    smart.repository.commit("first", file="1")
    with pytest.raises(PolicyRefused):
        await looked(smart, url=f"file://{smart.repository.folder}")


async def test_a_token_is_told_to_its_server_and_stands_in_no_answer(tmp_path: Path) -> None:
    (tmp_path / "repositories").mkdir()
    with served(tmp_path / "repositories", signs_in=f"ana:{TOKEN}") as url:
        private = Fetching(tmp_path, url)
        commit = private.repository.commit("first", file="1")
        auth = GitAuth(host=url.split("/")[2], username="ana", token=TOKEN)
        assert (await looked(private, auth=auth)).commit == commit
        with pytest.raises(HostError, match="cannot be asked") as failed:
            await looked(private)
        assert TOKEN not in str(failed.value)
        with pytest.raises(HostError, match="cannot be asked") as failed:
            await looked(private, auth=GitAuth(host=auth.host, username="ana", token="wrong-token"))
        assert "wrong-token" not in str(failed.value)


async def test_over_ssh_with_a_key(tmp_path: Path) -> None:
    (tmp_path / "repositories").mkdir()
    with ssh_server(tmp_path / "ssh") as server:
        fetching = Fetching(tmp_path, "http://127.0.0.1:1")
        commit = fetching.repository.commit("first", file="1")
        address = server.url(fetching.repository.folder)
        auth = GitAuth(host=server.host, private_key=server.private_key, known_hosts=server.known_hosts)
        assert (await looked(fetching, url=address, auth=auth)).commit == commit
        assert list(fetching.host.agent.work.iterdir()) == []
        with pytest.raises(HostError, match="cannot be asked"):
            await looked(fetching, url=address, auth=structs.replace(auth, known_hosts=server.host))


def test_only_the_very_ref_counts() -> None:
    one, two = "1" * 40, "2" * 40
    listed = f"{two}\trefs/heads/refs/heads/main\n{one}\trefs/heads/main\nnonsense\n{two}\trefs/tags/main^{{}}\n"
    source = GitSource(url="https://git.example/app", branch="main")
    assert head_of(listed, source) == (one, "main")
    assert head_of("", source) == ("", "main")
    assert head_of(f"ref: refs/heads/trunk\tHEAD\n{one}\tHEAD\n", GitSource(url=source.url)) == (one, "trunk")
