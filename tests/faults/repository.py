"""A git repository over smart HTTP on loopback, with a build that takes a few seconds."""

import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.git_server import serve_git
from tests.faults.installation import Installation

GIT = ["git", "-c", "user.name=tests", "-c", "user.email=tests@example.invalid"]


class Repository:
    """One branch `main`; `write` commits a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = ""
        subprocess.run([*GIT, "init", "-q", "-b", "main", str(folder)], check=True)

    def write(self, name: str, content: str) -> str:
        """Commit a file; the commit's hash."""
        (self.folder / name).write_text(content)
        git = [*GIT, "-C", str(self.folder)]
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-q", "-m", f"write {name}"], check=True)
        return subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def served(folder: Path) -> Generator[Repository]:
    """A repository while it is served."""
    repository = Repository(folder / "source")
    with serve_git(folder) as base:
        repository.url = f"{base}/source/.git"
        yield repository


def make_build(installed: Installation, repository: Repository, name: str, seconds: int, **config: Any) -> None:
    """A build that prints a line a second; its image's name is in the command line of what runs in it."""
    image = f"{installed.mark}-{name}"
    count = " ".join(str(n) for n in range(1, seconds + 1))
    run = f"RUN for n in {count}; do echo tick $n; sleep 1; done # {image}"
    repository.write("Dockerfile", f"FROM {installed.image}\n{run}\n")
    base = {"builder": {"kind": "server", "server": "here"}, "source": {"url": repository.url}, "no_cache": True}
    installed.post("/builds", {"name": name, "config": {**base, "image": image, **config}})
