"""Unchanging: deploys of 100 deployments of which nothing changed, beside asking Docker's command for each of them."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks.figures import Figure, median
from benchmarks.rig import PREFIX, Rig, docker

COUNT = 100
AT_ONCE = 8
RUNS = 5


def figures(rig: Rig) -> list[Figure]:
    """One: all of them, told to deploy only if changed, to the end of the last."""
    names = [f"same-{number:03}" for number in range(COUNT)]
    for name in names:
        environment = [{"name": f"N{number}", "value": name} for number in range(20)]
        rig.deployment(name, f"{PREFIX}:base", stable_for=0, network="none", environment=environment)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda name: rig.act(f"/deployments/{name}/deploy"), names))
        ours = [_timed(pool, rig, names) for _ in range(RUNS)]
        theirs = [_asked(pool, names) for _ in range(RUNS)]
    value = median(ours)
    beside = (
        f"{AT_ONCE} at once; {min(ours):.2f} – {value:.2f} – {max(ours):.2f} s; "
        f"`docker inspect` of each, as many at once, {median(theirs):.2f} s"
    )
    return [Figure("100 deploys of what did not change", value, "s", "≤ 2 s", value <= 2, beside)]


def _timed(pool: ThreadPoolExecutor, rig: Rig, names: list[str]) -> float:
    begun = time.perf_counter()
    ends = list(pool.map(lambda name: _unchanged(rig, name), names))
    took = time.perf_counter() - begun
    for end in ends:
        if not end["summary"].startswith("nothing changed"):
            raise RuntimeError(f"it was deployed: {end['summary'] or end['error']}")
    return took


def _unchanged(rig: Rig, name: str) -> dict[str, Any]:
    return rig.post(f"/deployments/{name}/deploy?wait=60", {"if_changed": True})


def _asked(pool: ThreadPoolExecutor, names: list[str]) -> float:
    begun = time.perf_counter()
    list(pool.map(lambda name: docker("inspect", f"{PREFIX}-{name}"), names))
    return time.perf_counter() - begun
