"""Listing: a page of 50 of 1,000 deployments from one core process, and creating at that size."""

import re
import subprocess
import time

from benchmarks.figures import Figure, median
from benchmarks.rig import Rig

COUNT = 1000


def figures(rig: Rig) -> list[Figure]:
    """Three: requests a second, p99, create."""
    times = [_create(rig, index) for index in range(COUNT)]
    creating = median(times[-50:]) * 1000
    url = f"http://127.0.0.1:{rig.core_port}/api/deployments?limit=50"
    key = f"Authorization: Bearer {rig.key}"
    load = ["wrk", "-t1", "-c8", "-d10", "--latency", "-H", key, url]
    told = subprocess.run(load, check=True, capture_output=True, text=True).stdout
    told_rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    rate = float(told_rate[1]) if told_rate else 0.0
    p99 = _milliseconds(re.search(r"99%\s+([\d.]+)(us|ms|s)", told))
    return [
        Figure("page of 50 of 1,000 deployments", rate, "requests/s", "≥ 1,000", rate >= 1000, "8 connections, wrk"),
        Figure("the same, p99", p99, "ms", "≤ 20 ms", p99 <= 20),
        Figure("create at 1,000", creating, "ms", "≤ 10 ms", creating <= 10, "median of the last 50"),
    ]


def _create(rig: Rig, index: int) -> float:
    config = {
        "server": "bench",
        "image": {"kind": "image", "image": "nginx:1.27"},
        "environment": [{"name": "STAGE", "value": "production"}],
        "ports": [{"container": 80, "host": 20_000 + index}],
    }
    begun = time.perf_counter()
    rig.post("/deployments", {"name": f"app-{index:04}", "config": config})
    return time.perf_counter() - begun


def _milliseconds(found: "re.Match[str] | None") -> float:
    if found is None:
        raise RuntimeError("wrk told no latency")
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]
