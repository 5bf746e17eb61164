"""Watch on the real Docker: snapshot, then every change once, as fast as Docker tells it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from itertools import pairwise
from typing import cast

import pytest

from monitor.abilities.watch.calls import (
    ContainerChanged,
    ContainerGone,
    Containers,
    Offered,
    Usage,
    Watch,
    WatchEvent,
)
from monitor.abilities.watch.run import watch
from monitor.kernel.hostview import Container
from monitor.kernel.offers import DockerOffers
from tests.abilities.memory import MemoryAgent
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real


class Seen:
    """What came of this test's containers."""

    def __init__(self, queue: asyncio.Queue[WatchEvent], world: World) -> None:
        self._queue = queue
        self._world = world
        self.all: list[WatchEvent] = []
        self.ids: set[str] = set()

    async def next(self, limit: float = 20) -> WatchEvent:
        """The next event about this test."""
        async with asyncio.timeout(limit):
            while not self._mine(event := await self._queue.get()):
                pass
        self.all.append(event)
        return event

    def _mine(self, event: WatchEvent) -> bool:
        match event:
            case ContainerChanged(item) if item.name.startswith(self._world.mark):
                self.ids.add(item.id)
                return True
            case ContainerGone(id):
                return id in self.ids
            case _:
                return isinstance(event, Containers)

    async def until(self, state: str) -> Container:
        """The next change to a state."""
        while True:
            event = await self.next()
            if isinstance(event, ContainerChanged) and event.item.state == state:
                return event.item


@asynccontextmanager
async def watching(agent: MemoryAgent, world: World) -> AsyncIterator[Seen]:
    queue: asyncio.Queue[WatchEvent] = asyncio.Queue()

    async def pump() -> None:
        async for event in watch(agent, Watch()):
            queue.put_nowait(event)

    task = asyncio.create_task(pump())
    yield Seen(queue, world)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_snapshot_and_then_changes(agent: MemoryAgent, world: World) -> None:
    there = world.run("there")
    async with watching(agent, world) as seen:
        snapshot = await seen.next()
        assert isinstance(snapshot, Containers)
        found = {item.id: item for item in snapshot.items}
        assert (found[there].name, found[there].state) == (world.name("there"), "running")
        seen.ids.add(there)

        new = world.run("new")
        assert (await seen.until("running")).id == new
        docker("pause", new)
        assert (await seen.until("paused")).id == new
        docker("unpause", new)
        await seen.until("running")
        docker("rename", new, world.name("renamed"))
        renamed = await seen.next()
        assert isinstance(renamed, ContainerChanged)
        assert renamed.item.name == world.name("renamed")
        docker("kill", new)
        killed = await seen.until("exited")
        assert (killed.exit_code, killed.reason) == (137, "exit code 137 (SIGKILL)")
        docker("rm", new)
        while (event := await seen.next()) != ContainerGone(new):
            assert isinstance(event, ContainerChanged)
            assert event.item.state == "exited"
        docker("rm", "-f", there)
        while (event := await seen.next()) != ContainerGone(there):
            assert isinstance(event, ContainerChanged)
        # Nothing is told twice.
        assert all(earlier != later for earlier, later in pairwise(seen.all))


async def test_what_is_left_unread_is_outdated_not_queued(agent: MemoryAgent, world: World) -> None:
    unread = aclosing(cast("AsyncGenerator[WatchEvent]", watch(agent, Watch())))
    async with watching(agent, world) as another, unread as events:
        while not isinstance(await anext(events), Containers):
            pass
        id = world.run("web")
        for _ in range(3):
            docker("restart", "-t", "1", id)
        last = world.run("last")
        # Nobody reads, until another one who does was told of the last.
        while last not in another.ids:
            await another.next()
        await asyncio.sleep(1)
        seen: list[WatchEvent] = []
        while not {id, last} <= {e.item.id for e in seen if isinstance(e, ContainerChanged)}:
            seen.append(await anext(events))
        states = [e.item.state for e in seen if isinstance(e, ContainerChanged) and e.item.id == id]
        assert states == ["running"]


async def test_a_kill_is_seen_at_once(agent: MemoryAgent, world: World) -> None:
    ids = [world.run(f"w{n}", command=["busybox", "sleep", "60"]) for n in range(3)]
    loop = asyncio.get_running_loop()
    async with watching(agent, world) as seen:
        await seen.next()
        times: list[float] = []
        for id in ids:
            pid = int(docker("inspect", "-f", "{{.State.Pid}}", id))
            process = await asyncio.create_subprocess_exec("kill", "-9", str(pid))
            began = loop.time()
            await seen.until("exited")
            times.append(loop.time() - began)
            await process.wait()
        assert sorted(times)[1] < 2.0, "ten times looser than promised"


async def test_health_changes_are_told_and_execs_are_not(agent: MemoryAgent, world: World) -> None:
    check = ("--health-cmd", "busybox test ! -e /sick", "--health-interval", "200ms", "--health-retries", "1")
    async with watching(agent, world) as seen:
        await seen.next()
        label = world.labels[0]
        shell = ["--label", label, *check, world.image, "busybox", "sleep", "60"]
        # A health check of this form needs a shell in the image.
        docker("create", "--name", world.name(), *shell)
        docker("cp", "/usr/bin/busybox", f"{world.name()}:/bin/sh")
        docker("start", world.name())
        while (await seen.until("running")).health != "healthy":
            pass
        count = len(seen.all)
        with pytest.raises(TimeoutError):
            await seen.next(1.0)
        assert len(seen.all) == count
        docker("exec", world.name(), "busybox", "touch", "/sick")
        sick = await seen.until("running")
        assert sick.health == "unhealthy"
        assert "health check failed" in sick.reason


async def test_usage_comes_at_once_and_then_by_the_clock(agent: MemoryAgent) -> None:
    async with aclosing(cast("AsyncGenerator[WatchEvent]", watch(agent, Watch(stats_every=0.5)))) as events:
        usages = 0
        while usages < 2:
            event = await asyncio.wait_for(anext(events), 20)
            usages += isinstance(event, Usage)


async def test_what_docker_offers_is_told_and_again_when_that_changes(agent: MemoryAgent, world: World) -> None:
    feed = cast("AsyncGenerator[WatchEvent]", watch(agent, Watch(offers=True)))
    async with asyncio.timeout(120), aclosing(feed) as events:

        async def until(named: str, *, there: bool = True) -> DockerOffers:
            while True:
                event = await anext(events)
                if isinstance(event, Offered) and event.offers.has_network(named) is there:
                    return event.offers

        offers = await until("bridge")
        assert {"json-file", "local"} <= set(offers.log_drivers)
        assert "local" in offers.volume_drivers
        assert "runc" in offers.runtimes
        id = docker("network", "create", world.name("net"))
        try:
            assert (await until(world.name("net"))).has_network(id[:12])
        finally:
            docker("network", "rm", id)
        await until(world.name("net"), there=False)
