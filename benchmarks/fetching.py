"""Fetching: bringing the mirror of a 200 MB repository up to date as a build does, against `git fetch`, alternating."""

import asyncio
import random
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, median, spread
from benchmarks.git_server import serve_git
from benchmarks.rig import Rig
from monitor.abilities.git.calls import GitSource
from monitor.abilities.git.mirrors import Mirrors
from monitor.abilities.git.run import fetch
from monitor.kernel.clock import SystemClock
from monitor.periphery.jobs.process import Programs

RUNS = 20
_FILES, _SIZE = 20, 10_000_000
_GIT = ("git", "-c", "user.name=bench", "-c", "user.email=bench@example.invalid")


def figures(rig: Rig) -> list[Figure]:
    """One: the ratio of medians. A commit is made before each; both fetch the same one."""
    source, mirror = rig.folder / "large", rig.folder / "large-mirror"
    _make_source(source)
    ours: list[float] = []
    theirs: list[float] = []
    with serve_git(rig.folder) as base:
        url = f"{base}/large/.git"
        subprocess.run(["git", "clone", "-q", "--mirror", url, str(mirror)], check=True)
        run = _Run(rig.folder / "fetching")
        asyncio.run(run.up_to_date(url))
        for number in range(RUNS):
            _commit(source, f"change {number}")
            # Who comes first finds the server's files in memory no more than the other.
            for mine in (True, False) if number % 2 else (False, True):
                if mine:
                    ours.append(asyncio.run(run.up_to_date(url)))
                else:
                    theirs.append(_theirs(mirror))
    ratio = median(ours) / median(theirs)
    beside = f"ours {spread(ours)}, `git fetch` {spread(theirs)}"
    return [Figure("second fetch of a 200 MB mirror / `git fetch`", ratio, "×", "≤ 1.2 ×", ratio <= 1.2, beside)]


def _make_source(folder: Path) -> None:
    folder.mkdir()
    dice = random.Random(1)
    for number in range(_FILES):
        (folder / f"file-{number}").write_bytes(dice.randbytes(_SIZE))
    subprocess.run([*_GIT, "init", "-q", "-b", "main", str(folder)], check=True)
    # Noise cannot be compressed: the server would only be busy trying.
    subprocess.run([*_GIT, "-C", str(folder), "config", "core.compression", "0"], check=True)
    subprocess.run([*_GIT, "-C", str(folder), "add", "."], check=True)
    subprocess.run([*_GIT, "-C", str(folder), "commit", "-q", "-m", "bench"], check=True)
    subprocess.run([*_GIT, "-C", str(folder), "repack", "-adq"], check=True)


def _commit(folder: Path, text: str) -> None:
    (folder / "change").write_text(text)
    subprocess.run([*_GIT, "-C", str(folder), "add", "change"], check=True)
    subprocess.run([*_GIT, "-C", str(folder), "commit", "-q", "-m", text], check=True)


def _theirs(mirror: Path) -> float:
    begun = time.perf_counter()
    subprocess.run(["git", "-C", str(mirror), "fetch", "-q", "--prune", "origin"], check=True)
    return time.perf_counter() - begun


class _UpToDate(Exception):
    """The mirror is, and the work tree would come next."""


class _Run:
    """A job's run and its agent, as far as fetching needs them; it ends where the work tree begins."""

    def __init__(self, folder: Path) -> None:
        self.id = "fetching"
        self.agent = self
        self.work = folder
        self.mirrors = Mirrors(folder / "mirrors")
        self._programs = Programs(folder, SystemClock())
        folder.mkdir()

    async def up_to_date(self, url: str) -> float:
        """Seconds until the mirror has the newest commit."""
        self._target = self.work / "tree"
        begun = time.perf_counter()
        try:
            await fetch(self, GitSource(url=url, branch="main"), self._target)  # type: ignore[arg-type] # all it needs
        except _UpToDate:
            return time.perf_counter() - begun
        finally:
            shutil.rmtree(self._target, ignore_errors=True)
        raise AssertionError("it made no work tree")

    async def process(
        self,
        argv: Sequence[str],
        *,
        cwd: Path | None = None,
        env: dict[str, str] | None = None,
        what: str = "",
        quiet: bool = False,
    ) -> bytes:
        """As the periphery runs it."""
        if str(self._target) in argv:
            raise _UpToDate
        return await self._programs.run(
            self.id, argv, cwd=cwd, env=env or {}, what=what, sink=lambda data, stream: None
        )

    def note(self, text: str) -> None:
        """Said to nobody."""
