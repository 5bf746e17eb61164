"""Control groups of builds, on folders made like the kernel's in both versions of them."""

import os
from pathlib import Path

import pytest

from monitor.abilities.build.calls import Limits
from monitor.abilities.build.groups import Groups, Unlimited
from monitor.abilities.build.limits import Ceiling, HostSize
from monitor.abilities.build.lives import is_on, is_over, name_of
from monitor.abilities.build.room import OWN, SHARED, Builds
from monitor.kernel.clock import SystemClock

GB = 10**9
A = name_of("a")
LIMITS = Limits(memory=2 * GB, cpus=1.5, processes=100)
HOST = HostSize(memory=8 * GB, cores=4)
OLD, NEW = {"ApiVersion": "1.41"}, {"ApiVersion": "1.43"}
CGROUPFS, SYSTEMD = {"CgroupDriver": "cgroupfs"}, {"CgroupDriver": "systemd"}


class Kernel:
    """A folder like /sys/fs/cgroup, whose files take what is written; the namespace is the host's."""

    def __init__(self, folder: Path, *, unified: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = folder / "cgroup"
        self.root.mkdir()
        if unified:
            (self.root / "cgroup.controllers").write_text("cpu memory pids\n")
        else:
            for controller in ("memory", "cpu", "pids", "freezer"):
                (self.root / controller).mkdir()
        # Where files are, `rmdir` fails: in the kernel's own folders they do not count.
        monkeypatch.setattr("monitor.abilities.build.groups._remove", _remove_with_files)
        self.groups = Groups(self.root, folder / "no-namespace")

    def read(self, path: str) -> str:
        return (self.root / path).read_text()


def _remove_with_files(folder: Path) -> None:
    for file in folder.iterdir():
        if file.is_file():
            file.unlink()
    folder.rmdir()


def builds(kernel: Kernel, ceiling: Ceiling | None = None, agent: str = "") -> Builds:
    def allow(*_: object) -> None: ...

    return Builds(ceiling or Ceiling(), allow, allow, SystemClock(), agent=agent or A, groups=kernel.groups)


@pytest.fixture
def v1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kernel:
    return Kernel(tmp_path, unified=False, monkeypatch=monkeypatch)


@pytest.fixture
def v2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kernel:
    return Kernel(tmp_path, unified=True, monkeypatch=monkeypatch)


def test_version_1(v1: Kernel) -> None:
    v1.groups.limit("/a/b", LIMITS)
    assert v1.read("memory/a/b/memory.limit_in_bytes") == "2000000000"
    assert (v1.read("cpu/a/b/cpu.cfs_period_us"), v1.read("cpu/a/b/cpu.cfs_quota_us")) == ("100000", "150000")
    assert v1.read("pids/a/b/pids.max") == "100"
    assert v1.groups.limits_of("/a/b") == LIMITS


def test_version_2_hands_the_controllers_down(v2: Kernel) -> None:
    v2.groups.limit("/a/b", LIMITS)
    assert [v2.read(f"{place}cgroup.subtree_control") for place in ("", "a/")] == ["+memory +cpu +pids"] * 2
    assert v2.read("a/b/memory.max") == "2000000000"
    assert v2.read("a/b/cpu.max") == "150000 100000"
    assert v2.read("a/b/pids.max") == "100"
    assert v2.groups.limits_of("/a/b") == LIMITS


def test_which_limit_was_reached(v2: Kernel) -> None:
    (v2.root / "a").mkdir()
    (v2.root / "a/memory.events").write_text("low 0\nmax 12\noom_kill 0\n")
    (v2.root / "a/pids.events").write_text("max 3\n")
    assert v2.groups.reached("/a") == {"processes"}
    (v2.root / "a/memory.events").write_text("low 0\nmax 12\noom_kill 1\n")
    assert v2.groups.reached("/a") == {"memory", "processes"}


def test_an_agent_in_a_container_says_that_it_cannot(tmp_path: Path, v1: Kernel) -> None:
    for kind in ("cgroup", "pid"):
        folder = tmp_path / f"other-{kind}"
        folder.mkdir()
        (folder / kind).touch()
        with pytest.raises(Unlimited, match="runs in a container"):
            Groups(v1.root, folder).limit("/a", LIMITS)


def test_a_host_without_control_groups_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unlimited, match="no control groups"):
        Groups(tmp_path, tmp_path / "none").limit("/a", LIMITS)


async def test_an_old_engines_builds_share_a_group_that_grows_with_them_up_to_the_ceiling(v1: Kernel) -> None:
    here, there = builds(v1, Ceiling(memory=3 * GB)), builds(v1, Ceiling(memory=3 * GB), agent=name_of("b"))
    limit = f"memory{SHARED}/memory.limit_in_bytes"
    async with here.buildkit("one", LIMITS, HOST, OLD, CGROUPFS) as held:
        assert (held.parent, held.groups, held.warnings) == ("", (SHARED,), ())
        assert v1.read(limit) == str(2 * GB)
        async with there.buildkit("two", LIMITS, HOST, OLD, CGROUPFS):
            assert v1.read(limit) == str(3 * GB)
        assert v1.read(limit) == str(2 * GB)
    assert v1.read(limit) == "-1"
    assert v1.groups.below(f"{OWN}/{A}") == frozenset()


async def test_a_new_engine_is_told_the_builds_own_group(v2: Kernel) -> None:
    async with builds(v2).buildkit("one", LIMITS, HOST, NEW, SYSTEMD) as held:
        assert (held.parent, held.groups, held.warnings) == (f"{OWN}/{A}/one", (f"{OWN}/{A}/one",), ())
    async with builds(v2).buildkit("one", LIMITS, HOST, NEW, CGROUPFS) as held:
        assert held.groups == (f"{OWN}/{A}/one", SHARED)


async def test_what_cannot_be_limited_is_said(v2: Kernel, tmp_path: Path) -> None:
    async with builds(v2).buildkit("one", LIMITS, HOST, OLD, SYSTEMD) as held:
        assert (held.parent, held.groups) == ("", ())
        assert "which Monitor cannot limit" in held.warnings[0]
    async with builds(v2).classic("one", LIMITS, SYSTEMD) as held:
        assert (held.parent, len(held.warnings)) == ("", 1)
    v2.groups = Groups(tmp_path / "nothing", tmp_path / "none")
    async with builds(v2).classic("one", LIMITS, CGROUPFS) as held:
        assert "no control groups" in held.warnings[0]


async def test_what_an_agent_that_is_no_more_left_goes_with_the_next_build_and_counts_for_nothing(v1: Kernel) -> None:
    over, strange = "b-1-1", "not-a-life"
    for agent in (over, strange, name_of("c")):
        v1.groups.limit(f"{OWN}/{agent}/one", LIMITS)
    limit = f"memory{SHARED}/memory.limit_in_bytes"
    async with builds(v1).buildkit("new", LIMITS, HOST, OLD, CGROUPFS):
        assert v1.read(limit) == str(4 * GB)
    assert v1.read(limit) == str(2 * GB)
    assert v1.groups.below(OWN) == {strange, name_of("c")}


def test_what_the_runtime_removes_meanwhile_is_passed_over(v1: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    for container in ("a", "b", "c"):
        (v1.root / "memory/x" / container).mkdir(parents=True)
    scandir, gone = os.scandir, list[str]()

    def removing(folder: str | Path):
        if Path(folder).parent.name == "x" and str(folder) not in gone:
            gone.append(str(folder))
            Path(folder).rmdir()
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", removing)
    v1.groups.kill("/x")
    assert len(gone) == 3
    assert v1.groups.drop("/x")


def test_a_life_is_over_with_its_process(tmp_path: Path) -> None:
    assert is_on(A)
    assert not is_over(A)
    assert is_over("a-1-1")
    assert is_over(A, tmp_path)
    assert not is_on("a")
    assert not is_over("a")
