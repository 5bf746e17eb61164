"""Idling: memory of core and periphery with 30 containers, and what the periphery costs while nobody looks."""

import os
import time
from pathlib import Path

from benchmarks.figures import Figure, rss
from benchmarks.rig import PREFIX, Rig, docker, wait_until

CONTAINERS = 30
SECONDS = 60


def figures(rig: Rig) -> list[Figure]:
    """Three: two sizes and a share of one core."""
    for index in range(CONTAINERS):
        docker("run", "-d", "--name", f"{PREFIX}-idle-{index}", f"{PREFIX}:base")
    wait_until(lambda: rig.get("/servers/bench")["status"]["running"] >= CONTAINERS)
    time.sleep(5)
    core, agent = rig.processes["core"].pid, rig.processes["agent"].pid
    before = _cpu(agent), _cpu(core)
    time.sleep(SECONDS)
    share = 100 * (_cpu(agent) - before[0]) / SECONDS
    core_share = 100 * (_cpu(core) - before[1]) / SECONDS
    core_size, agent_size = rss(core), rss(agent)
    names = [f"{PREFIX}-idle-{index}" for index in range(CONTAINERS)]
    docker("rm", "-f", *names)
    return [
        Figure("core, idle memory (RSS)", core_size, "MB", "≤ 90 MB", core_size <= 90, f"{core_share:.2f} % of a core"),
        Figure(f"periphery, idle memory with {CONTAINERS} containers", agent_size, "MB", "≤ 40 MB", agent_size <= 40),
        Figure(f"periphery, idle cpu with {CONTAINERS} containers", share, "% of a core", "≤ 0.5 %", share <= 0.5),
    ]


def _cpu(pid: int) -> float:
    """Seconds of cpu used, children that ended included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(f) for f in fields[11:15]) / os.sysconf("SC_CLK_TCK")
