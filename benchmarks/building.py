"""Build: step `build` of build.run, against `docker build` of the same context, uncached, alternating."""

import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from benchmarks.figures import Figure, median, spread
from benchmarks.git_server import serve_git
from benchmarks.rig import PREFIX, Rig, docker

RUNS = 20


def figures(rig: Rig) -> list[Figure]:
    """One: the ratio of medians, the whole of our run (clone and hand-over) beside it."""
    source = rig.folder / "source"
    _make_source(source)
    ours: list[float] = []
    theirs: list[float] = []
    clones: list[float] = []
    with _served(rig.folder) as url:
        config = {
            "builder": {"kind": "server", "server": "bench"},
            "source": {"url": url},
            "image": f"{PREFIX}-built",
            "no_cache": True,
        }
        rig.post("/builds", {"name": "built", "config": config})
        for _ in range(RUNS):
            theirs.append(_theirs(source))
            whole, clone = _ours(rig)
            ours.append(whole - clone)
            clones.append(clone)
    ratio = median(ours) / median(theirs)
    beside = f"ours without clone {spread(ours)}, docker build {spread(theirs)}, clone {spread(clones)}"
    return [Figure("build / `docker build`", ratio, "×", "≤ 1.10 ×", ratio <= 1.10, beside)]


def _make_source(folder: Path) -> None:
    folder.mkdir()
    (folder / "Dockerfile").write_text(
        f"FROM {PREFIX}:base\nRUN for i in 1 2 3 4 5; do echo line $i; sleep 1; done\nRUN echo done > /x\n"
    )
    git = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.invalid"]
    subprocess.run([*git, "init", "-q", "-b", "main", str(folder)], check=True)
    subprocess.run([*git, "-C", str(folder), "add", "."], check=True)
    subprocess.run([*git, "-C", str(folder), "commit", "-q", "-m", "bench"], check=True)


@contextmanager
def _served(folder: Path) -> Generator[str]:
    with serve_git(folder) as base:
        yield f"{base}/source/.git"


def _ours(rig: Rig) -> tuple[float, float]:
    begun = time.perf_counter()
    activity = rig.act("/builds/built/run")
    whole = time.perf_counter() - begun
    clone = next(s for s in activity["steps"] if s["name"] == "clone")
    took = datetime.fromisoformat(clone["ended"]) - datetime.fromisoformat(clone["started"])
    return whole, took.total_seconds()


def _theirs(source: Path) -> float:
    begun = time.perf_counter()
    docker("build", "--no-cache", "-t", f"{PREFIX}-theirs", str(source))
    return time.perf_counter() - begun
