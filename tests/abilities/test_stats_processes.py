"""The host's busiest processes: by what they used between two looks, and never with their arguments."""

import asyncio
import os
import sys
import time
from contextlib import aclosing
from pathlib import Path
from typing import Any, cast

import pytest

from monitor.abilities.stats import processes
from monitor.abilities.stats.calls import MOST_TOP, FollowProcesses, ListHostProcesses, TopPrograms
from monitor.abilities.stats.processes import Seen, parsed
from monitor.abilities.stats.run import follow_processes, list_processes, top_programs
from monitor.abilities.stats.shares import share_of, shares_of
from monitor.abilities.stats.top import by_cpu, by_memory, container_of, programs_of, to_weigh
from monitor.testing.clock import ManualClock
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


async def test_who_goes_on_looking_is_told_of_the_time_between_two_looks(tmp_path: Path) -> None:
    def write(ticks: int) -> None:
        (tmp_path / "4242/stat").write_text(STAT.replace(" 150 50 ", f" {ticks} 0 "))

    (tmp_path / "4242").mkdir()
    (tmp_path / "uptime").write_text("100.0 50.0\n")
    write(100)
    clock = ManualClock()
    agent = MemoryAgent(clock=clock)
    agent.stats.proc = tmp_path
    busy: list[float | None] = []
    async with aclosing(cast("Any", follow_processes(agent, FollowProcesses()))) as told:  # type: ignore[arg-type]
        for used, seconds in ((150, 1), (150, 2), (350, 2)):
            waiting = asyncio.ensure_future(anext(told))
            while not clock.sleeping:  # a thread looks
                await asyncio.sleep(0.005)
            write(used)
            await clock.advance(seconds)
            busy += [each.cpu for each in (await waiting).processes]
    assert busy == [50.0, 0.0, 100.0]


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

    def ticks(one: Seen) -> float:
        return one.ticks

    told = by_cpu(programs_of(now, ticks, tmp_path), ticks, tmp_path)
    assert [(one.name, one.pid, one.container, one.processes, one.used, one.of_all) for one in told] == [
        ("cc1", 2, "", 2, 70, 130),
        ("db", 4, ID, 2, 90, 110),
    ]
    programs = programs_of(now, lambda one: one.memory, tmp_path)
    told = by_memory(programs, {}, tmp_path)
    assert [(one.name, one.of_all) for one in told] == [("db", 900), ("cc1", 700)], "no share is known"
    assert [one.pid for one in to_weigh(programs)] == [4, 2, 3, 1], "the largest of each first"


def test_shared_memory_counts_once(tmp_path: Path) -> None:
    """Ten servers of a database, with 4000 resident each that they share, beside a program with 1000 of its own."""
    ones = {pid: Seen(pid, "postgres", 1, 0, 0, 4000 + pid) for pid in range(1, 11)} | {
        99: Seen(99, "java", 1, 0, 0, 1000)
    }
    programs = programs_of(ones, lambda one: one.memory, tmp_path)
    asked = list(to_weigh(programs))
    assert [one.pid for one in asked] == [10, 99, 9, 8, 7, 6, 5, 4, 3]
    shares = {one.pid: 400 if one.name == "postgres" else 990 for one in asked} | {3: 500}
    postgres, java = by_memory(programs, shares, tmp_path)
    assert (postgres.name, postgres.pid, postgres.processes, postgres.used) == ("postgres", 3, 10, 500)
    rest = sum(ones[pid].memory for pid in (1, 2)) * 500 / ones[3].memory
    assert postgres.of_all == round(7 * 400 + 500 + rest, 1)
    assert (java.used, java.of_all) == (990, 990)
    weighed_late = by_memory(programs, {99: 990}, tmp_path)
    assert [(one.name, one.of_all) for one in weighed_late] == [("postgres", 4010), ("java", 990)]


def test_what_the_kernel_says_of_a_share(tmp_path: Path) -> None:
    (tmp_path / "7").mkdir()
    (tmp_path / "7/smaps_rollup").write_text(
        "5600-7ffd ---p 0 0 [rollup]\nRss:  99 kB\nPss:  40 kB\nPss_Anon:  30 kB\n"
    )
    (tmp_path / "8").mkdir()
    (tmp_path / "8/smaps_rollup").write_text("")
    assert (share_of(tmp_path, 7), share_of(tmp_path, 8), share_of(tmp_path, 9)) == (40 * 1024, None, None)
    seen = [Seen(pid, "a", 1, 0, 0, memory) for pid, memory in ((7, 1), (8, 1), (9, 1), (7, 2**40))]
    assert shares_of(tmp_path, seen) == {7: 40 * 1024}


async def test_processes_that_share_on_this_host() -> None:
    """Three that have 64 MiB together."""
    script = """
import mmap, os, sys
shared = mmap.mmap(-1, 64 * 2**20)
shared.write(b"x" * len(shared))
for _ in range(2):
    if os.fork() == 0:
        break
sum(shared[at] for at in range(0, len(shared), 4096))
os.write(1, b"%d\\n" % os.getpid())
sys.stdin.read()
"""
    pipe = asyncio.subprocess.PIPE
    running = await asyncio.create_subprocess_exec(sys.executable, "-c", script, stdin=pipe, stdout=pipe)
    try:
        assert running.stdout is not None
        pids = [int(await asyncio.wait_for(running.stdout.readline(), 30)) for _ in range(3)]
        shares = [share_of(Path("/proc"), pid) or 0 for pid in pids]
        assert 64 * 2**20 <= sum(shares) < 128 * 2**20, shares
        assert all(share < 48 * 2**20 for share in shares), shares
    finally:
        assert running.stdin is not None
        running.stdin.close()
        await running.wait()


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
