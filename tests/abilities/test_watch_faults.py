"""Watch through the deaths of a daemon: down is said once, and a fresh snapshot follows; nothing is lost between."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.docker.engine import Engine
from monitor.abilities.watch.calls import ContainerChanged, ContainerGone, Containers, DockerDown, WatchEvent
from monitor.abilities.watch.kills import Kills
from monitor.abilities.watch.observer import Observer
from monitor.abilities.watch.outbox import Outbox
from monitor.abilities.watch.starved import Starved
from monitor.kernel.clock import SystemClock
from monitor.testing.clock import ManualClock
from tests.abilities.fake_docker import FakeDocker, Held, answer, chunked, fake_docker

STREAM = Held(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")


class Daemon:
    """A fake daemon with containers, whose event stream stays open."""

    def __init__(self, fake: FakeDocker) -> None:
        self.fake = fake
        self.states: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.mute: set[str] = set()
        self.hang = False
        self.past: list[str] = []
        fake.say = self.say

    def say(self, method: str, path: str) -> bytes | None:
        what = path.split("?", maxsplit=1)[0].removeprefix("/v1.41")
        if self.hang:
            return None
        if what == "/events" and "until=" in path:
            return chunked(*self.past)
        match what:
            case "/_ping":
                return answer(200, "OK")
            case "/events":
                return STREAM
            case "/containers/json":
                return answer(
                    200, json.dumps([{"Id": id, "State": s, "Names": [f"/{id}"]} for id, s in self.states.items()])
                )
        id = what.split("/")[2]
        if id in self.mute:
            return None
        if id not in self.states or id in self.hidden:
            return answer(404, '{"message": "No such container"}')
        return answer(200, json.dumps({"Id": id, "Name": f"/{id}", "State": {"Status": self.states[id]}}))


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[Daemon]:
    async with fake_docker(tmp_path) as fake:
        yield Daemon(fake)


class Watcher:
    """An observer at work and what it told."""

    def __init__(self, socket: Path, clock: Any, kills: Kills | None = None) -> None:
        self.told: list[WatchEvent] = []
        starved = Starved(lambda: None, None, kills)
        observer = Observer(Engine(str(socket), clock), clock, self.told.append, starved)
        self._task = asyncio.create_task(observer.run())

    async def wait(self, count: int) -> list[WatchEvent]:
        """What came, once it is so many."""
        async with asyncio.timeout(10):
            while len(self.told) < count:
                assert not self._task.done(), self._task.exception()
                await asyncio.sleep(0.005)
        return self.told

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


def event(action: str, id: str, **attributes: str) -> str:
    actor = {"ID": id, "Attributes": attributes}
    at = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1e9)
    return json.dumps({"Type": "container", "Action": action, "Actor": actor, "timeNano": at}) + "\n"


def names(event: WatchEvent) -> list[tuple[str, str]]:
    assert isinstance(event, Containers)
    return [(item.name, item.state) for item in event.items]


async def test_no_daemon_is_said_once_and_then_its_snapshot(tmp_path: Path) -> None:
    watcher = Watcher(tmp_path / "docker.sock", SystemClock())
    await watcher.wait(1)
    await asyncio.sleep(0.5)
    assert [type(event) for event in watcher.told] == [DockerDown]
    async with fake_docker(tmp_path) as fake:
        Daemon(fake).states["a1"] = "running"
        told = await watcher.wait(2)
        assert names(told[1]) == [("a1", "running")]
        await watcher.stop()


async def test_a_daemon_that_hangs_is_down_within_ten_seconds(daemon: Daemon) -> None:
    clock = ManualClock()
    watcher = Watcher(daemon.fake.socket, clock)
    await watcher.wait(1)
    daemon.hang = True
    for _ in range(20):
        await clock.advance(0.5)
        await asyncio.sleep(0.01)
    assert isinstance(watcher.told[-1], DockerDown)
    assert "no answer within 5 s" in watcher.told[-1].reason
    daemon.hang = False
    daemon.states["a1"] = "exited"
    while not isinstance(watcher.told[-1], Containers):
        await clock.advance(0.5)
        await asyncio.sleep(0.01)
    assert names(watcher.told[-1]) == [("a1", "exited")]
    await watcher.stop()


async def test_a_daemon_that_dies_brings_a_fresh_snapshot(daemon: Daemon) -> None:
    daemon.states = {"a1": "running"}
    watcher = Watcher(daemon.fake.socket, SystemClock())
    await watcher.wait(1)
    daemon.states = {"a1": "exited", "b2": "running"}
    daemon.fake.drop()
    told = await watcher.wait(3)
    assert [type(event) for event in told] == [Containers, DockerDown, Containers]
    assert names(told[2]) == [("a1", "exited"), ("b2", "running")]
    await watcher.stop()


async def test_an_event_that_changes_nothing_is_not_told(daemon: Daemon) -> None:
    daemon.states = {"a1": "running"}
    watcher = Watcher(daemon.fake.socket, SystemClock())
    await watcher.wait(1)
    daemon.fake.push(event("update", "a1"))
    daemon.states["b2"] = "created"
    daemon.fake.push(event("create", "b2") + event("start", "b2"))
    told = await watcher.wait(2)
    await asyncio.sleep(0.1)
    assert [e.item.name for e in told[1:] if isinstance(e, ContainerChanged)] == ["b2"]
    assert len(told) == 2
    await watcher.stop()


async def test_a_container_docker_cannot_describe_holds_up_no_other(daemon: Daemon) -> None:
    clock = ManualClock()
    daemon.states = {"a1": "created", "b2": "running"}
    daemon.mute = {"a1"}
    watcher = Watcher(daemon.fake.socket, clock)
    while not watcher.told:
        await clock.advance(0.5)
        await asyncio.sleep(0.01)
    assert names(watcher.told[0]) == [("a1", "created"), ("b2", "running")]
    daemon.mute, daemon.states["a1"] = set(), "running"
    while len(watcher.told) < 2:
        await clock.advance(0.5)
        await asyncio.sleep(0.01)
    assert isinstance(changed := watcher.told[1], ContainerChanged)
    assert (changed.item.name, changed.item.state) == ("a1", "running")
    await watcher.stop()


async def test_an_end_is_told_before_docker_describes_it(daemon: Daemon) -> None:
    daemon.states = {"a1": "running"}
    watcher = Watcher(daemon.fake.socket, SystemClock())
    await watcher.wait(1)
    daemon.mute = {"a1"}
    daemon.fake.push(event("kill", "a1") + event("die", "a1", exitCode="137"))
    told = await watcher.wait(2)
    assert isinstance(changed := told[1], ContainerChanged)
    assert (changed.item.state, changed.item.exit_code) == ("exited", 137)
    assert (changed.item.reason, changed.item.finished) == ("exit code 137 (SIGKILL)", datetime(2026, 1, 1, tzinfo=UTC))
    await watcher.stop()


async def test_what_goes_while_it_is_looked_at_does_not_come_back(daemon: Daemon) -> None:
    daemon.states = {"a1": "running"}
    watcher = Watcher(daemon.fake.socket, SystemClock())
    await watcher.wait(1)
    inner, looking, answered = daemon.say, asyncio.Event(), Held(b"HTTP/1.1 200 OK\r\n\r\n")

    def say(method: str, path: str) -> bytes | None:
        if "/containers/a1/" not in path:
            return inner(method, path)
        looking.set()
        return answered

    daemon.fake.say = say
    daemon.states["a1"] = "exited"
    streams = list(daemon.fake.held)
    daemon.fake.push(event("die", "a1"))
    await looking.wait()
    daemon.fake.push(event("destroy", "a1"))
    told = await watcher.wait(2)
    # Only now comes the answer of before the removal.
    for writer in daemon.fake.held:
        if writer not in streams:
            writer.write(b'{"Id": "a1", "Name": "/a1", "State": {"Status": "exited"}}')
            writer.close()
    await asyncio.sleep(0.1)
    assert [type(e) for e in told] == [Containers, ContainerGone]
    daemon.fake.push(event("destroy", "a1"))
    await asyncio.sleep(0.05)
    assert len(told) == 2
    await watcher.stop()


async def test_the_outbox_keeps_the_latest_of_each() -> None:
    outbox = Outbox()
    outbox.put(DockerDown("x"))
    outbox.put(ContainerGone("1"))
    outbox.put(ContainerGone("2"))
    outbox.put(ContainerGone("1"))
    assert await outbox.take() == (DockerDown("x"), ContainerGone("2"), ContainerGone("1"))
    outbox.put(ContainerGone("1"))
    outbox.put(Containers(()))
    assert await outbox.take() == (Containers(()),)


async def test_a_failure_reaches_the_reader() -> None:
    outbox = Outbox()

    async def fail() -> None:
        raise ZeroDivisionError

    task = asyncio.create_task(fail())
    outbox.watch_over(task)
    with pytest.raises(ZeroDivisionError):
        await outbox.take()


async def test_a_kill_for_want_of_memory_is_known_to_whoever_watches_next(daemon: Daemon) -> None:
    daemon.states["a1"] = "running"
    kills = Kills()
    kills.when["gone"] = datetime(2026, 1, 1, tzinfo=UTC)
    first = Watcher(daemon.fake.socket, SystemClock(), kills)
    await first.wait(1)
    daemon.fake.push(event("oom", "a1"))
    [_, changed] = await first.wait(2)
    await first.stop()
    daemon.fake.drop()
    again = Watcher(daemon.fake.socket, SystemClock(), kills)
    [snapshot] = await again.wait(1)
    await again.stop()
    assert isinstance(changed, ContainerChanged)
    assert isinstance(snapshot, Containers)
    assert changed.item.out_of_memory is not None
    assert snapshot.items == (changed.item,)
    assert list(kills.when) == ["a1"]
