"""The host's busiest processes: by what they used between two looks, and never with their arguments."""

import asyncio
import os
import sys
import time
from pathlib import Path

import pytest

from monitor.abilities.stats import processes
from monitor.abilities.stats.calls import MOST_TOP, ListHostProcesses, TopPrograms
from monitor.abilities.stats.processes import Seen, parsed
from monitor.abilities.stats.run import list_processes, top_programs
from monitor.abilities.stats.top import container_of, top
from tests.abilities.memory import MemoryAgent

STAT = "4242 (a (b) c) S 1 4242 4242 0 -1 4194560 1 2 3 4 150 50 7 8 20 0 3 0 5000 1000 256 18446744073709551615 1 1\n"


def test_a_name_may_hold_anything() -> None:
    assert parsed(STAT) == Seen(4242, "a (b) c", 1, 200, 5000, 256 * os.sysconf("SC_PAGE_SIZE"))
    assert parsed("") is None
    assert parsed("12 (short) S 1") is None
    assert parsed(STAT.replace(" 150 ", " x ")) is None


def test_the_busiest_come_first_and_a_later_life_of_a_pid_is_another_process(tmp_path: Path) -> None:
    def seen(pid: int, ticks: int, *, memory: int = 0, started: int = 100) -> Seen:
        return Seen(pid, f"p{pid}", 1, ticks, started, memory)

    before = {1: seen(1, 1000), 2: seen(2, 1000), 3: seen(3, 900)}
    now = {1: seen(1, 1010), 2: seen(2, 1050), 3: seen(3, 5, started=900), 4: seen(4, 5, memory=9)}
    told = processes.told(before, now, 1.0, tmp_path, 20.0)
    assert [(each.pid, each.cpu) for each in told] == [(2, 50.0), (1, 10.0), (4, 5.0), (3, 5.0)]
    assert [each.seconds for each in told] == [19, 19, 19, 11]


async def test_this_host_without_arguments() -> None:
    busy = await asyncio.create_subprocess_exec(sys.executable, "-c", "while True: pass  # s3cret-argument")
    try:
        told = await list_processes(MemoryAgent(), ListHostProcesses())  # type: ignore[arg-type]
    finally:
        busy.kill()
        await busy.wait()
    [mine] = [each for each in told if each.pid == busy.pid]
    assert mine.cpu is not None
    assert mine.cpu > 5
    assert mine.memory is not None
    assert mine.memory > 1_000_000
    assert not any("s3cret-argument" in each.command for each in told)
    assert len(told) <= processes.MOST


ID, OTHER = "ab" * 32, "cd" * 32


@pytest.mark.parametrize(
    ("told", "container"),
    [
        (f"12:memory:/docker/{ID}\n1:name=systemd:/docker/{ID}\n0::/system.slice/docker.service\n", ID),
        (f"0::/system.slice/docker-{ID}.scope\n", ID),
        (f"0::/../{ID}\n", ID),
        (f"0::/docker/{ID}/docker/{OTHER}\n", ID),
        ("0::/system.slice/docker.service\n", ""),
        ("0::/user.slice/session-1.scope\n", ""),
        (f"0::/docker/{ID}0\n", ""),
        ("", ""),
    ],
)
def test_which_container_a_process_is_in(told: str, container: str) -> None:
    assert container_of(told) == container


def test_those_of_a_container_and_those_alike_count_together(tmp_path: Path) -> None:
    def seen(pid: int, name: str, ticks: int, container: str = "") -> Seen:
        (tmp_path / str(pid)).mkdir()
        (tmp_path / str(pid) / "cgroup").write_text(f"0::/docker/{container}\n" if container else "0::/\n")
        return Seen(pid, name, 1, ticks, 100, ticks * 10)

    ones = [seen(1, "cc1", 60), seen(2, "cc1", 70), seen(3, "sh", 20, ID), seen(4, "db", 90, ID), seen(5, "idle", 0)]
    now = {one.pid: one for one in ones}
    by_cpu = top(now, lambda one: float(one.ticks), tmp_path, together=True)
    assert [(one.name, one.pid, one.container, one.processes, one.used, one.of_all) for one in by_cpu] == [
        ("cc1", 2, "", 2, 70, 130),
        ("db", 4, ID, 2, 90, 110),
    ]
    by_memory = top(now, lambda one: one.memory, tmp_path, together=False)
    assert [(one.name, one.of_all) for one in by_memory] == [("db", 900), ("cc1", 700)]


async def test_the_top_of_this_host_in_less_than_an_alert_waits() -> None:
    busy = await asyncio.create_subprocess_exec(sys.executable, "-c", "while True: pass  # s3cret-argument")
    began = time.monotonic()
    try:
        for by in ("cpu", "memory"):
            told = await top_programs(MemoryAgent(), TopPrograms(by=by))  # type: ignore[arg-type]
            assert 0 < len(told) <= MOST_TOP
            assert "s3cret-argument" not in str(told)
            assert [one.of_all for one in told] == sorted((one.of_all for one in told), reverse=True)
    finally:
        busy.kill()
        await busy.wait()
    assert time.monotonic() - began < 2 * 1.5
