"""Usage of this host, against what the kernel says, and which file systems and devices are left out."""

import asyncio
import os
import subprocess
import threading
from contextlib import aclosing
from pathlib import Path
from typing import Any, cast

import pytest

from monitor.abilities.stats import mounts
from monitor.abilities.stats.calls import LiveStats
from monitor.abilities.stats.mounts import DiskUsage, Mount, holding, real_mounts
from monitor.abilities.stats.run import live
from monitor.abilities.stats.sampler import Sampler
from monitor.kernel.clock import SystemClock
from monitor.testing.clock import ManualClock
from tests.abilities.memory import MemoryAgent

TABLE = """\
proc /proc proc rw 0 0
/dev/vda1 / ext4 rw 0 0
/dev/vda1 /var/lib/docker/volumes/x ext4 rw 0 0
overlay /var/lib/docker/overlay2/1/merged overlay rw 0 0
tmpfs /run tmpfs rw 0 0
/dev/loop3 /snap/core/1 squashfs ro 0 0
/dev/loop4 /mnt/image ext4 ro 0 0
/dev/sdb1 /mnt/with\\040blank xfs rw 0 0
pool/data /data zfs rw 0 0
nas:/export /mnt/nas nfs4 rw 0 0
nsfs /run/docker/netns/1 nsfs rw 0 0
garbage
"""


def test_the_mounts_that_count() -> None:
    lines = ("/dev/a / ext4", "/dev/b /var/lib xfs", "/dev/b /mnt xfs", "overlay /var/lib/docker2 overlay")
    table = "".join(f"{line} rw 0 0\n" for line in lines)
    folders = ("/var/lib/docker", "/var/library", "/var/lib/docker2/x", "/")
    assert [holding(table, folder) for folder in folders] == ["/mnt", "/", "", "/"]
    assert holding(table + "/dev/c /var/lib/docker ext4 rw 0 0\n", "/var/lib/docker") == "/var/lib/docker"
    assert holding("", "/var/lib/docker") == ""
    assert real_mounts(TABLE) == (
        Mount("/dev/vda1", "/"),
        Mount("pool/data", "/data"),
        Mount("nas:/export", "/mnt/nas"),
        Mount("/dev/sdb1", "/mnt/with blank"),
    )


async def test_a_dead_file_system_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mounts"
    table.write_text("nas:/a /alive nfs rw 0 0\nnas:/d /dead nfs rw 0 0\n")
    (tmp_path / "alive").mkdir()
    (tmp_path / "dead").mkdir()
    released, asked, real = threading.Event(), list[str](), os.statvfs

    def statvfs(path: Any) -> os.statvfs_result:
        asked.append(Path(path).name)
        if Path(path).name == "dead":
            released.wait(20)
        return real(path)

    monkeypatch.setattr(mounts.os, "statvfs", statvfs)
    monkeypatch.setattr(mounts, "WAIT", 2.0)
    usage = DiskUsage(SystemClock(), table, tmp_path)
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert [disk.mount for disk in await usage.measure()] == ["/alive"]
    assert loop.time() - began < 10
    # The dead one is asked once, and not waited for again.
    began = loop.time()
    assert [disk.mount for disk in await usage.measure()] == ["/alive"]
    assert loop.time() - began < 1.5
    assert asked.count("dead") == 1
    released.set()
    while len(await usage.measure()) < 2:
        await asyncio.sleep(0.01)
    table.write_text("nas:/a /alive nfs rw 0 0\n")
    assert [disk.mount for disk in await usage.measure()] == ["/alive"]
    table.write_text("nas:/a /alive nfs rw 0 0\nnas:/d /dead nfs rw 0 0\n")
    released.clear()
    assert [disk.mount for disk in await usage.measure()] == ["/alive"], "what it was before it went is forgotten"
    released.set()


async def test_full_is_when_programs_find_it_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mounts"
    table.write_text("/dev/sda1 / ext4 rw 0 0\n")
    kept_for_root = os.statvfs_result((4096, 4096, 1000, 50, 0, 100, 40, 40, 0, 255))
    monkeypatch.setattr(mounts.os, "statvfs", lambda path: kept_for_root)
    (disk,) = await DiskUsage(SystemClock(), table, tmp_path).measure()
    assert (disk.used, disk.total) == (950 * 4096, 950 * 4096)
    assert (disk.inodes_used, disk.inodes) == (60, 100)


async def test_this_host() -> None:
    sampler = Sampler(SystemClock())
    await asyncio.sleep(0.6)
    stats = await sampler.sample()
    assert len(stats.cores) == os.cpu_count()
    assert all(0 <= core <= 100 for core in (stats.cpu, *stats.cores))
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert stats.memory_total == pages
    assert 0 < stats.memory_used < stats.memory_used + stats.memory_cache <= pages
    root = next(disk for disk in stats.disks if disk.mount == "/")
    real = os.statvfs("/")
    assert root.total - root.used == pytest.approx(real.f_bavail * real.f_frsize, abs=1 << 30)
    assert 0 < root.used <= root.total <= real.f_blocks * real.f_frsize
    df = subprocess.run(["df", "--output=pcent", "/"], check=True, capture_output=True, text=True).stdout
    assert 100 * root.used / root.total == pytest.approx(int(df.split()[1].rstrip("%")), abs=2)
    assert len({disk.device for disk in stats.disks}) == len(stats.disks)
    assert not any(item.name == "lo" or item.name.startswith(("veth", "loop")) for item in stats.interfaces)
    assert stats.uptime == pytest.approx(float(Path("/proc/uptime").read_text().split()[0]), abs=5)
    assert stats.load[0] >= 0


async def test_work_shows() -> None:
    sampler = Sampler(SystemClock())
    await asyncio.sleep(0.6)
    await sampler.sample()
    end = asyncio.get_running_loop().time() + 0.7
    while asyncio.get_running_loop().time() < end:
        pass
    assert max((await sampler.sample()).cores) > 30


async def test_all_who_ask_at_once_share_a_sample() -> None:
    clock = ManualClock()
    sampler = Sampler(clock)
    first = await sampler.sample()
    assert await sampler.sample() is first
    await clock.advance(0.6)
    second, third = await asyncio.gather(sampler.sample(), sampler.sample())
    assert second is third is not first


async def test_live_samples_come_by_the_clock() -> None:
    clock = ManualClock()
    samples = cast("Any", live(MemoryAgent(clock=clock), LiveStats(every=1.0)))
    async with aclosing(samples):
        first = await anext(samples)
        waiting = asyncio.ensure_future(anext(samples))
        await clock.advance(0.9)
        assert not waiting.done()
        await clock.advance(0.2)
        assert ((await waiting).at - first.at).total_seconds() == pytest.approx(1.0)
