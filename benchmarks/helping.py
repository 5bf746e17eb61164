"""Helping: how long `monitor --help` takes, from the shell's view."""

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.figures import Figure, median, spread
from benchmarks.rig import Rig

RUNS = 20


def figures(rig: Rig) -> list[Figure]:
    """One."""
    monitor = Path(sys.executable).with_name("monitor")
    times: list[float] = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run([monitor, "--help"], check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    value = median(times) * 1000
    return [Figure("`monitor --help`", value, "ms", "≤ 200 ms", value <= 200, spread(times))]
