"""Hosts: the live link to every joined server, and what core knows of each."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

import msgspec

from monitor.abilities.agent.calls import Hello
from monitor.abilities.stats.calls import LiveStats
from monitor.abilities.watch.calls import (
    ContainerChanged,
    ContainerGone,
    Containers,
    DockerDown,
    DockerKind,
    DockerTouched,
    Offered,
    Recorded,
    Recording,
    StateEvent,
    Usage,
    Watch,
    WatchEvent,
)
from monitor.core.allowance import Allowance, TooMuch
from monitor.core.bus import Bus
from monitor.core.shared import SharedFeeds
from monitor.kernel.call import Host
from monitor.kernel.clock import Clock
from monitor.kernel.errors import MonitorError, Unavailable
from monitor.kernel.hostview import Container, HostStats, HostView, Link

Connect = Callable[[str, str, int, str], Host]
"""(server id, address, port, pin) -> its host"""

CONTAINERS = "containers"
"""The bus's topic of every server's containers, by `server/container`."""

log = logging.getLogger(__name__)

_AFTER_TOO_MUCH = 60.0
"""Seconds a server that sent too much is left alone."""
_RETRY = (0.2, 0.5, 1.0, 2.0, 3.0)


def containers_of(server: str) -> str:
    """The bus's topic of one server's containers, by id."""
    return f"containers:{server}"


def docker_of(server: str) -> str:
    """The bus's topic of hints that images, volumes or networks of a server are others, by kind."""
    return f"docker:{server}"


class Address(msgspec.Struct, frozen=True):
    """Where and as whom a server is reached."""

    address: str
    port: int
    pin: str


class _Link:
    def __init__(self, host: Host, address: Address, task: "asyncio.Task[None]") -> None:
        self.host = host
        self.address = address
        self.task = task
        self.tried = asyncio.Event()
        """Set once it is known whether the host answers."""


class Sampled(Protocol):
    """Who keeps what hosts use."""

    def take(self, server: str, stats: HostStats) -> None:
        """Every sample of the Watch stream."""
        ...

    def held(self, server: str) -> Recording:
        """What is here of a server's history already."""
        ...

    def record(self, server: str, told: Recorded) -> None:
        """Samples of its history."""
        ...


class Hosts:
    """Links by server id. `changed(server)` is called whenever a view changed; samples go to `sampled`."""

    def __init__(
        self,
        connect: Connect,
        clock: Clock,
        bus: Bus,
        changed: Callable[[str], None],
        sampled: Sampled,
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._bus = bus
        self._changed = changed
        self._sampled = sampled
        self._links: dict[str, _Link] = {}
        self._views: dict[str, HostView] = {}
        self.shared = SharedFeeds(self.host, bus, clock)
        """What hosts send only while somebody looks."""
        self._closing: set[asyncio.Task[None]] = set()

    def view(self, server: str) -> HostView | None:
        """What core knows of a server, or None before it ever was linked."""
        return self._views.get(server)

    def host(self, server: str) -> Host:
        """The server's host. Unavailable, saying why, when it has not joined or does not answer now."""
        link = self._links.get(server)
        if link is None:
            raise Unavailable("the server has no periphery: it has not joined yet, or is disabled")
        view = self._views[server]
        if view.link is Link.DOWN:
            raise Unavailable(f"the server does not answer: {view.reason}")
        return link.host

    async def tried(self, server: str) -> None:
        """Wait until the first try to reach a server has ended, however it did; soon after a start of core it runs."""
        link = self._links.get(server)
        if link is not None:
            await link.tried.wait()

    def raw_host(self, server: str) -> Host:
        """The same without asking whether it answers: for what retries by itself."""
        link = self._links.get(server)
        if link is None:
            raise Unavailable("the server has no periphery: it has not joined yet, or is disabled")
        return link.host

    def point(self, server: str, address: Address | None) -> None:
        """Link a server at an address, or with None unlink it; the same address again changes nothing."""
        link = self._links.get(server)
        if link is not None and link.address == address:
            return
        if link is not None:
            link.task.cancel()
            link.tried.set()
            self._closing.add(closing := asyncio.create_task(link.host.close()))
            closing.add_done_callback(self._closing.discard)
            del self._links[server]
            for id in self._views.pop(server).containers:
                self._tell(server, id, None)
        if address is not None:
            host = self._connect(server, address.address, address.port, address.pin)
            self._views[server] = HostView(link=Link.DOWN, reason="connecting", since=self._clock.now())
            self._links[server] = _Link(host, address, asyncio.create_task(self._watch(server, host)))
        self._changed(server)

    async def stop(self) -> None:
        """Close every link."""
        tasks = [link.task for link in self._links.values()]
        for task in tasks:
            task.cancel()
        tasks += self.shared.stop()
        if tasks:
            await asyncio.wait(tasks)
        for link in self._links.values():
            await link.host.close()

    def usage(self, server: str) -> AsyncIterator[HostStats]:
        """Samples each second while iterated."""
        return self.shared.follow(server, LiveStats())

    async def _watch(self, server: str, host: Host) -> None:
        attempt = 0
        while True:
            pause = _RETRY[min(attempt, len(_RETRY) - 1)]
            try:
                agent = await host.call(Hello())
                async with host.stream(Watch(recording=self._sampled.held(server), offers=True)) as events:
                    attempt, pause = 0, _RETRY[0]
                    allowance = Allowance(self._clock)
                    async for event in events:
                        if isinstance(event, Recorded):
                            self._sampled.record(server, event)
                        else:
                            self._take(server, event, agent, allowance)
                        await allowance.pay(_weight(event))
                reason = "the periphery ended the stream"
            except TooMuch as failure:
                reason, pause = failure.message, _AFTER_TOO_MUCH
                self._snapshot(server, self._views[server], (), Allowance(self._clock))
            except MonitorError as failure:
                reason = failure.message
            except Exception as bug:
                # Whatever a host sends, the others and the next try go on.
                log.exception("what a server sent cannot be taken in", extra={"server": server})
                reason = f"it sent what core cannot take in: {bug!r}"
            self._down(server, reason)
            await self._clock.sleep(pause)
            attempt += 1

    def _take(self, server: str, event: StateEvent, agent: Any, allowance: Allowance) -> None:
        view = self._views[server]
        self._links[server].tried.set()
        if view.link is not Link.UP:
            view.link, view.since, view.agent = Link.UP, self._clock.now(), agent
            # What ran before the link was lost is not known to run now.
            view.docker, view.reason = False, "it has not answered since the link is back"
        match event:
            case Containers():
                self._snapshot(server, view, event.items, allowance)
            case ContainerChanged():
                self._put(server, view, event.item, allowance)
            case ContainerGone():
                allowance.release(event.id)
                self._drop(server, view, event.id)
            case DockerTouched():
                self._touch(server, view, event.kind)
            case Offered():
                view.offers = event.offers
            case DockerDown():
                self._docker_down(view, event.reason)
            case Usage():
                if event.stats.is_sound:
                    view.stats = event.stats
                    self._sampled.take(server, event.stats)
        self._changed(server)

    def _snapshot(self, server: str, view: HostView, items: tuple[Container, ...], allowance: Allowance) -> None:
        if not view.docker:
            view.docker, view.reason, view.since = True, "", self._clock.now()
        self._touch(server, view, *DockerKind)
        for gone in view.containers.keys() - {c.id for c in items}:
            allowance.release(gone)
            self._drop(server, view, gone)
        for item in items:
            if view.containers.get(item.id) != item:
                self._put(server, view, item, allowance)
            else:
                allowance.hold(item)

    def _docker_down(self, view: HostView, reason: str) -> None:
        if view.docker or view.reason != reason:
            view.docker, view.reason, view.since = False, reason, self._clock.now()

    def _put(self, server: str, view: HostView, item: Container, allowance: Allowance) -> None:
        allowance.hold(item)
        old = view.containers.get(item.id)
        if old is not None and old.name != item.name and view.by_name.get(old.name) == old.id:
            del view.by_name[old.name]
        view.containers[item.id] = item
        view.by_name[item.name] = item.id
        if old is None or _uses(old) != _uses(item):
            self._touch(server, view, *DockerKind)
        self._tell(server, item.id, item)

    def _drop(self, server: str, view: HostView, id: str) -> None:
        gone = view.containers.pop(id, None)
        if gone is not None and view.by_name.get(gone.name) == id:
            del view.by_name[gone.name]
        self._touch(server, view, *DockerKind)
        self._tell(server, id, None)

    def _touch(self, server: str, view: HostView, *kinds: DockerKind) -> None:
        """What uses them is part of what people see of them."""
        for kind in kinds:
            times = view.touched[kind.value] = view.touched.get(kind.value, 0) + 1
            self._bus.publish(docker_of(server), kind.value, times)

    def _tell(self, server: str, id: str, item: Container | None) -> None:
        self._bus.publish(containers_of(server), id, item)
        self._bus.publish(CONTAINERS, f"{server}/{id}", item)

    def _down(self, server: str, reason: str) -> None:
        view = self._views.get(server)
        if view is None:
            return
        self._links[server].tried.set()
        if view.link is not Link.DOWN or view.reason != reason:
            if view.link is not Link.DOWN:
                view.since = self._clock.now()
            view.link, view.reason = Link.DOWN, reason
            self._changed(server)


def _weight(event: WatchEvent) -> int:
    match event:
        case Containers():
            return len(event.items)
        case Recorded():
            return sum(1 + len(sample.containers) for sample in event.samples)
        case _:
            return 1


def _uses(container: Container) -> tuple[object, ...]:
    return container.name, container.image_id, container.volumes, container.networks
