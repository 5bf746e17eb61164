"""Deploy: from the request to the end of step `start`, against the docker CLI's pull + stop + rm + run, alternating."""

import time
from datetime import datetime

from benchmarks.figures import Figure, median, spread
from benchmarks.rig import PREFIX, Rig, docker

RUNS = 20
WAYS = {"start-first": "deploy", "stop-first": "deploy, the old container stopping first,"}


def figures(rig: Rig) -> list[Figure]:
    """The ratio of medians, for each way to deploy."""
    image = f"127.0.0.1:{rig.registry_port}/{PREFIX}:1"
    docker("tag", f"{PREFIX}:base", image)
    docker("push", image)
    docker("run", "-d", "--name", f"{PREFIX}-theirs", image)
    return [_figure(rig, image, order) for order in WAYS]


def _figure(rig: Rig, image: str, order: str) -> Figure:
    rig.deployment(order, image, pull=True, update_order=order)
    rig.act(f"/deployments/{order}/deploy")
    ours: list[float] = []
    theirs: list[float] = []
    verify: list[float] = []
    for _ in range(RUNS):
        theirs.append(_theirs(image))
        started, verified = _ours(rig, order)
        ours.append(started)
        verify.append(verified)
    ratio = median(ours) / median(theirs)
    beside = f"ours {spread(ours)}, docker CLI {spread(theirs)}; verify takes {median(verify):.2f} s more"
    return Figure(f"{WAYS[order]} to end of `start` / docker CLI", ratio, "×", "≤ 1 ×", ratio <= 1, beside)


def _ours(rig: Rig, name: str) -> tuple[float, float]:
    begun = time.time()
    activity = rig.act(f"/deployments/{name}/deploy")
    steps = {s["name"]: s for s in activity["steps"]}
    started = datetime.fromisoformat(steps["start"]["ended"]).timestamp() - begun
    verify = steps["verify"]
    took = datetime.fromisoformat(verify["ended"]) - datetime.fromisoformat(verify["started"])
    return started, took.total_seconds()


def _theirs(image: str) -> float:
    name = f"{PREFIX}-theirs"
    begun = time.perf_counter()
    docker("pull", "-q", image)
    docker("stop", name)
    docker("rm", name)
    docker("run", "-d", "--name", name, image)
    return time.perf_counter() - begun
