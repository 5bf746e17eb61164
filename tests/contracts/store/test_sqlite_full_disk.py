"""A full or failing disk: what is not written is said to be, the rest stands, and work goes on once there is room."""

import asyncio
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import Unavailable
from monitor.store.contract import Entry, Put, Record
from monitor.store.sqlite import SqliteStore

NOW = SystemClock().now()


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """No file of this process grows beyond `size`: writes fail as they do on a broken disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def large(id: str, size: int) -> Put:
    return Put("activity", id, 1, b'"' + b"x" * size + b'"')


async def test_a_commit_the_disk_does_not_take_is_not_applied(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path, (), SystemClock())
    await store.open()
    assert await store.commit([large("before", 10)], entry=Entry("before", NOW)) == 1
    with files_end_at(200_000):
        with pytest.raises(Unavailable, match=rf"the store cannot write: disk I/O error \({tmp_path}\)"):
            await store.commit([large("A", 10), large("B", 1_000_000)], entry=Entry("large", NOW))
        assert await store.get("activity", "A") is None
        with pytest.raises(Unavailable):
            await store.append("log", [Record(1, b"x" * 1_000_000)])
        assert await store.commit([large("small", 10)], entry=Entry("small", NOW)) == 2
    assert await store.commit([large("B", 1_000_000)], entry=Entry("after", NOW)) == 3
    await store.append("log", [Record(1, b"x" * 1_000_000)])
    assert [doc.id for doc in await store.all("activity")] == ["B", "before", "small"]
    assert [one.entry.event for one in await store.journal()] == ["before", "small", "after"]
    await store.close()


async def test_one_commit_too_large_fails_alone(tmp_path: Path) -> None:
    """They share a transaction; the others are written all the same, in order and without a gap."""
    store = SqliteStore(tmp_path, (), SystemClock())
    await store.open()
    sizes = [5_000_000 if number == 25 else 10 for number in range(50)]
    with files_end_at(3_000_000):
        commits = [store.commit([large(f"{n:02}", size)], entry=Entry(f"{n:02}", NOW)) for n, size in enumerate(sizes)]
        outcomes = await asyncio.gather(*commits, return_exceptions=True)
    assert [number for number, outcome in enumerate(outcomes) if isinstance(outcome, Unavailable)] == [25]
    assert [outcome for outcome in outcomes if isinstance(outcome, int)] == list(range(1, 50))
    written = [one.entry.event for one in await store.journal()]
    assert written == [f"{n:02}" for n in range(50) if n != 25] == [doc.id for doc in await store.all("activity")]
    await store.close()


ON_A_SMALL_DISK = """
import asyncio, pathlib, subprocess, sys
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import Unavailable
from monitor.store.contract import Entry, Put
from monitor.store.sqlite import SqliteStore

disk = pathlib.Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], check=True)
ballast = disk / "ballast"
ballast.write_bytes(bytes(2_000_000))
clock = SystemClock()
body = b"[" + b"1," * 10_000 + b"1]"

async def main():
    store = SqliteStore(disk / "store", (), clock)
    await store.open()
    written = 0
    try:
        while written < 1000:
            seq = await store.commit([Put("a", f"{written}", 1, body)], entry=Entry("put", clock.now()))
            written += 1
            assert seq == written
    except Unavailable as full:
        print(full.message, "|", full.hint)
    assert 10 < written < 1000, written
    assert len(await store.all("a")) == len(await store.journal()) == written
    ballast.unlink()
    assert await store.commit([Put("a", "more", 1, body)], entry=Entry("put", clock.now())) == written + 1
    await store.close()
    await store.open()
    assert len(await store.all("a")) == len(await store.journal()) == written + 1
    await store.close()

asyncio.run(main())
"""


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """In a mount namespace of its own, so that it needs no root and leaves nothing mounted."""
    assert shutil.which("unshare"), "unshare is missing; install util-linux"
    command = ["unshare", "--mount", "--map-root-user", sys.executable, "-c", ON_A_SMALL_DISK, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"the store cannot write: database or disk is full ({tmp_path}/store)")
    assert "free some space" in done.stdout
