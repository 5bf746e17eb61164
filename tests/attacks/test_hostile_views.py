"""What core shows of a host stays true and bounded, whatever the host sends and whenever the link breaks."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from msgspec.structs import replace

from monitor.abilities.watch.calls import ContainerChanged, Watch, WatchEvent
from monitor.abilities.watch.calls import Usage as WatchUsage
from monitor.kernel.call import Feed
from monitor.kernel.hostview import Container, HostStats
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.server.spec import SERVER
from monitor.testing.host import SimulatedHost
from tests.core.world import World


class Scripted(SimulatedHost):
    """Sends what a test says instead of what there is, once `script` is set."""

    script: Any = None

    def stream(self, feed: Feed[Any]) -> AbstractAsyncContextManager[AsyncIterator[Any]]:
        return self._tell() if isinstance(feed, Watch) and self.script else super().stream(feed)

    @asynccontextmanager
    async def _tell(self) -> AsyncGenerator[AsyncIterator[WatchEvent]]:
        yield self.script()


def stats(world: World) -> HostStats:
    return HostStats(
        at=world.clock.now(),
        cpu=0,
        cores=(),
        load=(0, 0, 0),
        memory_total=1,
        memory_used=0,
        memory_cache=0,
        swap_total=0,
        swap_used=0,
        disks=(),
        interfaces=(),
        disk_io=(),
        uptime=1,
    )


async def test_after_a_lost_link_nothing_old_is_shown_as_true(world: World) -> None:
    """The link is back and Docker has not yet said a word: what ran before is not known to run now."""
    host = Scripted(world.clock, "second")
    await world.app.server("second", host)
    host.images.add("web:1")
    await world.clock.advance(1)
    await world.deployment("web", server="second")
    await world.do(Deploy(target="web"))
    assert (await world.app.get(DEPLOYMENT, "web")).status.state == "running"

    async def only_usage() -> AsyncIterator[WatchEvent]:
        yield WatchUsage(stats(world))
        await world.clock.sleep(1000)

    host.down = "cable"
    await world.clock.advance(1)
    host.script = only_usage
    host.down = ""
    await world.clock.advance(10)
    assert (await world.app.get(SERVER, "second")).status.state == "up"
    status = (await world.app.get(DEPLOYMENT, "web")).status
    assert status.state == "unknown"
    assert status.reason


async def test_endless_containers(world: World) -> None:
    host = Scripted(world.clock, "second")
    sent = 0

    async def flood() -> AsyncIterator[WatchEvent]:
        nonlocal sent
        for number in range(60_000):
            sent += 1
            id = f"{number:064x}"
            item = Container(
                id=id, name=f"c{number}", image="i", image_id="i", state="running", created=world.clock.now()
            )
            yield ContainerChanged(item)

    host.script = flood
    await world.app.server("second", host)
    await world.clock.advance(20)
    assert sent < 50_000
    server = await world.app.get(SERVER, "second")
    assert server.status.state == "down"
    assert "more" in server.status.reason
    assert server.status.containers == 0


async def test_containers_too_large(world: World) -> None:
    host = Scripted(world.clock, "second")

    async def flood() -> AsyncIterator[WatchEvent]:
        for number in range(100):
            labels = (("a", "x" * 1_000_000),)
            yield ContainerChanged(
                Container(
                    id=f"{number:064x}",
                    name=f"c{number}",
                    image="i",
                    image_id="i",
                    state="running",
                    created=world.clock.now(),
                    labels=labels,
                )
            )

    host.script = flood
    await world.app.server("second", host)
    await world.clock.advance(20)
    server = await world.app.get(SERVER, "second")
    assert server.status.state == "down"
    assert "more" in server.status.reason


async def test_figures_that_are_none(world: World) -> None:
    host = Scripted(world.clock, "second")

    async def nonsense() -> AsyncIterator[WatchEvent]:
        yield WatchUsage(stats(world))
        for figure in (float("nan"), float("inf"), -1.0):
            yield WatchUsage(replace(stats(world), cpu=figure, uptime=figure))
        await world.clock.sleep(1000)

    host.script = nonsense
    await world.app.server("second", host)
    await world.clock.advance(1)
    server = await world.app.get(SERVER, "second")
    assert (server.status.state, server.status.cpu, server.status.uptime) == ("up", 0.0, 0)
