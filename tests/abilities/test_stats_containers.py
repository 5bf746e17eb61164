"""What containers use, by the files of their control groups of both versions, and by the daemon's own stream."""

import asyncio
import uuid
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.docker.engine import Engine
from monitor.abilities.stats.calls import TopPrograms
from monitor.abilities.stats.cgroups import Cgroups, Counted
from monitor.abilities.stats.containers import Containers
from monitor.abilities.stats.recorder import Recorder
from monitor.abilities.stats.run import top_programs
from monitor.abilities.stats.sampler import Sampler
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import Unavailable
from monitor.testing.clock import ManualClock
from tests.abilities import hosts_recorded as recorded
from tests.abilities.memory import SOCKET, MemoryAgent

ID, OTHER = recorded.ID, recorded.OTHER
NET = "Inter-|\n face |\n lo: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0\n eth0: {0} 0 0 0 0 0 0 0 {1} 0 0 0 0 0 0 0\n"


class Daemon:
    """Answers the one question that is asked of it, and counts how often."""

    def __init__(self, *ids: str) -> None:
        self.ids = list(ids)
        self.asked = 0
        self.down = False

    async def ask(self, method: str, path: str) -> list[dict[str, Any]]:
        assert (method, path) == ("GET", "/containers/json")
        self.asked += 1
        if self.down:
            raise Unavailable("gone")
        labels = {"monitor.core": "c", "monitor.deployment": "d"}
        return [{"Id": id, "Names": ["/db/web", f"/web-{id[0]}"], "Labels": labels} for id in self.ids]


def rig(tmp_path: Path, daemon: Daemon) -> tuple[Containers, ManualClock]:
    clock = ManualClock()
    return Containers(daemon, clock, Cgroups(tmp_path / "sys", tmp_path / "proc")), clock  # type: ignore[arg-type]


def network(tmp_path: Path, received: int, sent: int) -> None:
    recorded.write(tmp_path / "proc", {"32631/net/dev": NET.format(received, sent)})


@pytest.mark.parametrize("version", [1, 2, 3])
def test_both_versions_are_read_alike(tmp_path: Path, version: int) -> None:
    if version == 1:
        recorded.first_version(tmp_path / "sys", ID, cpu=20_744_000)
    else:
        recorded.second_version(tmp_path / "sys", ID, scope=version == 2)
    network(tmp_path, 1000, 2000)
    cgroups = Cgroups(tmp_path / "sys", tmp_path / "proc")
    assert cgroups.find() == {ID}
    assert cgroups.read(ID) == Counted(20_744_000, 1048576 - 12288, 4196, 8192, 2, (1000, 2000))
    assert cgroups.read(OTHER) is None
    assert (cgroups.oom_kills(ID), cgroups.oom_kills(OTHER)) == (None, None), "a kernel that does not count them"
    told = (
        "low 0\nhigh 0\nmax 9\noom 4\noom_kill 3\n" if version > 1 else "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n"
    )
    [group] = [one.parent for one in (tmp_path / "sys").rglob("memory.stat") if ID in str(one)]
    (group / ("memory.events" if version > 1 else "memory.oom_control")).write_text(told)
    assert cgroups.oom_kills(ID) == 3


def test_traffic_of_the_hosts_own_network_is_not_the_containers(tmp_path: Path) -> None:
    recorded.first_version(tmp_path / "sys", ID)
    network(tmp_path, 1000, 2000)
    for pid in ("1", "32631"):
        (tmp_path / "proc" / pid / "ns").mkdir(parents=True, exist_ok=True)
        (tmp_path / "proc" / pid / "ns/net").symlink_to("net:[4026531840]")
    cgroups = Cgroups(tmp_path / "sys", tmp_path / "proc")
    cgroups.find()
    counted = cgroups.read(ID)
    assert counted is not None
    assert counted.network is None


def test_a_host_whose_groups_cannot_be_seen(tmp_path: Path) -> None:
    assert Cgroups(tmp_path, tmp_path).find() == frozenset()


async def test_rates_are_those_between_two_looks(tmp_path: Path) -> None:
    daemon = Daemon(ID)
    recorded.first_version(tmp_path / "sys", ID, cpu=1_000_000_000)
    network(tmp_path, 1000, 2000)
    containers, clock = rig(tmp_path, daemon)
    [first] = await containers.measure()
    assert (first.name, first.core, first.deployment) == ("web-4", "c", "d")
    assert (first.cpu, first.received, first.memory, first.pids) == (None, None, 1036288, 2)
    await clock.advance(10)
    recorded.first_version(tmp_path / "sys", ID, cpu=6_000_000_000)
    network(tmp_path, 11_000, 2000)
    [second] = await containers.measure()
    assert (second.cpu, second.received, second.sent, second.read) == (50.0, 1000.0, 0.0, 0.0)
    await clock.advance(10)
    recorded.first_version(tmp_path / "sys", ID, cpu=5)
    network(tmp_path, 0, 0)
    [third] = await containers.measure()
    assert (third.cpu, third.received) == (None, None), "it was started anew"
    assert daemon.asked == 1


async def test_names_are_asked_for_only_when_something_changed(tmp_path: Path) -> None:
    daemon = Daemon(ID)
    recorded.first_version(tmp_path / "sys", ID)
    containers, clock = rig(tmp_path, daemon)
    for _ in range(5):
        await containers.measure()
        await clock.advance(10)
    assert daemon.asked == 1
    recorded.first_version(tmp_path / "sys", OTHER)
    daemon.ids.append(OTHER)
    assert {each.name for each in await containers.measure()} == {"web-4", "web-8"}
    assert daemon.asked == 2
    daemon.down = True
    await clock.advance(400)
    assert len(await containers.measure()) == 2, "a daemon that is away does not stop the groups' counting"


async def test_the_recorder_keeps_a_grid_and_an_hour() -> None:
    clock = ManualClock()
    recorder = Recorder(clock, Sampler(clock), _Nothing())  # type: ignore[arg-type]
    told: list[int] = []
    recorder.listen(lambda: told.append(1))
    running = asyncio.ensure_future(recorder.run())
    while len(told) < 3:
        await clock.advance(1)
        await asyncio.sleep(0.005)
    kept = recorder.after("", 0)
    assert [sample.seq for sample in kept] == list(range(kept[0].seq, kept[0].seq + 3))
    assert all(sample.stats.at.timestamp() % 10 == 0 for sample in kept)
    assert recorder.after(recorder.boot, kept[1].seq) == kept[2:]
    assert recorder.after("another life", kept[2].seq) == kept
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


class _Nothing:
    async def measure(self) -> tuple[()]:
        return ()

    async def stop(self) -> None:
        return


@pytest.mark.real
async def test_a_real_container_by_its_groups_and_by_the_stream(tmp_path: Path, test_image: str) -> None:
    clock = SystemClock()
    docker = Engine(SOCKET, clock)
    name = f"monitor-test-metrics-{uuid.uuid4().hex[:8]}"
    made = await docker.create(
        name, {"Image": test_image, "Entrypoint": ["busybox", "sh", "-c", "while :; do :; done"]}
    )
    unseen = Containers(docker, clock, Cgroups(tmp_path, tmp_path))
    try:
        await docker.start(made.id)
        seen = Containers(docker, clock, Cgroups(Path("/sys"), Path("/proc")))
        await seen.measure()
        await unseen.measure()
        async with asyncio.timeout(20):  # the stream's second sample comes after one or two seconds
            by_stream = None
            while by_stream is None or by_stream.cpu is None:
                await asyncio.sleep(0.5)
                by_stream = next((each for each in await unseen.measure() if each.id == made.id), None)
        [by_files] = [each for each in await seen.measure() if each.id == made.id]
        for each in (by_files, by_stream):
            assert each.name == name
            assert each.cpu is not None
            assert each.cpu > 1
            assert 0 < each.memory < 100_000_000
            assert each.pids >= 1
        programs = await top_programs(MemoryAgent(docker, clock), TopPrograms(by="cpu"))  # type: ignore[arg-type]
        [mine] = [one for one in programs if one.container == made.id]
        assert mine.name == "busybox"
        assert mine.of_all > 1
    finally:
        await unseen.stop()
        await docker.remove(made.id, force=True)
