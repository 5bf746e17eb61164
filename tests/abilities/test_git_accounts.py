"""Signing in at git servers: a token over HTTP, a key over ssh; each told to its own server and found nowhere after."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from monitor.abilities.git.calls import GitAuth
from monitor.abilities.git.mirrors import Mirrors
from monitor.abilities.git.run import check_place
from monitor.abilities.git.submodules import Submodule
from monitor.kernel.activity import State
from monitor.kernel.errors import HostError
from tests.abilities.git_server import Repository, git, served
from tests.abilities.ssh_server import SshServer, make_key, ssh_server
from tests.abilities.test_git_run import Fetching

pytestmark = pytest.mark.real
TOKEN = "correct-horse-battery-staple"


@pytest.fixture
def private(tmp_path: Path) -> Iterator[Fetching]:
    """A repository for those who have the token."""
    (tmp_path / "repositories").mkdir()
    with served(tmp_path / "repositories", signs_in=f"ana:{TOKEN}") as url:
        yield Fetching(tmp_path, url)


def token(fetching: Fetching, token: str = TOKEN) -> GitAuth:
    return GitAuth(host=fetching.url.split("/")[2], username="ana", token=token)


def assert_nowhere(folder: Path, *secrets: str) -> None:
    """No file below the folder holds one of these."""
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for secret in secrets:
                assert secret.encode() not in content, path


async def test_a_token_opens_a_private_repository_and_is_kept_nowhere(private: Fetching) -> None:
    commit = private.repository.commit("first", file="1")
    ended = await private.fetch(auth=token(private))
    assert ended.end.state is State.SUCCEEDED, ended
    assert commit in ended.output
    assert TOKEN not in ended.output
    assert_nowhere(private.target, TOKEN, "credential")
    assert_nowhere(private.host.agent.work.parent, TOKEN)


async def test_without_it_or_with_a_wrong_one_the_failure_says_what_to_do(private: Fetching) -> None:
    private.repository.commit("first", file="1")
    for auth, hint in ((None, "it is private: choose a git account"), (token(private, "wrong"), "account's token: it")):
        failed = await private.fetch(auth=auth)
        assert "cannot be fetched" in failed.error
        assert hint in failed.end.hint


async def test_a_token_is_not_told_to_another_server(private: Fetching, tmp_path: Path) -> None:
    private.repository.commit("first", file="1")
    elsewhere = structs.replace(token(private), host="git.example.org")
    assert "cannot be fetched" in (await private.fetch(auth=elsewhere)).error


async def test_submodules_are_fetched_with_the_account_of_their_server(private: Fetching, tmp_path: Path) -> None:
    library = Repository(tmp_path / "repositories" / "lib")
    library.commit("the library", code="x")
    deeper = Repository(tmp_path / "repositories" / "deep")
    deeper.commit("deeper", deep="y")
    add_submodule(library, deeper, "in/deep", "../../deep/.git")
    add_submodule(private.repository, library, "libs/a", "../../lib/.git")
    ended = await private.fetch(auth=token(private), submodules=True)
    assert ended.end.state is State.SUCCEEDED, ended
    assert (private.target / "libs/a/code").read_text() == "x"
    assert (private.target / "libs/a/in/deep/deep").read_text() == "y"
    await private.fetch(auth=token(private))
    assert list((private.target / "libs/a").iterdir()) == []


@pytest.mark.parametrize("url", ["ext::sh -c touch% /tmp/owned", "file:///etc", "/etc", "./../../../..", "-u"])
async def test_hostile_submodules_are_refused(private: Fetching, url: str) -> None:
    library = Repository(private.repository.folder.parent / "lib")
    library.commit("the library", code="x")
    add_submodule(private.repository, library, "x", url)
    failed = await private.fetch(auth=token(private), submodules=True)
    assert "does not fetch from" in failed.error or "folder of the host" in failed.error


def test_a_submodule_behind_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "outside" / "x").mkdir(parents=True)
    (tmp_path / "tree" / "link").symlink_to(tmp_path / "outside")
    for path in ("link", "link/x"):
        with pytest.raises(HostError, match="leads out of the source"):
            check_place(tmp_path / "tree", Submodule(path, "../x"))


def add_submodule(parent: Repository, child: Repository, path: str, url: str) -> None:
    """As `git submodule add` leaves it, whatever the URL."""
    head = git(child.folder, "rev-parse", "HEAD")
    with (parent.folder / ".gitmodules").open("a") as listed:
        listed.write(f'[submodule "{path}"]\n\tpath = {path}\n\turl = {url}\n')
    git(parent.folder, "add", ".gitmodules")
    git(parent.folder, "update-index", "--add", "--cacheinfo", f"160000,{head},{path}")
    git(parent.folder, "commit", "-q", "-m", "with a submodule")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with ssh_server(tmp_path_factory.mktemp("ssh") / "server") as server:
        yield server


def key(server: SshServer) -> GitAuth:
    return GitAuth(host=server.host, private_key=server.private_key, known_hosts=server.known_hosts)


@pytest.fixture
def over_ssh(tmp_path: Path, server: SshServer) -> Fetching:
    fetching = Fetching(tmp_path, "http://unused")
    fetching.url = server.url(fetching.repository.folder)
    return fetching


async def test_a_deploy_key_opens_a_repository_over_ssh_and_is_kept_nowhere(
    over_ssh: Fetching, server: SshServer
) -> None:
    commit = over_ssh.repository.commit("first", file="1")
    assert (await over_ssh.fetched(auth=key(server))).commit == commit
    secret = server.private_key.splitlines()[2]
    assert_nowhere(over_ssh.target, secret)
    assert_nowhere(over_ssh.host.agent.work.parent, secret)


async def test_a_server_with_another_key_is_not_talked_to(
    over_ssh: Fetching, server: SshServer, tmp_path: Path
) -> None:
    over_ssh.repository.commit("first", file="1")
    other = make_key(tmp_path / "other").split()[:2]
    host = server.known_hosts.split()[0]
    failed = await over_ssh.fetch(auth=structs.replace(key(server), known_hosts=f"{host} {' '.join(other)}\n"))
    assert "cannot be fetched" in failed.error
    assert "REMOTE HOST IDENTIFICATION HAS CHANGED" in failed.output
    port = server.host.partition(":")[2]
    assert f"Compare what `ssh-keyscan -p {port} 127.0.0.1` prints with what the service publishes" in failed.end.hint
    failed = await over_ssh.fetch(auth=structs.replace(key(server), known_hosts=""))
    assert "Host key verification failed" in failed.output


async def test_a_key_that_is_not_let_in_fails_and_asks_nobody(
    over_ssh: Fetching, server: SshServer, tmp_path: Path
) -> None:
    over_ssh.repository.commit("first", file="1")
    make_key(tmp_path / "stranger")
    stranger = structs.replace(key(server), private_key=(tmp_path / "stranger").read_text())
    refused = await over_ssh.fetch(auth=stranger)
    assert "Permission denied (publickey)" in refused.output
    assert "its public half belongs to the repository's deploy keys" in refused.end.hint
    assert "there is no key for it" in (await over_ssh.fetch()).error
    elsewhere = structs.replace(key(server), host="git.example.org")
    assert "there is no key for it" in (await over_ssh.fetch(auth=elsewhere)).error


async def test_a_folder_of_the_host_is_fetched_only_where_its_policy_names_it(tmp_path: Path) -> None:
    fetching = Fetching(tmp_path, "http://unused")
    commit = fetching.repository.commit("first", file="1")
    fetching.url = f"file://{fetching.repository.folder}"
    ended = await fetching.fetch()
    assert "source_roots" in ended.end.hint
    fetching.host.agent.mirrors = Mirrors(tmp_path / "mirrors", (str(tmp_path / "repositories"),))
    assert (await fetching.fetched()).commit == commit
    (tmp_path / "repositories" / "out").symlink_to("/etc")
    assert (await fetching.fetch(url=f"file://{tmp_path}/repositories/out")).error.startswith(
        "this host does not allow"
    )
