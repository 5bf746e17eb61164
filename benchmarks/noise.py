"""Noise: made-up usage of a server and its containers that is as uneven as real usage, the same for each seed."""

import math
import random
from collections.abc import Iterator

DAY = 86_400
_CORES = 4


class Noise:
    """Figures of one entity, step by step: daily swing, slow drift, jitter of each sample, and now and then a burst."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)
        self._drift = 0.0
        self._burst = 0.0

    def level(self, at: float, middle: float, spread: float, jitter: float) -> float:
        """Around `middle`; never below 0."""
        pick = self._random
        self._drift = 0.98 * self._drift + 0.02 * pick.gauss(0, 1)
        self._burst = self._burst * 0.8 if pick.random() > 0.003 else pick.uniform(0.5, 3)
        swing = math.sin(2 * math.pi * at / DAY)
        return max(middle * (1 + spread * (swing + self._drift * 3) + self._burst + jitter * pick.gauss(0, 1)), 0.0)


def containers(
    seed: str, count: int, since: int, until: int, step: int
) -> Iterator[tuple[int, list[dict[str, float]]]]:
    """At each step the figures of each container: some are busy, most are nearly idle, as on real hosts."""
    pick = random.Random(seed)
    noises = [[Noise(f"{seed} {number} {part}") for part in range(6)] for number in range(count)]
    busy = [pick.choice((0.05, 0.2, 1, 8, 60)) for _ in range(count)]
    memory = [pick.uniform(10e6, 2e9) for _ in range(count)]
    for at in range(since, until, step):
        yield at, [_container(at, noises[number], busy[number], memory[number]) for number in range(count)]


def server(seed: str, since: int, until: int, step: int) -> Iterator[tuple[int, dict[str, float]]]:
    """At each step the figures of a server with two file systems, two interfaces, a device and four sensors."""
    noises = [Noise(f"{seed} host {number}") for number in range(40)]
    for at in range(since, until, step):
        yield at, _server(at, iter(noises))


def _container(at: int, noise: list[Noise], busy: float, memory: float) -> dict[str, float]:
    traffic = noise[1].level(at, busy * 20_000, 0.5, 0.4)
    return {
        "cpu": noise[0].level(at, busy, 0.4, 0.3),
        "memory": noise[2].level(at, memory, 0.02, 0.001),
        "received": traffic,
        "sent": traffic * 0.6 * (1 + 0.1 * math.sin(at)),
        "read": noise[3].level(at, busy * 1000, 0.5, 1.0) if int(at / 10) % 7 == 0 else 0.0,
        "written": noise[4].level(at, busy * 5000, 0.5, 0.8),
        "pids": float(int(noise[5].level(at, 10 + busy, 0.05, 0.02))),
    }


def _server(at: int, noise: Iterator[Noise]) -> dict[str, float]:
    cpu = [min(next(noise).level(at, 20, 0.4, 0.3), 100) for _ in range(_CORES)]
    busy = sum(cpu) / _CORES
    memory = next(noise).level(at, 9e9, 0.05, 0.005)
    disk = 4e11 + at % (90 * DAY) * 2000 + next(noise).level(at, 1e8, 0.1, 0.1)
    received, written = next(noise).level(at, 4e6, 0.6, 0.4), next(noise).level(at, 2e6, 0.5, 0.8)
    heat = [next(noise).level(at, middle, 0.05, 0.01) for middle in (45, 47, 44, 38)]
    return {
        "cpu": busy,
        "cpu_user": busy * 0.7,
        "cpu_system": next(noise).level(at, busy * 0.25, 0, 0.1),
        "cpu_iowait": next(noise).level(at, 1, 0.5, 0.8),
        "cpu_steal": 0.0,
        **{f"core:{number}": each for number, each in enumerate(cpu)},
        "load": _CORES * busy / 90,
        "load5": next(noise).level(at, 1, 0.4, 0.03),
        "load15": next(noise).level(at, 1, 0.4, 0.01),
        "memory": 100 * memory / 16e9,
        "memory_used": memory,
        "memory_total": 16e9,
        "memory_cache": next(noise).level(at, 5e9, 0.05, 0.005),
        "swap": 3.0,
        "swap_used": next(noise).level(at, 6e7, 0.02, 0.0005),
        "disk": disk / 1e10,
        "inodes": 12.0,
        "received": received,
        "sent": received * 0.3,
        "read": next(noise).level(at, 1e5, 0.5, 1.0),
        "written": written,
        "pressure_cpu": next(noise).level(at, 2, 0.5, 0.5),
        "pressure_memory": 0.0,
        "pressure_io": next(noise).level(at, 1, 0.5, 0.7),
        "temperature": max(heat),
        "failed_units": 0.0,
        **{f"sensor:coretemp {number}": each for number, each in enumerate(heat)},
        "disk_used:/": disk,
        "disk_total:/": 1e12,
        "disk_inodes:/": 12.0,
        "disk_used:/boot": 2e8,
        "disk_total:/boot": 1e9,
        "disk_inodes:/boot": 0.5,
        "interface_received:eth0": received,
        "interface_sent:eth0": received * 0.3,
        "interface_received:eth1": next(noise).level(at, 1e4, 0.5, 0.5),
        "interface_sent:eth1": next(noise).level(at, 1e4, 0.5, 0.5),
        "device_read:nvme0n1": next(noise).level(at, 1e5, 0.5, 1.0),
        "device_written:nvme0n1": written,
    }
