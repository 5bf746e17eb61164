"""Things: what a simulated host's Docker keeps beside containers."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.abilities.cleaning.calls import CacheRecord, DockerDisk, Mirror
from monitor.kernel.insides import Process

_BEGUN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@dataclass
class SimulatedImage:
    """What Docker would tell of an image beside its name."""

    size: int
    created: datetime
    commands: tuple[str, ...] = ()
    """Of its layers, newest first."""
    labels: dict[str, str] = field(default_factory=dict[str, str])


@dataclass
class SimulatedVolume:
    """One volume."""

    created: datetime = _BEGUN
    driver: str = "local"
    options: dict[str, str] = field(default_factory=dict[str, str])
    labels: dict[str, str] = field(default_factory=dict[str, str])
    size: int = 0


@dataclass
class SimulatedNetwork:
    """One network."""

    id: str
    created: datetime = _BEGUN
    driver: str = "bridge"
    subnets: tuple[str, ...] = ()
    internal: bool = False
    attachable: bool = False
    ipv6: bool = False
    labels: dict[str, str] = field(default_factory=dict[str, str])


@dataclass
class Looks:
    """What those who look at repositories are told, beside their branches."""

    asked: list[Any] = field(default_factory=list[Any])
    """Each look (LookAtSource)."""
    changed: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict[tuple[str, str], tuple[str, ...]])
    """Files that differ between two commits; of two that are not in here nobody can tell."""


@dataclass
class Leftovers:
    """What a clean-up may find beside images, volumes and networks."""

    parents: dict[str, str] = field(default_factory=dict[str, str])
    """Ids of images by those of what was made from them."""
    cache: list[CacheRecord] = field(default_factory=list[CacheRecord])
    mirrors: dict[str, Mirror] = field(default_factory=dict[str, Mirror])
    """By key."""
    disk: DockerDisk = field(default_factory=lambda: DockerDisk(used=60 * 10**9, total=100 * 10**9))


def made_up(reference: str) -> SimulatedImage:
    """Of an image nobody described: always the same for the same name."""
    number = int.from_bytes(hashlib.sha256(reference.encode()).digest()[:4], "big")
    size = 5_000_000 + number % 400_000_000
    command = f'/bin/sh -c #(nop) CMD ["/{reference.rpartition("/")[2].partition(":")[0]}"]'
    return SimulatedImage(
        size, _BEGUN + timedelta(minutes=number % 400_000), (command, "/bin/sh -c #(nop) ADD file:… in /")
    )


def builtin_networks(machine: str) -> dict[str, SimulatedNetwork]:
    """Those of every Docker."""
    drivers = {"bridge": "bridge", "host": "host", "none": "null"}
    subnets = {"bridge": ("172.17.0.0/16",)}
    return {
        name: SimulatedNetwork(network_id(machine, name), driver=driver, subnets=subnets.get(name, ()))
        for name, driver in drivers.items()
    }


def network_id(machine: str, name: str) -> str:
    """A stable made-up id."""
    return hashlib.sha256(f"{machine} network {name}".encode()).hexdigest()


def own_processes() -> list[Process]:
    """What every host has that is in no container."""
    own = [("dockerd", 812, 2.1, 96), ("containerd", 640, 0.8, 52), ("systemd", 1, 0.1, 12), ("sshd", 903, 0.0, 8)]
    return [
        Process(pid=pid, parent=1, user="root", cpu=cpu, memory=size * 1024**2, seconds=86_400, command=name)
        for name, pid, cpu, size in own
    ]
