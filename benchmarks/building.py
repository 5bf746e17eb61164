"""Build: by each builder against the docker CLI of the same context, uncached, alternating; first line and end."""

import json
import re
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from websockets.sync.client import ClientConnection, connect

from benchmarks.figures import Figure, median, percentile, spread
from benchmarks.git_server import serve_git
from benchmarks.rig import PREFIX, Rig, docker, wait_until

RUNS = 10
MAKERS = {"buildkit": ("buildx", "build"), "classic": ("build",)}
"""Of each builder, how the docker CLI is asked for it."""
_SLEEP = "sleep 7171"


def figures(rig: Rig) -> list[Figure]:
    """Of each builder: the ratio of medians, the time from a cancel to no process, and that of its first line."""
    source = rig.folder / "source"
    _make_source(source)
    with _served(rig.folder) as url:
        for maker in MAKERS:
            config = {
                "builder": {"kind": "server", "server": "bench"},
                "source": {"url": url},
                "image": f"{PREFIX}-built",
                "no_cache": True,
                "maker": maker,
            }
            rig.post("/builds", {"name": maker, "config": config})
            endless = {**config, "source": None, "written": _endless()}
            rig.post("/builds", {"name": f"endless-{maker}", "config": endless})
        ratios = [_ratio(rig, source, maker) for maker in MAKERS]
    return [*ratios, *(figure for maker in MAKERS for figure in _ends(rig, maker))]


def _ratio(rig: Rig, source: Path, maker: str) -> Figure:
    ours: list[float] = []
    theirs: list[float] = []
    clones: list[float] = []
    for _ in range(RUNS):
        theirs.append(_theirs(source, maker))
        whole, clone = _ours(rig, maker)
        ours.append(whole - clone)
        clones.append(clone)
    ratio = median(ours) / median(theirs)
    beside = f"ours without clone {spread(ours)}, docker {spread(theirs)}, clone {spread(clones)}"
    name = f"build / `docker {' '.join(MAKERS[maker])}`"
    return Figure(name, ratio, "×", "≤ 1.05 ×", ratio <= 1.05, beside)


def _ends(rig: Rig, maker: str) -> list[Figure]:
    """From the first line being printed to it on the websocket, and from the cancel to the last process gone."""
    lines: list[float] = []
    cancels: list[float] = []
    headers = {"Authorization": f"Bearer {rig.key}"}
    with connect(f"ws://127.0.0.1:{rig.core_port}/api/live", additional_headers=headers) as socket:
        for number in range(RUNS):
            activity = rig.post(f"/builds/endless-{maker}/run", {})["id"]
            lines.append(_first_line(socket, number + 1, activity))
            begun = time.perf_counter()
            rig.post(f"/activity/{activity}/cancel", {})
            wait_until(lambda: not _runs(_SLEEP))
            cancels.append(time.perf_counter() - begun)
            wait_until(lambda asked=activity: rig.get(f"/activity/{asked}")["ended"])
    p95, slowest = percentile(lines, 95) * 1000, max(cancels)
    first = f"first line of a build ({maker}) → on the websocket, p95"
    gone = f"cancel of a build ({maker}) → none of its processes, slowest"
    return [
        Figure(first, p95, "ms", "≤ 300 ms", p95 <= 300, f"median {median(lines) * 1000:.0f} ms of {RUNS}"),
        Figure(gone, slowest, "s", "≤ 2 s", slowest <= 2, f"{spread(cancels)}, of {RUNS}"),
    ]


def _endless() -> str:
    """Prints when it is, by the clock that runs since the machine does, and waits, deaf to TERM."""
    return f"FROM {PREFIX}:base\nRUN trap '' TERM INT; echo up $(cat /proc/uptime); {_SLEEP} & {_SLEEP}\n"


def _first_line(socket: ClientConnection, id: int, activity: str) -> float:
    topic = {"topic": "activity.follow_output", "target": activity}
    socket.send(json.dumps({"id": id, "op": "subscribe", "topic": topic}))
    text = ""
    try:
        while True:
            frame = json.loads(socket.recv(timeout=30))
            came = time.clock_gettime(time.CLOCK_BOOTTIME)
            if frame.get("id") == id and frame["kind"] == "append":
                text += frame["data"]["text"]
                found = re.search(r"^(?:#\d+ [\d.]+ )?up (\d+\.\d+) \d", text, re.MULTILINE)
                if found:
                    return came - float(found[1])
            if frame["kind"] in ("error", "end"):
                raise RuntimeError(f"{frame} {text}")
    finally:
        socket.send(json.dumps({"id": id, "op": "unsubscribe"}))


def _runs(words: str) -> bool:
    """Whether any process has these words as its argument list."""
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            if folder.name.isdigit() and (folder / "cmdline").read_bytes().split(b"\0")[:-1] == words.encode().split():
                return True
    return False


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


def _ours(rig: Rig, maker: str) -> tuple[float, float]:
    begun = time.perf_counter()
    activity = rig.act(f"/builds/{maker}/run")
    whole = time.perf_counter() - begun
    clone = next(s for s in activity["steps"] if s["name"] == "clone")
    took = datetime.fromisoformat(clone["ended"]) - datetime.fromisoformat(clone["started"])
    return whole, took.total_seconds()


def _theirs(source: Path, maker: str) -> float:
    begun = time.perf_counter()
    docker(*MAKERS[maker], "--no-cache", "-t", f"{PREFIX}-theirs", str(source))
    return time.perf_counter() - begun
