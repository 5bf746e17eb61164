"""The demo's git server: shallow clones over HTTP, read only."""

import subprocess
import sys
from pathlib import Path

import pytest
from tour import cli, processes, source
from tour.place import LOOPBACK, Place, choose_ports
from tour.steps import answers

SCRIPT = Path(source.__file__).with_name("git_http.py")


@pytest.fixture
def url(place: Place) -> str:
    port = choose_ports().git
    source.make(place)
    command = [sys.executable, str(SCRIPT), str(place.repositories), str(port)]
    processes.start(place, "git", command, cli.environment(place))
    where = f"http://{LOOPBACK}:{port}/{source.NAME}"
    processes.wait_until(place, "git", lambda: answers(f"{where}/info/refs?service=git-upload-pack"))
    return where


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], check=False, capture_output=True, text=True)


def test_a_shallow_clone_has_the_newest_commit(place: Place, url: str, tmp_path: Path) -> None:
    source.say_something_else(place, "the second message")
    done = git("clone", "--quiet", "--depth", "1", "--branch", "main", "--", url, str(tmp_path / "clone"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "clone/app/message.txt").read_text() == "the second message\n"
    assert git("-C", str(tmp_path / "clone"), "rev-list", "--count", "HEAD").stdout == "1\n"


def test_nobody_can_push(url: str, tmp_path: Path) -> None:
    clone = str(tmp_path / "clone")
    git("clone", "--quiet", "--", url, clone)
    who = ("-c", "user.name=x", "-c", "user.email=x@localhost")
    git("-C", clone, *who, "commit", "--quiet", "--allow-empty", "--message", "x")
    pushed = git("-C", clone, "push", "origin", "main")
    assert pushed.returncode != 0
    assert "403" in pushed.stderr


def test_what_is_outside_the_folder_is_not_served(place: Place, url: str) -> None:
    (place.folder / "secret").write_text("secret")
    base = url.removesuffix(f"/{source.NAME}")
    assert not answers(f"{base}/../secret")
    assert not answers(f"{base}/%2e%2e/secret")
    assert not answers(f"{base}/absent.git/info/refs?service=git-upload-pack")
