"""Figures: what one container uses, or the processes of a host, live: through restarts, replacements and silences."""

from collections.abc import AsyncIterator, Callable
from typing import Any

from monitor.abilities.inside.calls import FollowUsage
from monitor.abilities.stats.calls import FollowProcesses
from monitor.core.bus import Listener
from monitor.core.hosts import containers_of
from monitor.core.parts import Parts
from monitor.core.shared import Silent
from monitor.kernel.hostview import Container
from monitor.kernel.insides import BusyProcesses, ContainerFigures, ContainerUsage
from monitor.kernel.stream import Item, Snapshot

KEY = "container"
_UP = ("running", "paused", "restarting")
"""States in which there is something to measure; of others the host is not asked."""

Which = Callable[[], Container | None]


async def follow_figures(parts: Parts, server: str, which: Which) -> AsyncIterator[Item[ContainerFigures] | Snapshot]:
    """A value a second under one key while the container `which` answers runs, and one whenever that changes.

    Asked again after every change on the server, so that another container that takes its place is followed on.
    """
    follower = _Follower(parts, server, which)
    try:
        yield Item(key=KEY, data=follower.look())
        yield Snapshot.DONE
        async for key, value in follower.listener:
            if (figures := follower.take(key, value)) is not None:
                yield Item(key=KEY, data=figures)
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


class _Follower:
    """One viewer: listens to the server's containers, and to the feed of the one that is meant now."""

    def __init__(self, parts: Parts, server: str, which: Which) -> None:
        self._parts = parts
        self._server = server
        self._which = which
        self._topic = ""
        self._followed = ""
        self._told: ContainerFigures | None = None
        self.listener: Listener = parts.bus.listen(containers_of(server))

    def look(self) -> ContainerFigures:
        """How the container stands now, without a sample; also joins its feed, or leaves another's."""
        container = self._which()
        up = container is not None and container.state in _UP
        self._follow(container.id if container is not None and up else "")
        figures = ContainerFigures(
            container=container.id if container else "",
            state=container.state if container else "gone",
            reason=container.reason if container else "",
        )
        self._told = figures
        return figures

    def take(self, key: str, value: Any) -> ContainerFigures | None:
        """What an event means for the viewer; None if nothing."""
        before = self._told
        figures = self.look()
        if key != self._topic or not self._topic:
            return figures if figures != before else None
        if isinstance(value, Silent):
            return ContainerFigures(container=figures.container, state="unknown", reason=value.reason)
        usage: ContainerUsage = value
        return ContainerFigures(container=figures.container, state=figures.state, reason=figures.reason, usage=usage)

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
        self._topic = shared.join(self._server, FollowUsage(name=id), self.listener) if id else ""
