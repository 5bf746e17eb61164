"""Observer: follows one Docker daemon's containers by its events, and through its deaths."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any, cast

from msgspec.structs import replace

from monitor.abilities.container.states import end_text, from_inspect, from_listing, is_starved
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.event import exit_code_of, moment_of
from monitor.abilities.watch.calls import (
    ContainerChanged,
    ContainerGone,
    Containers,
    DockerDown,
    DockerKind,
    DockerTouched,
    WatchEvent,
)
from monitor.abilities.watch.starved import AWAY, Starved
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import HostError, NotFound, Unavailable
from monitor.kernel.hostview import Container

_ACTIONS = (
    *("create", "start", "restart", "die", "stop", "kill", "oom", "pause", "unpause"),
    *("rename", "update", "health_status", "destroy"),
)
"""Events after which a container looks different; exec_* come with every health check and change nothing."""
_BESIDE = (
    *("pull", "load", "import", "tag", "untag", "delete"),
    *("mount", "unmount", "connect", "disconnect", "remove", "prune"),
)
"""Events after which images, volumes or networks look different; `create` and `destroy` are theirs, too."""
_PING_EVERY = 4.0
_PING_LIMIT = 5.0
"""A daemon that hangs sends no end of its events: together these find out within 10 s."""
_INSPECT_LIMIT = 5.0
_INSPECT_AT_ONCE = 8
_ENDS = ("oom", "kill", "die")
"""Of these is asked what happened while nobody listened, since an agent that is renewed is away for a moment."""
_FIRST_RETRY = 0.1
_LAST_RETRY = 1.0


class Observer:
    """Tells a snapshot, then every change once; after the daemon was away, a fresh snapshot."""

    def __init__(
        self,
        docker: Engine,
        clock: Clock,
        tell: Callable[[WatchEvent], None],
        starved: Starved | None = None,
    ) -> None:
        self._docker = docker
        self._starved = starved or Starved(lambda: None)
        self._clock = clock
        self._tell = tell
        self._told: dict[str, Container] = {}
        self._down = ""
        self._retry = _FIRST_RETRY
        self._slots = asyncio.Semaphore(_INSPECT_AT_ONCE)
        self._busy: set[str] = set()
        self._dirty: set[str] = set()
        self._gone: set[str] = set()

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            reason = await self._watch()
            if reason != self._down:
                self._down = reason
                self._tell(DockerDown(reason))
            await self._clock.sleep(self._retry)
            self._retry = min(self._retry * 2, _LAST_RETRY)

    async def _watch(self) -> str:
        """Watch while Docker answers; then why it does not."""
        reason = ""
        try:
            # Subscribed before the list is asked for, so nothing falls between the two.
            async with self._docker.events((*_ACTIONS, *_BESIDE), ("container", *DockerKind)) as events:
                await self._recall()
                undescribed = await self._take_snapshot()
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._ping(tasks))
                    for id in undescribed:
                        self._touch(id, tasks)
                    await self._follow(events, tasks)
        except* (Unavailable, HostError) as failures:
            reason = _first(failures)
        return reason

    async def _follow(self, events: AsyncIterator[dict[str, Any]], tasks: asyncio.TaskGroup) -> None:
        async for event in events:
            if event["Type"] != "container":
                self._tell(DockerTouched(DockerKind(event["Type"])))
                continue
            id: str = event["Actor"]["ID"]
            self._starved.heed(event)
            if event["Action"] == "destroy":
                self._forget(id)
            else:
                self._touch(id, tasks)
                if event["Action"] == "die":
                    self._foretell(id, event)
            self._touch_noted(tasks)
        raise Unavailable(f"Docker on {self._docker.socket} ended its events")

    def _touch(self, id: str, tasks: asyncio.TaskGroup) -> None:
        if id in self._busy:
            self._dirty.add(id)
        else:
            self._busy.add(id)
            tasks.create_task(self._refresh(id))

    def _touch_noted(self, tasks: asyncio.TaskGroup) -> None:
        """What was found out of some that no event is about."""
        for id in self._starved.noted() & self._told.keys():
            self._touch(id, tasks)

    async def _recall(self) -> None:
        """What the daemon remembers of kills while nobody listened."""
        now = self._clock.now()
        self._starved.begin(now)
        with suppress(TimeoutError, HostError):
            async with deadline(self._clock, _PING_LIMIT):
                async for event in self._docker.happened(now - AWAY, now, _ENDS):
                    self._starved.recall(event)
        self._starved.noted()  # the snapshot tells of them

    async def _take_snapshot(self) -> tuple[str, ...]:
        """Tell every container; the ids of those that could only be listed."""
        listing = await self._docker.containers()
        self._starved.there_are({item["Id"] for item in listing})
        found = await asyncio.gather(*(self._look(item["Id"], item) for item in listing))
        self._told = {container.id: container for container in found if container is not None}
        self._down = ""
        self._retry = _FIRST_RETRY
        self._tell(Containers(tuple(self._told.values())))
        undescribed, self._dirty = tuple(self._dirty), set()
        return undescribed

    async def _refresh(self, id: str) -> None:
        """Inspect a container until no event came meanwhile; one of these runs for each container."""
        try:
            again = True
            while again:
                self._dirty.discard(id)
                container = await self._look(id)
                if id in self._gone:
                    return
                again = id in self._dirty
                # What another event has outdated already would only make the state flicker.
                if container is not None and not again:
                    self._change(container)
        finally:
            self._busy.discard(id)
            self._gone.discard(id)

    def _foretell(self, id: str, event: dict[str, Any]) -> None:
        """Tell an end as the event says it. Docker describes it only 0.1 s later, cleaned up."""
        told = self._told.get(id)
        code = exit_code_of(event)
        if told is not None and code is not None:
            at = moment_of(event)
            killed = self._starved.at(id)
            reason = end_text(code, out_of_memory=is_starved(code, told.started, at, killed))
            ended = {"state": "exited", "reason": reason, "exit_code": code, "finished": at, "ports": ()}
            self._change(replace(told, **ended, out_of_memory=killed))

    def _change(self, container: Container) -> None:
        if self._told.get(container.id) != container:
            self._told[container.id] = container
            self._tell(ContainerChanged(container))

    async def _look(self, id: str, listed: dict[str, Any] | None = None) -> Container | None:
        """The container as it is; None if it is going. One Docker cannot describe now keeps nobody else waiting."""
        try:
            async with self._slots:
                told = await self._docker.inspect(id, _INSPECT_LIMIT)
                return from_inspect(told, self._starved.at(id))
        except NotFound:
            return None
        except HostError:
            pass
        except Unavailable:
            await self._docker.ping(_PING_LIMIT)
            # The daemon is well, so it is this container: one that is being started may be locked for long.
            self._dirty.add(id)
        if listed is not None:
            return from_listing(listed)
        await self._clock.sleep(_LAST_RETRY)
        return self._told.get(id)

    def _forget(self, id: str) -> None:
        if id in self._busy:
            self._gone.add(id)
        if self._told.pop(id, None) is not None:
            self._tell(ContainerGone(id))

    async def _ping(self, tasks: asyncio.TaskGroup) -> None:
        while True:
            await self._clock.sleep(_PING_EVERY)
            await self._docker.ping(_PING_LIMIT)
            self._starved.turn(self._clock.now())
            self._touch_noted(tasks)


def _first(failure: BaseException) -> str:
    """What the first of a group says; they are all about the same daemon."""
    if isinstance(failure, BaseExceptionGroup):
        return _first(cast("BaseExceptionGroup[BaseException]", failure).exceptions[0])
    return str(failure)
