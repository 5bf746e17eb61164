"""The web app of `web/`: its packages and its build into core's folder, made anew when what they come from changed."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from parts import node
from parts.environment import ROOT
from parts.packages import run
from parts.say import GiveUp, say

FOLDER = ROOT / "web"
BUILT = ROOT / "src/monitor/core/web_app"
STAGED = ROOT / ".cache/web_app"
LOCK = FOLDER / "package-lock.json"
NOT_SOURCE = {"node_modules", "openapi.json"}


def ensure_packages() -> bool:
    """The locked npm packages, none of their scripts run; whether anything was done."""
    stamp = FOLDER / "node_modules/.monitor-setup"
    with _alone():
        wanted = _hash([LOCK, FOLDER / "package.json"])
        if _read(stamp) == wanted:
            return False
        say("installing the web app's npm packages into web/node_modules")
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        stamp.write_text(wanted)
        return True


def ensure_built() -> bool:
    """The built app in core's folder; whether anything was done. What was there stays if the build fails."""
    stamp = BUILT / ".built-from"
    if _read(stamp) == _sources():
        return False
    ensure_packages()
    with _alone():
        wanted = _sources()
        if _read(stamp) == wanted:
            return False
        say(f"building the web app into {BUILT.relative_to(ROOT)}")
        npm("run", "build", "--", "--outDir", str(STAGED), "--emptyOutDir")
        if not (STAGED / "index.html").is_file():
            raise GiveUp(f"the build of web/ left no index.html in {STAGED}")
        (STAGED / stamp.name).write_text(wanted)
        shutil.rmtree(BUILT, ignore_errors=True)
        shutil.move(STAGED, BUILT)
        return True


def npm(*arguments: str, more: dict[str, str] | None = None) -> None:
    """Run npm in web/ to its end; what it printed is shown when it fails."""
    run(["npm", *arguments], folder=FOLDER, environment={**node.environment(), **(more or {})})


@contextmanager
def _alone() -> Iterator[None]:
    """One script at a time: two that are started together must not build into the same folder."""
    lock = ROOT / ".cache/web.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sources() -> str:
    """A hash over all files of web/ that the build may read."""
    found: list[Path] = []
    for folder, folders, files in os.walk(FOLDER):
        folders[:] = sorted(set(folders) - NOT_SOURCE)
        found += [Path(folder) / name for name in sorted(set(files) - NOT_SOURCE)]
    return _hash(found)


def _hash(files: Sequence[Path]) -> str:
    seen = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        seen.update(f"{file.relative_to(FOLDER)} {len(content)}\n".encode() + content)
    return f"{seen.hexdigest()}\n"


def _read(stamp: Path) -> str:
    try:
        return stamp.read_text()
    except FileNotFoundError:
        return ""
