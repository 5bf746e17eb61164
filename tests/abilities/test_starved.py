"""Who was killed for want of memory: from events in any order, or none, and the kernel's count."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Set
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from monitor.abilities.container.memory import KernelCount, ran_out
from monitor.abilities.docker.described import Described, RunState
from monitor.abilities.docker.engine import Engine
from monitor.abilities.stats.cgroups import Cgroups
from monitor.abilities.stats.oom_kills import oom_kills
from monitor.abilities.watch.calls import ContainerChanged, Containers, Watch, WatchEvent
from monitor.abilities.watch.kills import Kills, boot_of
from monitor.abilities.watch.run import watch
from monitor.abilities.watch.starved import Starved
from monitor.kernel.clock import SystemClock
from monitor.kernel.hostview import Container
from monitor.testing.clock import ManualClock
from tests.abilities.fake_docker import FakeDocker, answer, chunked, fake_docker
from tests.abilities.memory import MemoryAgent
from tests.abilities.world import World, docker

HUNGRY = ["busybox", "sh", "-c", "busybox sleep 0.3; exec busybox dd if=/dev/zero of=/dev/null bs=200M count=9"]
"""Is killed where it may have 8 MiB."""


BEGAN = datetime.fromtimestamp(1_800_000_000, UTC)


class Groups(dict[str, int]):
    """What each container's group that is to be seen has counted."""

    def find(self) -> Set[str]:
        return self.keys()

    def oom_kills(self, id: str) -> int | None:
        return self.get(id)


class Kernel:
    """Its count, those of groups, and the daemon's events."""

    def __init__(self, path: Path) -> None:
        self.kills: int | None = 7
        self.groups = Groups()
        self.path = path / "kills.json"
        self.watch()

    def watch(self, second: float = 0, boot: str = "boot") -> None:
        """An agent that is started, and watches."""
        self.starved = Starved(lambda: self.kills, self.groups, Kills(self.path, boot))
        self.starved.begin(BEGAN + timedelta(seconds=second))

    def turn(self, second: float) -> None:
        self.starved.turn(BEGAN + timedelta(seconds=second))

    def kill(self, *, group: str = "") -> None:
        assert self.kills is not None
        self.kills += 1
        if group:
            self.groups[group] = self.groups.get(group, 0) + 1

    def say(self, second: float, action: str, id: str = "a", **attributes: str) -> None:
        self.starved.heed(self.event(second, action, id, **attributes))

    def event(self, second: float, action: str, id: str, **attributes: str) -> dict[str, Any]:
        at = int((1_800_000_000 + second) * 1e9)
        return {"Action": action, "Actor": {"ID": id, "Attributes": attributes}, "timeNano": at}

    def die(self, second: float, id: str = "a", code: str = "137") -> None:
        self.say(second, "die", id, exitCode=code)

    def recall(self, second: float, action: str, id: str = "a", **attributes: str) -> None:
        """Docker says it to an agent that was away."""
        self.starved.recall(self.event(second, action, id, **attributes))

    def at(self, id: str = "a") -> float | None:
        at = self.starved.at(id)
        return None if at is None else at.timestamp() - 1_800_000_000


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    return Kernel(tmp_path)


def test_docker_says_so_before_or_after_the_end(kernel: Kernel) -> None:
    kernel.kill()
    kernel.say(1, "oom")
    kernel.die(1.1)
    assert kernel.at() == 1
    kernel.kill()
    kernel.die(9)
    kernel.say(9.5, "oom")
    assert kernel.at() == 9, "both are signs of one kill"
    kernel.say(10, "destroy")
    assert kernel.at() is None


def test_docker_says_nothing_of_it(kernel: Kernel) -> None:
    kernel.kill()
    kernel.turn(0.5)
    kernel.die(1, "b", "1")
    kernel.die(1)
    kernel.die(2, "c")
    assert (kernel.at("b"), kernel.at(), kernel.at("c")) == (None, 1, None), "one kill, one container"


def test_each_kill_accounts_for_one_container(kernel: Kernel) -> None:
    kernel.kill()
    kernel.kill()
    kernel.say(1, "oom", "b")
    kernel.die(1, "b")
    kernel.die(1.5)
    assert (kernel.at("b"), kernel.at()) == (1, 1.5)


def test_somebody_else_ended_it(kernel: Kernel) -> None:
    kernel.die(1)
    assert kernel.at() is None, "the kernel killed nothing"
    kernel.kill()
    kernel.say(2, "kill", signal="15")
    kernel.say(2, "kill", signal="9")
    kernel.die(2)
    assert kernel.at() is None, "Docker was asked to"
    kernel.turn(4)
    kernel.turn(8)
    kernel.die(9)
    assert kernel.at() is None, "that kill was of no container"


def test_what_docker_recalls_does_not_hide_a_later_kill(kernel: Kernel) -> None:
    kernel.kill()
    kernel.say(1, "oom")
    kernel.die(1.1)
    kernel.kill()
    kernel.die(31)
    assert kernel.at() == 31, "of this one Docker said nothing"
    kernel.say(1, "oom")
    assert kernel.at() == 31


def test_an_agent_that_is_started_anew_knows_of_it(kernel: Kernel) -> None:
    kernel.kill()
    kernel.die(1)
    kernel.say(2, "oom", "b")
    kernel.watch(100_000)
    assert (kernel.at(), kernel.at("b")) == (1, 2), "however long it was away"
    kernel.starved.there_are({"a"})
    assert kernel.at("b") is None, "it went while nobody listened"
    kernel.say(100_003, "destroy")
    kernel.turn(100_004)
    kernel.watch(100_005)
    assert (kernel.at(), kernel.at("b")) == (None, None)


def test_a_kill_while_no_agent_was_there(kernel: Kernel) -> None:
    kernel.kill()
    kernel.recall(-10, "die", exitCode="137")
    assert kernel.at() is None, "nobody had counted before that"
    kernel.turn(1)
    kernel.turn(2)
    kernel.die(3, "b")
    kernel.kill()
    kernel.watch(10)
    kernel.recall(3, "die", "b", exitCode="137")
    kernel.recall(5, "kill", "c", signal="9")
    kernel.recall(5, "die", "c", exitCode="137")
    kernel.recall(6, "die", "d", exitCode="137")
    kernel.recall(7, "die", "e", exitCode="137")
    found = {id: kernel.at(id) for id in "bcde"}
    assert found == {"b": None, "c": None, "d": 6, "e": None}, "one was looked into, one asked for, one kill was one"


@pytest.mark.parametrize(("away", "boot"), [(301, "boot"), (10, "another")])
def test_a_kill_of_long_ago_or_before_a_boot_is_none_of_now(kernel: Kernel, away: float, boot: str) -> None:
    kernel.kill()
    kernel.watch(away, boot)
    kernel.recall(away - 5, "die", exitCode="137")
    kernel.die(away + 1, "b")
    assert (kernel.at(), kernel.at("b")) == (None, None)


def test_a_worker_that_was_killed_while_no_agent_was_there_is_not_killed_now(kernel: Kernel) -> None:
    kernel.kill(group="a")
    kernel.watch(100)
    assert kernel.at() is None, "nobody knows when"
    kernel.die(101, "b")
    assert kernel.at("b") is None, "that kill was in the other one"
    kernel.kill(group="a")
    kernel.watch(200)
    kernel.recall(150, "oom")
    kernel.die(201, "b")
    assert (kernel.at(), kernel.at("b")) == (150, None), "unless Docker says when"


def test_groups_say_which_of_two_it_was(kernel: Kernel) -> None:
    kernel.groups["b"] = 0
    kernel.kill(group="a")
    kernel.die(1, "b")
    assert (kernel.at(), kernel.at("b")) == (1, None)
    assert kernel.starved.noted() == {"a"}
    kernel.say(1.2, "oom")
    assert kernel.at() == 1, "of the same kill"
    kernel.kill(group="a")
    kernel.turn(5)
    assert kernel.at() == 5, "though no event says so"
    kernel.kill()
    kernel.die(6, "c")
    assert kernel.at("c") == 6, "its group is gone, and no other's kill"


def test_a_container_that_was_started_again_has_a_new_group(kernel: Kernel) -> None:
    kernel.kill(group="a")
    kernel.turn(1)
    kernel.kill(group="a")
    kernel.die(5)
    del kernel.groups["a"]
    kernel.say(6, "start")
    kernel.kill(group="a")
    kernel.turn(9)
    assert kernel.at() == 9
    kernel.kill()
    kernel.die(10, "b")
    assert kernel.at("b") == 10, "all others are accounted for"


def test_it_is_written_when_something_has_happened_and_once_a_minute(kernel: Kernel) -> None:
    written: list[float] = []
    for second in range(4, 140, 4):
        if second == 60:
            kernel.kill()
        before = kernel.path.read_bytes()
        kernel.turn(second)
        if kernel.path.read_bytes() != before:
            written.append(second)
    assert written == [60, 64, 124]


def test_a_file_that_cannot_be_read_or_written_keeps_nobody_from_watching(kernel: Kernel) -> None:
    for damaged in (b"{", b'{"when":{"a":1e30}}', b'{"when":{"a":"x"}}', b"[]"):
        kernel.path.write_bytes(damaged)
        kernel.watch()
        assert kernel.at() is None
    kernel.path.unlink()
    kernel.path.mkdir()
    kernel.watch()
    kernel.kill()
    kernel.die(1)
    assert kernel.at() == 1


def test_a_kernel_that_does_not_count(kernel: Kernel, tmp_path: Path) -> None:
    kernel.kills = None
    kernel.turn(0.1)
    kernel.turn(0.2)
    kernel.die(1)
    assert kernel.at() is None
    kernel.say(5, "oom")
    assert kernel.at() == 5
    assert oom_kills(tmp_path) is None
    (tmp_path / "vmstat").write_text("nr_free_pages 1\n")
    assert oom_kills(tmp_path) is None
    (tmp_path / "vmstat").write_text("nr_free_pages 1\noom_kill 12\nother 3\n")
    assert oom_kills(tmp_path) == 12


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[FakeDocker]:
    async with fake_docker(tmp_path) as fake:
        yield fake


ENDED = Described(id="a1", name="/a1", state=RunState(status="exited", started_at="2026-01-02T03:04:05.5Z"))


def told(*actions: str) -> bytes:
    events = [{"Action": action, "Actor": {"ID": "a1", "Attributes": {"signal": "9"}}} for action in actions]
    return chunked(*(json.dumps(event) + "\n" for event in events))


@pytest.mark.parametrize(
    ("kills", "events", "so"),
    [
        ((7, 8), (), True),
        ((7, 8), ("kill",), False),
        ((7, 8), ("kill", "oom"), True),
        ((7, 7), (), False),
        ((7, 7), ("oom",), True),
        ((None, None), ("oom",), True),
        ((None, None), (), False),
    ],
)
async def test_of_a_container_that_was_watched(
    daemon: FakeDocker, tmp_path: Path, kills: tuple[int | None, int | None], events: tuple[str, ...], so: bool
) -> None:
    def set_count(kills: int | None) -> None:
        (tmp_path / "vmstat").write_text("" if kills is None else f"oom_kill {kills}\n")

    daemon.say = lambda method, path: told(*events)
    set_count(kills[0])
    count = KernelCount(tmp_path)
    set_count(kills[1])
    clock = SystemClock()
    docker = Engine(str(daemon.socket), clock)
    began = clock.now().timestamp()
    assert await ran_out(docker, clock, ENDED, 137, count) is so
    query = daemon.asked[-1]
    assert "since=1767323045.500000&" in query
    until = float(query.partition("until=")[2].partition("&")[0])
    late = until - began
    assert (late >= 1.0) is (kills[0] is None), "a late event is waited for only where nobody counts"


async def test_what_needs_no_question_and_what_gets_no_answer(daemon: FakeDocker) -> None:
    clock = ManualClock()
    docker = Engine(str(daemon.socket), clock)
    assert await ran_out(docker, clock, ENDED, 1) is False
    starved = Described(id="a1", name="/a1", state=RunState(status="exited", oom_killed=True))
    assert await ran_out(docker, clock, starved, 1) is True
    assert daemon.asked == []
    daemon.say = lambda method, path: answer(500, "{}")
    assert await ran_out(docker, clock, ENDED, 137) is False
    daemon.say = lambda method, path: None
    asking = asyncio.create_task(ran_out(docker, clock, ENDED, 137))
    for _ in range(20):
        await clock.advance(0.5)
        await asyncio.sleep(0.01)
    assert await asking is False


@asynccontextmanager
async def watched(agent: MemoryAgent) -> AsyncIterator[tuple[AsyncGenerator[WatchEvent], dict[str, Container]]]:
    """What an agent tells, and its snapshot by name."""
    async with asyncio.timeout(60), aclosing(cast("AsyncGenerator[WatchEvent]", watch(agent, Watch()))) as events:
        while not isinstance(event := await anext(events), Containers):
            pass
        yield events, {item.name: item for item in event.items}


@pytest.mark.real
async def test_a_container_that_was_killed_while_the_agent_was_not_there(world: World, tmp_path: Path) -> None:
    """On the real Docker: by the kernel's count, or Docker's event where it has one; and it stays known."""

    async def seen() -> Container | None:
        agent = MemoryAgent()
        agent.kills = Kills(tmp_path / "kills.json", boot_of(agent.stats.proc))
        async with watched(agent) as (_, there):
            return there.get(world.name())

    assert await seen() is None
    began = datetime.now(UTC)
    docker("wait", world.run("web", "--memory", "8m", command=HUNGRY))
    first = await seen()
    again = await seen()
    assert first is not None
    assert first.out_of_memory is not None
    assert began < first.out_of_memory
    assert first.reason == "exit code 137 (SIGKILL), out of memory"
    assert again == first


@pytest.mark.real
async def test_a_group_counts_what_is_killed_in_it(agent: MemoryAgent, world: World) -> None:
    """On the real Docker: a worker is killed, its container goes on."""
    script = "busybox dd if=/dev/zero of=/dev/null bs=200M count=1; echo it is gone; exec busybox sleep 3600"
    async with watched(agent) as (events, _):
        id = world.run("web", "--memory", "8m", command=["busybox", "sh", "-c", script])
        world.wrote("it is gone")
        found = None
        while found is None:
            event = await anext(events)
            if isinstance(event, ContainerChanged) and event.item.id == id:
                found = event.item.out_of_memory
    groups = Cgroups(agent.stats.sys, agent.stats.proc)
    groups.find()
    assert (groups.oom_kills(id) or 0) >= 1


@pytest.mark.real
async def test_a_container_that_docker_starts_again_at_once(agent: MemoryAgent, world: World) -> None:
    """On the real Docker: the host tells when it was, also once it runs again."""
    began, found = datetime.now(UTC), None
    async with watched(agent) as (events, _):
        world.run("web", "--restart", "always", "--memory", "8m", command=HUNGRY)
        while found is None:
            event = await anext(events)
            if isinstance(event, ContainerChanged) and event.item.name == world.name():
                again = event.item.state == "running" and event.item.restarts >= 1
                found = event.item if again and event.item.out_of_memory is not None else None
    assert found.out_of_memory is not None
    assert began < found.out_of_memory
