"""The host's busiest processes: by what they used between two looks, and never with their arguments."""

import asyncio
import os
import sys
from pathlib import Path

from monitor.abilities.stats import processes
from monitor.abilities.stats.calls import ListHostProcesses
from monitor.abilities.stats.processes import Seen, parsed
from monitor.abilities.stats.run import list_processes
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
