"""Cgroups: what the kernel has counted of each container, from the files of its control group, of version 1 and 2.

Formats: Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst. A container whose group is not to be seen has none.
"""

import os
from pathlib import Path
from typing import NamedTuple

from monitor.abilities.docker.control_group import container_called
from monitor.abilities.stats import proc
from monitor.abilities.stats.counters import text

_PARENTS = ("docker", "system.slice", "machine.slice", "user.slice")
"""Where Docker puts them: with the driver cgroupfs, and with systemd's."""


class Counted(NamedTuple):
    """Of one container, since it started."""

    cpu: int
    """Nanoseconds."""
    memory: int
    """Bytes, without what the kernel only caches."""
    read: int
    written: int
    pids: int
    network: tuple[int, int] | None = None
    """Bytes received and sent; None where it shares the host's network, or that cannot be seen."""


class Cgroups:
    """The containers' groups below a /sys/fs/cgroup, found anew by `find`."""

    def __init__(self, sys: Path, files: Path) -> None:
        root = sys / "fs/cgroup"
        self._unified = (root / "cgroup.controllers").exists()
        self._root = root
        self._files = files
        self._paths: dict[str, str] = {}
        """By id, below the root or a controller's folder."""
        self._host_network: Path | None = None
        """As the link of the first process says it."""

    def find(self) -> frozenset[str]:
        """Ids of the containers whose groups are there now."""
        self._host_network = _network_of(self._files / "1")
        top = self._root if self._unified else self._root / "memory"
        self._paths = {
            id: f"{parent}/{name}"
            for parent in _PARENTS
            for name in _names(top / parent)
            if (id := container_called(name))
        }
        return frozenset(self._paths)

    def read(self, id: str) -> Counted | None:
        """One container's; None when it is gone."""
        path = self._paths.get(id)
        if path is None:
            return None
        return self._second(path) if self._unified else self._first(path)

    def oom_kills(self, id: str) -> int | None:
        """How often the kernel has killed a process of it for want of memory; None where that is not to be seen."""
        path = self._paths.get(id)
        if path is None:
            return None
        file = (
            self._root / path / "memory.events"
            if self._unified
            else self._root / "memory" / path / "memory.oom_control"
        )
        told = text(file)
        return _field(told, "oom_kill") if "oom_kill " in told else None

    def _first(self, path: str) -> Counted | None:
        root = self._root
        used = _whole(text(root / "cpuacct" / path / "cpuacct.usage"))
        if used is None:
            return None
        memory = _whole(text(root / "memory" / path / "memory.usage_in_bytes")) or 0
        cached = _field(text(root / "memory" / path / "memory.stat"), "total_inactive_file")
        blkio = root / "blkio" / path
        told = text(blkio / "blkio.throttle.io_service_bytes_recursive") or text(
            blkio / "blkio.throttle.io_service_bytes"
        )
        read, written = blocks_first(told)
        pids = _whole(text(root / "pids" / path / "pids.current")) or 0
        network = self._network(text(root / "memory" / path / "cgroup.procs"))
        return Counted(used, max(memory - cached, 0), read, written, pids, network)

    def _second(self, path: str) -> Counted | None:
        folder = self._root / path
        stat = text(folder / "cpu.stat")
        if not stat:
            return None
        memory = _whole(text(folder / "memory.current")) or 0
        cached = _field(text(folder / "memory.stat"), "inactive_file")
        read, written = blocks_second(text(folder / "io.stat"))
        pids = _whole(text(folder / "pids.current")) or 0
        network = self._network(text(folder / "cgroup.procs"))
        return Counted(_field(stat, "usage_usec") * 1000, max(memory - cached, 0), read, written, pids, network)

    def _network(self, processes: str) -> tuple[int, int] | None:
        """Of the first process's network; None where that is the host's, whose traffic is not the container's."""
        first = processes.split("\n", 1)[0].strip()
        if not first.isdecimal():
            return None
        folder = self._files / first
        if self._host_network is not None and _network_of(folder) == self._host_network:
            return None
        found = [pair for name, pair in proc.network(text(folder / "net/dev")).items() if name != "lo"]
        return (sum(pair[0] for pair in found), sum(pair[1] for pair in found)) if found else None


def blocks_first(told: str) -> tuple[int, int]:
    """blkio.throttle.io_service_bytes: `254:0 Read 4096` a line; bytes read and written on all devices."""
    sums = {"Read": 0, "Write": 0}
    for line in told.splitlines():
        fields = line.split()
        if len(fields) == 3 and fields[1] in sums and fields[2].isdecimal():
            sums[fields[1]] += int(fields[2])
    return sums["Read"], sums["Write"]


def blocks_second(told: str) -> tuple[int, int]:
    """io.stat: `254:0 rbytes=4096 wbytes=0 …` a line."""
    sums = {"rbytes": 0, "wbytes": 0}
    for word in told.split():
        name, _, number = word.partition("=")
        if name in sums and number.isdecimal():
            sums[name] += int(number)
    return sums["rbytes"], sums["wbytes"]


def _network_of(folder: Path) -> Path | None:
    """Which network a process is in; None where that cannot be seen."""
    try:
        return (folder / "ns/net").readlink()
    except OSError:
        return None


def _field(told: str, name: str) -> int:
    for line in told.splitlines():
        key, _, rest = line.partition(" ")
        if key == name:
            return _whole(rest) or 0
    return 0


def _whole(told: str) -> int | None:
    told = told.strip()
    return int(told) if told.isascii() and told.isdecimal() else None


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(folder)]
    except OSError:
        return []
