"""What somebody gains by a repository, or its server: nothing of what others fetched, and no account's secret."""

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from msgspec import structs

from monitor.abilities.git.calls import GitAuth
from monitor.kernel.activity import State
from tests.abilities.git_server import Repository, served
from tests.abilities.test_git_accounts import TOKEN, add_submodule, token
from tests.abilities.test_git_run import Fetching

pytestmark = pytest.mark.real


@pytest.fixture
def private(tmp_path: Path) -> Iterator[Fetching]:
    """A repository for those who have the token."""
    (tmp_path / "repositories").mkdir()
    with served(tmp_path / "repositories", signs_in=f"ana:{TOKEN}") as url:
        yield Fetching(tmp_path, url)


async def test_a_mirror_gives_nothing_to_who_could_not_fetch_it(private: Fetching) -> None:
    """Whoever knows a commit's hash only has to name it: what another build's account has fetched lies on the host."""
    commit = private.repository.commit("first", file="secret")
    assert (await private.fetched(auth=token(private))).commit == commit
    for stranger in (None, token(private, "wrong"), structs.replace(token(private), host="git.example.org")):
        failed = await private.fetch(commit=commit, auth=stranger)
        assert "cannot be fetched" in failed.error
        assert not (private.target / "file").exists()
    private.repository.folder.rename(private.repository.folder.with_name("away"))
    assert (await private.fetched(commit=commit, auth=token(private))).commit == commit


async def test_a_submodule_gives_nothing_of_what_others_have_fetched(private: Fetching, tmp_path: Path) -> None:
    """Whoever may push to a built branch names a private repository as its submodule."""
    private.repository.commit("first", file="secret")
    await private.fetched(auth=token(private))
    (tmp_path / "own").mkdir()
    with served(tmp_path / "own") as url:
        hostile = Repository(tmp_path / "own" / "app")
        hostile.commit("hostile", Dockerfile="FROM scratch")
        add_submodule(hostile, private.repository, "loot", private.url)
        failed = await private.fetch(url=f"{url}/app/.git", submodules=True)
    assert "cannot be fetched" in failed.error
    assert not (private.target / "loot" / "file").exists()


class _Elsewhere(BaseHTTPRequestHandler):
    """Answers as a repository does, and keeps what it was told."""

    told: list[tuple[str, str]] = []  # noqa: RUF012 - a class of its own is made for each server
    sends_to = ""

    def do_GET(self) -> None:
        self._note()
        if self.sends_to:
            self.send_response(302)
            self.send_header("Location", self.sends_to + self.path)
            self.end_headers()
            return
        head = "1" * 40
        lines = ["# service=git-upload-pack\n", "", f"{head} HEAD\0symref=HEAD:refs/heads/main\n"]
        packets = [f"{len(line) + 4:04x}{line}" if line else "0000" for line in [*lines, f"{head} refs/heads/main\n"]]
        self.send_response(200)
        self.send_header("Content-Type", "application/x-git-upload-pack-advertisement")
        self.end_headers()
        self.wfile.write(f"{''.join(packets)}0000".encode())

    def do_POST(self) -> None:
        self._note()
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="give it to me"')
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return

    def _note(self) -> None:
        self.told.append((f"{self.command} {self.path}", self.headers.get("Authorization", "")))


@contextmanager
def _answering(sends_to: str = "") -> Generator[tuple[str, list[tuple[str, str]]]]:
    told: list[tuple[str, str]] = []
    handler = type("Handler", (_Elsewhere,), {"told": told, "sends_to": sends_to})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"localhost:{server.server_port}", told
        finally:
            server.shutdown()
            thread.join()


async def test_a_token_does_not_follow_where_its_server_sends_git(private: Fetching) -> None:
    """git repeats a header of ours to the server it was sent on to: any page of that host that redirects had it."""
    with _answering() as (thief, told), _answering(f"http://{thief}") as (host, asked):
        auth = GitAuth(host=host, username="ana", token=TOKEN)
        ended = await private.fetch(url=f"http://{host}/team/app.git", auth=auth)
    assert ended.end.state is State.FAILED
    assert asked
    assert any(request.startswith("POST") for request, _ in told)
    assert {given for _, given in told} == {""}
