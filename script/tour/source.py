"""The app's git repository: made from `examples/hello`, changed and pushed like a developer's."""

import shutil
import subprocess
from pathlib import Path

from parts.environment import ROOT
from parts.say import GiveUp

from tour.place import Place

EXAMPLE = ROOT / "examples/hello"
NAME = "hello.git"


def make(place: Place) -> None:
    """A work tree with the example and a bare repository beside it that holds its first commit."""
    bare = place.repositories / NAME
    shutil.copytree(EXAMPLE, place.source)
    _git(place.folder, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    _git(place.source, "init", "--quiet", "--initial-branch=main")
    _git(place.source, "remote", "add", "origin", str(bare))
    _commit(place, "The first version")


def say_something_else(place: Place, message: str) -> None:
    """Change what the page says, commit and push."""
    (place.source / "app/message.txt").write_text(message + "\n")
    _commit(place, f"Say {message}")


def _commit(place: Place, message: str) -> None:
    _git(place.source, "add", "--all")
    _git(place.source, "commit", "--quiet", "--no-gpg-sign", "--message", message)
    _git(place.source, "push", "--quiet", "--set-upstream", "origin", "main")


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Demo", "-c", "user.email=demo@localhost", "-c", "core.hooksPath=/dev/null"]
    done = subprocess.run(["git", *who, *arguments], check=False, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise GiveUp(f"git {arguments[0]} failed in {folder}: {done.stderr.strip()}")
