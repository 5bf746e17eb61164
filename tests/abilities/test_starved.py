"""Who was killed for want of memory: from events in any order, or none, and the kernel's count."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from monitor.abilities.container.memory import KernelCount, ran_out
from monitor.abilities.docker.described import Described, RunState
from monitor.abilities.docker.engine import Engine
from monitor.abilities.stats.oom_kills import oom_kills
from monitor.abilities.watch.calls import ContainerChanged, Containers, Watch, WatchEvent
from monitor.abilities.watch.run import watch
from monitor.abilities.watch.starved import Starved
from monitor.kernel.clock import SystemClock
from monitor.testing.clock import ManualClock
from tests.abilities.fake_docker import FakeDocker, answer, chunked, fake_docker
from tests.abilities.memory import MemoryAgent
from tests.abilities.world import World

HUNGRY = ["busybox", "sh", "-c", "busybox sleep 0.3; exec busybox dd if=/dev/zero of=/dev/null bs=200M count=9"]
"""Is killed where it may have 8 MiB."""


class Kernel:
    """Its count, and the daemon's events."""

    def __init__(self) -> None:
        self.kills: int | None = 7
        self.starved = Starved(lambda: self.kills)

    def kill(self) -> None:
        assert self.kills is not None
        self.kills += 1

    def say(self, second: float, action: str, id: str = "a", **attributes: str) -> None:
        at = int((1_800_000_000 + second) * 1e9)
        self.starved.heed({"Action": action, "Actor": {"ID": id, "Attributes": attributes}, "timeNano": at})

    def die(self, second: float, id: str = "a", code: str = "137") -> None:
        self.say(second, "die", id, exitCode=code)

    def at(self, id: str = "a") -> float | None:
        at = self.starved.at(id)
        return None if at is None else at.timestamp() - 1_800_000_000


@pytest.fixture
def kernel() -> Kernel:
    return Kernel()


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
    kernel.starved.turn()
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
    kernel.starved.turn()
    kernel.starved.turn()
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


def test_whoever_watches_next_knows_of_it(kernel: Kernel) -> None:
    kept: dict[str, datetime] = {}
    kernel.starved = Starved(lambda: kernel.kills, kept)
    kernel.kill()
    kernel.die(1)
    kernel.say(2, "oom", "b")
    kernel.starved = Starved(lambda: kernel.kills, kept)
    assert (kernel.at(), kernel.at("b")) == (1, 2)
    kernel.starved.there_are({"a"})
    assert (kernel.at("b"), list(kept)) == (None, ["a"]), "it went while nobody listened"
    kernel.say(3, "destroy")
    assert kept == {}


def test_a_kernel_that_does_not_count(kernel: Kernel, tmp_path: Path) -> None:
    kernel.kills = None
    kernel.starved.turn()
    kernel.starved.turn()
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


@pytest.mark.real
async def test_a_container_that_docker_starts_again_at_once(agent: MemoryAgent, world: World) -> None:
    """On the real Docker: the host tells when it was, also once it runs again."""
    began, found = datetime.now(UTC), None
    async with asyncio.timeout(60), aclosing(cast("AsyncGenerator[WatchEvent]", watch(agent, Watch()))) as events:
        while not isinstance(await anext(events), Containers):
            pass
        world.run("web", "--restart", "always", "--memory", "8m", command=HUNGRY)
        while found is None:
            event = await anext(events)
            if isinstance(event, ContainerChanged) and event.item.name == world.name():
                again = event.item.state == "running" and event.item.restarts >= 1
                found = event.item if again and event.item.out_of_memory is not None else None
    assert found.out_of_memory is not None
    assert began < found.out_of_memory
