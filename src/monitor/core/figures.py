"""Figures: what one container uses and runs, or a host runs, live: through restarts, replacements and silences."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from msgspec.structs import replace

from monitor.abilities.inside.calls import FollowContainerProcesses, FollowUsage
from monitor.abilities.stats.calls import FollowProcesses
from monitor.core.bus import Listener
from monitor.core.hosts import containers_of
from monitor.core.parts import Parts
from monitor.core.shared import Silent
from monitor.kernel.call import Feed
from monitor.kernel.hostview import Container
from monitor.kernel.insides import BusyProcesses, ContainerFigures
from monitor.kernel.stream import Item, Snapshot

KEY = "container"
_UP = ("running", "paused", "restarting")
"""States in which there is something to measure; of others the host is not asked."""

V = TypeVar("V")
Which = Callable[[], Container | None]


def follow_figures(parts: Parts, server: str, which: Which) -> AsyncIterator[Item[ContainerFigures] | Snapshot]:
    """A value a second under one key while the container `which` answers runs, and one whenever that changes.

    Asked again after every change on the server, so that another container that takes its place is followed on.
    """
    return _follow(_Follower(parts, server, which, _FIGURES))


def follow_container_processes(
    parts: Parts, server: str, which: Which
) -> AsyncIterator[Item[BusyProcesses] | Snapshot]:
    """The same of what runs in it, every two seconds."""
    return _follow(_Follower(parts, server, which, _PROCESSES))


async def _follow(follower: "_Follower[V]") -> AsyncIterator[Item[V] | Snapshot]:
    follower.begin()
    try:
        if (stands := follower.look()) is not None:
            yield Item(key=KEY, data=stands)
        yield Snapshot.DONE
        async for key, value in follower.listener:
            if (told := follower.take(key, value)) is not None:
                yield Item(key=KEY, data=told)
    finally:
        follower.leave()


async def follow_processes(parts: Parts, server: str) -> AsyncIterator[Item[BusyProcesses] | Snapshot]:
    """What the host sends, under one key; what it is silent for instead, while it is."""
    shared, listener = parts.hosts.shared, Listener()
    topic, first = shared.join(server, FollowProcesses(), listener), True
    try:
        async for _, event in listener:
            yield Item(key=server, data=BusyProcesses(reason=event.reason) if isinstance(event, Silent) else event)
            if first:
                yield Snapshot.DONE
                first = False
    finally:
        shared.leave(topic, listener)


@dataclass(frozen=True)
class _Followed(Generic[V]):
    """What is followed of a container, and how it is told."""

    feed: Callable[[str], Feed[Any]]
    """By the container's id."""
    stands: Callable[[Container | None], V | None]
    """How the container stands, before the feed has told anything; None if there is nothing to say yet."""
    told: Callable[[Container | None, Any], V]
    """With what the feed sent, or is silent for."""


def _usage(container: str) -> FollowUsage:
    return FollowUsage(name=container)


def _inside(container: str) -> FollowContainerProcesses:
    return FollowContainerProcesses(name=container)


def _stands(container: Container | None) -> ContainerFigures:
    return ContainerFigures(
        container=container.id if container else "",
        state=container.state if container else "gone",
        reason=container.reason if container else "",
    )


def _measured(container: Container | None, told: Any) -> ContainerFigures:
    if isinstance(told, Silent):
        return replace(_stands(container), state="unknown", reason=told.reason)
    return replace(_stands(container), usage=told)


def _runs_nothing(container: Container | None) -> BusyProcesses | None:
    if container is None:
        return BusyProcesses(reason="there is no container")
    up = container.state in _UP
    return None if up else BusyProcesses(reason=f"the container {container.name} does not run: it is {container.state}")


def _listed(_: Container | None, told: Any) -> BusyProcesses:
    return BusyProcesses(reason=told.reason) if isinstance(told, Silent) else told


_FIGURES = _Followed(_usage, _stands, _measured)
_PROCESSES = _Followed(_inside, _runs_nothing, _listed)


class _Follower(Generic[V]):
    """One viewer: listens to the server's containers, and to the feed of the one that is meant now."""

    def __init__(self, parts: Parts, server: str, which: Which, followed: _Followed[V]) -> None:
        self._parts = parts
        self._server = server
        self._which = which
        self._kind = followed
        self._topic = ""
        self._followed = ""
        self._told: V | None = None
        self._container: Container | None = None
        self.listener = Listener()

    def begin(self) -> None:
        """Somebody looks."""
        self._parts.bus.listen(containers_of(self._server), self.listener)

    def look(self) -> V | None:
        """How the container stands now, without what the feed says; also joins its feed, or leaves another's."""
        container = self._container = self._which()
        up = container is not None and container.state in _UP
        self._follow(container.id if container is not None and up else "")
        self._told = self._kind.stands(container)
        return self._told

    def take(self, key: str, value: Any) -> V | None:
        """What an event means for the viewer; None if nothing."""
        before, stands = self._told, self.look()
        if key != self._topic or not self._topic:
            return stands if stands != before else None
        return self._kind.told(self._container, value)

    def leave(self) -> None:
        """Nobody looks any more."""
        self._follow("")
        self._parts.bus.leave(containers_of(self._server), self.listener)

    def _follow(self, id: str) -> None:
        if id == self._followed:
            return
        shared = self._parts.hosts.shared
        if self._topic:
            shared.leave(self._topic, self.listener)
        self._followed = id
        self._topic = shared.join(self._server, self._kind.feed(id), self.listener) if id else ""
