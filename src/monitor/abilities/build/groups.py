"""Groups: the kernel's control groups that hold a build's steps within limits, in either version of them."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from monitor.abilities.build.calls import Limits

ROOT = Path("/sys/fs/cgroup")
_PERIOD = 100_000
_WEIGHT = {"cpu.shares": "256", "cpu.weight": "25"}
"""A quarter of what everything else has: while the host is busy, builds give way."""
_HOSTS = {"cgroup": 0xEFFFFFFB, "pid": 0xEFFFFFFC}
"""Numbers of the first namespaces, which are the host's own (linux, include/linux/proc_ns.h)."""
_QUOTAS = ("cpu.max", "cpu.cfs_quota_us")
_NEARLY = 4 * 1024 * 1024
"""Bytes by which a usage that was stopped by its limit may stay below it."""
_V1 = ("memory", "cpu", "pids")


class Unlimited(Exception):
    """A group cannot be limited; its text says why."""


class Groups:
    """Control groups of the host, by their path from the top (`/docker/buildkit`)."""

    def __init__(self, root: Path = ROOT, namespaces: Path = Path("/proc/self/ns")) -> None:
        self._root = root
        self._namespaces = namespaces

    @property
    def unified(self) -> bool:
        """Whether they are of version 2."""
        return (self._root / "cgroup.controllers").is_file()

    def limit(self, path: str, limits: Limits) -> None:
        """Make the group, if need be, and let all in it together have no more. Unlimited if that cannot be."""
        self._check()
        try:
            if self.unified:
                self._limit_v2(path, limits)
            else:
                self._limit_v1(path, limits)
        except OSError as failure:
            raise Unlimited(
                f"the control group {path} cannot be limited: {failure.strerror or failure} ({failure.filename})"
            ) from None

    def limits_of(self, path: str) -> Limits | None:
        """What a group that was limited is limited to."""
        folders = self._folders(path)
        memory = sum(_number(f / "memory.limit_in_bytes") + _number(f / "memory.max") for f in folders)
        processes = sum(_number(f / "pids.max") for f in folders)
        quotas = [word for f in folders for name in _QUOTAS for line in _lines(f / name) for word in line.split()[:1]]
        if not memory or not processes or not quotas or not quotas[0].isdecimal():
            return None
        return Limits(memory=memory, processes=processes, cpus=int(quotas[0]) / _PERIOD)

    def free(self, path: str) -> None:
        """Lift the limits of a group that stays."""
        for folder in self._folders(path):
            for name in ("memory.memsw.limit_in_bytes", "memory.limit_in_bytes", "cpu.cfs_quota_us"):
                _try(folder / name, "-1")
            for name in ("memory.max", "memory.swap.max", "cpu.max", "pids.max"):
                _try(folder / name, "max")
            for name, value in (("cpu.shares", "1024"), ("cpu.weight", "100")):
                _try(folder / name, value)

    def kill(self, path: str) -> None:
        """End whatever still runs in it."""
        for folder in self._folders(path):
            for below in _deepest_first(folder):
                for pid in _lines(below / "cgroup.procs"):
                    with contextlib.suppress(OSError, ValueError):
                        os.kill(int(pid), 9)

    def drop(self, path: str) -> bool:
        """Remove it with what is below; whether it is gone, which it cannot be while anything in it is ending."""
        for folder in self._everywhere(path):
            for below in _deepest_first(folder):
                _remove(below)
        return not self._everywhere(path)

    def below(self, path: str) -> frozenset[str]:
        """Names of the groups in a group."""
        return frozenset(name for top in self._everywhere(path) for name in next(os.walk(top), ("", (), ()))[1])

    def reached(self, path: str) -> frozenset[str]:
        """Which of its limits it has come up to since they were set: `memory`, `processes`."""
        found: set[str] = set()
        for folder in self._folders(path):
            memory = _number(folder / "memory.max_usage_in_bytes"), _number(folder / "memory.limit_in_bytes")
            if 0 < memory[1] <= memory[0] + _NEARLY or _event(folder / "memory.events", "oom_kill"):
                found.add("memory")
            processes = _number(folder / "pids.peak"), _number(folder / "pids.max")
            if 0 < processes[1] <= processes[0] or _event(folder / "pids.events", "max"):
                found.add("processes")
        return frozenset(found)

    def _limit_v1(self, path: str, limits: Limits) -> None:
        memory, cpu, pids = (self._root / controller / path.strip("/") for controller in _V1)
        for folder in (memory, cpu, pids):
            folder.mkdir(parents=True, exist_ok=True)
        # Memory and swap together must never be less than memory alone, whatever stood there before.
        swap = memory / "memory.memsw.limit_in_bytes"
        if swap.exists():
            swap.write_text("-1")
        (memory / "memory.limit_in_bytes").write_text(str(limits.memory))
        if swap.exists():
            swap.write_text(str(limits.memory))
        _try(memory / "memory.max_usage_in_bytes", "0")
        (cpu / "cpu.cfs_period_us").write_text(str(_PERIOD))
        (cpu / "cpu.cfs_quota_us").write_text(str(_quota(limits)))
        _try(cpu / "cpu.shares", _WEIGHT["cpu.shares"])
        (pids / "pids.max").write_text(str(limits.processes))

    def _limit_v2(self, path: str, limits: Limits) -> None:
        folder = self._root
        for part in path.strip("/").split("/"):
            (folder / "cgroup.subtree_control").write_text("+memory +cpu +pids")
            folder /= part
            folder.mkdir(exist_ok=True)
        (folder / "memory.max").write_text(str(limits.memory))
        _try(folder / "memory.swap.max", "0")
        (folder / "cpu.max").write_text(f"{_quota(limits)} {_PERIOD}")
        _try(folder / "cpu.weight", _WEIGHT["cpu.weight"])
        (folder / "pids.max").write_text(str(limits.processes))

    def _check(self) -> None:
        """In namespaces of its own an agent sees other groups and agents than the daemon under the same names."""
        inside = any(_number_of(self._namespaces / name) not in (0, host) for name, host in _HOSTS.items())
        if inside:
            raise Unlimited("the periphery runs in a container, which hides the host's control groups from it")
        if not self.unified and not all((self._root / controller).is_dir() for controller in _V1):
            raise Unlimited(f"this host has no control groups for memory, cpu and pids below {self._root}")

    def _folders(self, path: str) -> list[Path]:
        roots = (self._root,) if self.unified else tuple(self._root / controller for controller in _V1)
        return [folder for root in roots if (folder := root / path.strip("/")).is_dir()]

    def _everywhere(self, path: str) -> list[Path]:
        """In hierarchies the runtime made it in, too."""
        try:
            tops = [self._root, *(top for top in self._root.iterdir() if top.is_dir())]
        except OSError:
            return []
        return [folder for top in tops if (folder := top / path.strip("/")).is_dir()]


def _quota(limits: Limits) -> int:
    return max(int(limits.cpus * _PERIOD), 1000)


def _lines(file: Path) -> Iterable[str]:
    try:
        return file.read_text().splitlines()
    except OSError:
        return ()


def _number_of(namespace: Path) -> int:
    """0 where this kernel has none."""
    try:
        return namespace.stat().st_ino
    except OSError:
        return 0


def _number(file: Path) -> int:
    """0 where it holds none, or `max`."""
    text = "".join(_lines(file))
    return int(text) if text.isdecimal() else 0


def _event(file: Path, name: str) -> int:
    return sum(int(line.split()[1]) for line in _lines(file) if line.startswith(f"{name} "))


def _try(file: Path, text: str) -> None:
    """Not every kernel has each of them."""
    if file.exists():
        with contextlib.suppress(OSError):
            file.write_text(text)


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()


def _deepest_first(folder: Path) -> Iterable[Path]:
    """It and all below. The runtime removes the groups of containers meanwhile: what went is passed over."""
    return (Path(found) for found, _, _ in os.walk(folder, topdown=False))
