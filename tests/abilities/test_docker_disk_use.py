"""What Docker takes of the disk: asked of the daemon once for all who want it, rarely by itself, summed as it sums."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.docker.disk_use import DiskUse, Taken, taken
from monitor.abilities.docker.engine import Engine
from monitor.abilities.stats.docker_use import DockerCount
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import HostError, Unavailable
from monitor.testing.clock import ManualClock
from tests.abilities.memory import SOCKET

TOLD: dict[str, Any] = {
    "LayersSize": 5000,
    "Containers": [{"SizeRw": 30}, {"Id": "one that wrote nothing"}],
    "Volumes": [
        {"Name": "a", "UsageData": {"Size": 200}},
        {"Name": "of a plugin", "UsageData": {"Size": -1}},
        {"Name": "b", "UsageData": None},
    ],
    "BuildCache": [{"Size": 70}, {"Size": 4000, "Shared": True}, {"Size": 7}],
}


class Daemon:
    """Answers when it is let, and notes what it was asked."""

    def __init__(self, clock: ManualClock, api: tuple[int, ...] = (1, 41), seconds: float = 0) -> None:
        self.clock, self.version, self.seconds = clock, api, seconds
        self.asked: list[dict[str, str]] = []
        self.let_go = 0
        self.failure: Exception | None = None
        self.disk_use = DiskUse(self, clock)  # type: ignore[arg-type]

    async def api(self) -> tuple[int, ...]:
        return self.version

    async def ask(self, method: str, path: str, query: dict[str, str], *, limit: float) -> dict[str, Any]:
        assert (method, path) == ("GET", "/system/df")
        self.asked.append(query)
        try:
            await self.clock.sleep(self.seconds)
        except asyncio.CancelledError:
            self.let_go += 1
            raise
        if self.failure:
            raise self.failure
        return TOLD

    async def info(self) -> dict[str, Any]:
        return {"DockerRootDir": "/var/lib/docker"}


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


async def test_an_old_daemon_is_asked_once_for_all_who_ask(clock: ManualClock) -> None:
    daemon = Daemon(clock, seconds=30)
    kinds = ("volume", "build-cache", "")
    asking = [asyncio.create_task(daemon.disk_use.count(kind, limit=45)) for kind in kinds]
    await clock.advance(31)
    assert [await task for task in asking] == [TOLD] * 3
    assert daemon.asked == [{}]
    again = asyncio.create_task(daemon.disk_use.count("volume", limit=45))
    await clock.advance(31)
    assert await again == TOLD
    assert daemon.asked == [{}, {}]
    assert not daemon.disk_use.counting, "an answer can be large: it is not kept"


async def test_a_newer_one_counts_what_is_asked_for(clock: ManualClock) -> None:
    daemon = Daemon(clock, api=(1, 43))
    for kind in ("volume", "build-cache", ""):
        await daemon.disk_use.count(kind, limit=45)
    assert daemon.asked == [{"type": "volume"}, {"type": "build-cache"}, {}]


async def test_who_waits_longer_gets_it_though_another_gave_up(clock: ManualClock) -> None:
    daemon = Daemon(clock, seconds=100)
    short = asyncio.create_task(daemon.disk_use.count("volume", limit=45))
    long = asyncio.create_task(daemon.disk_use.count(limit=600))
    await clock.advance(50)
    with pytest.raises(Unavailable, match="within 45 s"):
        await short
    assert daemon.let_go == 0
    await clock.advance(51)
    assert await long == TOLD


async def test_a_daemon_nobody_waits_for_is_let_go(clock: ManualClock) -> None:
    daemon = Daemon(clock, seconds=100)
    asking = asyncio.create_task(daemon.disk_use.count(limit=45))
    await clock.advance(46)
    with pytest.raises(Unavailable):
        await asking
    await clock.advance(0)
    assert daemon.let_go == 1


def test_it_is_summed_as_docker_sums() -> None:
    assert taken(TOLD) == Taken(images=5000, containers=30, volumes=200, build_cache=77)
    assert taken({"Volumes": None, "BuildCache": None}) == Taken()


async def test_it_is_counted_rarely_and_the_last_count_stays(clock: ManualClock, tmp_path: Path) -> None:
    (tmp_path / "mounts").write_text("/dev/a / ext4 rw 0 0\n/dev/b /var/lib ext4 rw 0 0\n")
    daemon = Daemon(clock)
    count = DockerCount(daemon, tmp_path)  # type: ignore[arg-type]
    following = asyncio.create_task(count.follow(clock))
    await clock.advance(50)
    assert (count.now(), daemon.asked) == (None, [])
    await clock.advance(20)
    counted = count.now()
    assert counted is not None
    assert (counted.images, counted.build_cache, counted.mount) == (5000, 77, "/var/lib")
    daemon.failure = HostError("a disk usage operation is already running")
    await clock.advance(3600)
    assert len(daemon.asked) == 2
    assert count.now() == counted
    daemon.failure, daemon.seconds = None, 120
    await clock.advance(3600 + 121)
    assert len(daemon.asked) == 3
    await clock.advance(100 * 120 - 200)
    assert len(daemon.asked) == 3, "a host on which it takes long is asked less often"
    await clock.advance(300)
    assert len(daemon.asked) == 4
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


@pytest.mark.real
@pytest.mark.usefixtures("test_image")
async def test_the_real_daemon_tells_what_it_takes() -> None:
    told = taken(await Engine(SOCKET, SystemClock()).disk_use.count(limit=60))
    assert told.images > 0
    assert min(told) >= 0
