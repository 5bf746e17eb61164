"""Servers of the fleet: names, places, sizes and loads, the same at each start."""

from datetime import datetime, timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from monitor import __version__
from monitor.testing.machine import Machine
from monitor.testing.usage import NoisyUsage

GIB = 1024**3
DOWN = "db-6"
"""Does not answer: connection refused."""
SILENT = "cache-3"
"""Its Docker does not answer."""
WAITING = "app-7"
"""No periphery has joined yet."""
FULL = "web-7"
"""Its disk is at 93 %."""
CARDS = "worker-2"
"""Has graphics cards."""
FAILING = "db-2"
"""Units of its systemd have failed."""
OLD_AGENT = "0.0.9"
_BEHIND = ("web-4", "app-2", "ci-3")


class Group(Struct, frozen=True):
    """Servers alike: `web-1` to `web-12`; loads in percent."""

    name: str
    count: int
    cores: int
    memory: int
    """GiB."""
    cpu: float
    used: float
    network: float
    """Mbit/s."""


GROUPS = (
    Group("web", 12, 16, 64, 36, 48, 310),
    Group("app", 6, 32, 128, 51, 62, 48),
    Group("worker", 5, 32, 128, 64, 60, 52),
    Group("db", 6, 24, 192, 26, 72, 120),
    Group("cache", 3, 8, 64, 7, 81, 260),
    Group("edge", 5, 8, 16, 21, 34, 840),
    Group("ci", 4, 16, 32, 54, 41, 90),
)
NAMES = tuple(f"{group.name}-{n + 1}" for group in GROUPS for n in range(group.count))


def tags_of(name: str) -> tuple[str, ...]:
    """Every seventh is for staging; two places in turn."""
    number = int(name.rpartition("-")[2])
    stage = "staging" if name in ("web-12", "app-6", "db-5", "edge-5", "ci-4") else "production"
    return (stage, "fsn" if number % 2 else "hel")


def furnish(machine: Machine, name: str, now: datetime) -> None:
    """Give a simulated host the agent, the hardware and the load of the server called so."""
    group = next(g for g in GROUPS if g.name == name.partition("-")[0])
    dice = Random(name)
    system, kernel = dice.choice(
        (("Debian GNU/Linux 12 (bookworm)", "6.1.0-40-amd64"), ("Ubuntu 24.04.3 LTS", "6.8.0-86-generic"))
    )
    machine.info = replace(
        machine.info,
        version=OLD_AGENT if name in _BEHIND else __version__,
        hostname=name,
        system=system,
        kernel=kernel,
        architecture="aarch64" if group.name == "edge" else "x86_64",
        cores=group.cores,
        memory=group.memory * GIB,
        docker=dice.choice(("27.5.1", "28.4.0", "28.5.2")),
        docker_api="1.51",
    )
    machine.usage = NoisyUsage(
        seed=name,
        cores=group.cores,
        cpu=group.cpu * dice.uniform(0.7, 1.25),
        memory_total=group.memory * GIB,
        memory=min(86.0, group.used * dice.uniform(0.78, 1.18)),
        disk_total=dice.choice((160, 240, 320)) * GIB if name != FULL else 160 * GIB,
        disk=93.0 if name == FULL else dice.uniform(32, 60),
        disk_growth=1.21 * GIB if name == FULL else dice.uniform(0, 0.02) * GIB,
        known=now,
        network=group.network * dice.uniform(0.5, 1.5) * 1_000_000 / 8,
        booted=now - timedelta(days=dice.uniform(6, 180)),
        docker=_docker(group, Random(f"{name} docker")),
        gpus=("0 NVIDIA L4", "1 NVIDIA L4") if name == CARDS else (),
        failed_units=("certbot-renew.service", "mnt-backup.mount") if name == FAILING else (),
    )


def _docker(group: Group, dice: Random) -> tuple[int, int, int, int]:
    """Builders keep a cache, databases volumes."""
    images, containers = dice.uniform(6, 28), dice.uniform(0.1, 2)
    volumes = dice.uniform(40, 90) if group.name == "db" else dice.uniform(0, 6)
    cache = dice.uniform(10, 40) if group.name == "ci" else 0.0
    return round(images * GIB), round(containers * GIB), round(volumes * GIB), round(cache * GIB)
