"""Containers: what each of a host's containers used between one look and the next, as cheaply as the host allows.

Where the control groups can be seen, their files are read; else the daemon is listened to, one stream each.
"""

import asyncio
from contextlib import suppress
from typing import Any, NamedTuple

from msgspec.structs import replace

from monitor.abilities.container.calls import Label
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.insides import stats
from monitor.abilities.inside.usage import measured
from monitor.abilities.stats.cgroups import Cgroups, Counted
from monitor.kernel.clock import Clock
from monitor.kernel.errors import MonitorError
from monitor.kernel.insides import ContainerUsage
from monitor.kernel.samples import ContainerSample

_LIST_EVERY = 300.0
"""Seconds after which names are asked for again though no container came or went: one may have been renamed."""
_LIST_UNSEEN = 30.0
"""The same where no control group tells that one came."""
_LISTENED = 200
"""Streams at most, where the daemon is listened to."""


class Named(NamedTuple):
    """What a container is called, and whose it is."""

    name: str
    core: str
    deployment: str


class Containers:
    """Of one host. `measure` is called every ten seconds; rates are those since the call before."""

    def __init__(self, docker: Engine, clock: Clock, cgroups: Cgroups) -> None:
        self._docker = docker
        self._clock = clock
        self._cgroups = cgroups
        self._names: dict[str, Named] = {}
        self._asked_for: frozenset[str] = frozenset()
        self._listed_at = float("-inf")
        self._before: dict[str, tuple[float, Counted]] = {}
        self._streams: dict[str, asyncio.Task[None]] = {}
        self._heard: dict[str, ContainerUsage] = {}

    async def measure(self) -> tuple[ContainerSample, ...]:
        """Those that run; none while Docker has never said what they are called."""
        seen = self._cgroups.find()
        await self._list(seen)
        if not seen and self._names:
            return self._listen()
        self._leave(())
        now = self._clock.monotonic()
        counted = {id: told for id in seen & self._names.keys() if (told := self._cgroups.read(id)) is not None}
        found = tuple(self._sample(id, now, told) for id, told in counted.items())
        self._before = {id: (now, told) for id, told in counted.items()}
        return found

    async def stop(self) -> None:
        """End what is listened to."""
        tasks = list(self._streams.values())
        self._leave(())
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _list(self, seen: frozenset[str]) -> None:
        """Ask for names, once for each change of what there is."""
        passed = self._clock.monotonic() - self._listed_at
        if passed < (_LIST_EVERY if seen else _LIST_UNSEEN) and seen == self._asked_for:
            return
        with suppress(MonitorError):
            listing = await self._docker.ask("GET", "/containers/json")
            self._names = {item["Id"]: _named(item) for item in listing}
            self._asked_for, self._listed_at = seen, self._clock.monotonic()

    def _sample(self, id: str, now: float, told: Counted) -> ContainerSample:
        before = self._before.get(id)
        named = self._names[id]
        empty = _unknown(id, named, told.memory, told.pids)
        if before is None or (seconds := now - before[0]) <= 0:
            return empty
        was = before[1]

        def rate(this: int, then: int) -> float | None:
            # A counter that went back belongs to another life of the container.
            return (this - then) / seconds if this >= then else None

        cpu = rate(told.cpu, was.cpu)
        received, sent = (
            (rate(told.network[0], was.network[0]), rate(told.network[1], was.network[1]))
            if told.network and was.network
            else (None, None)
        )
        return replace(
            empty,
            cpu=None if cpu is None else cpu / 1e7,
            received=received,
            sent=sent,
            read=rate(told.read, was.read),
            written=rate(told.written, was.written),
        )

    def _listen(self) -> tuple[ContainerSample, ...]:
        """What each stream told last, once."""
        wanted = list(self._names)[:_LISTENED]
        self._leave(wanted)
        for id in wanted:
            if id not in self._streams or self._streams[id].done():
                self._streams[id] = asyncio.create_task(self._follow(id))
        heard, self._heard = self._heard, {}
        return tuple(_heard(id, self._names[id], usage) for id, usage in heard.items() if id in self._names)

    async def _follow(self, id: str) -> None:
        before: ContainerUsage | None = None
        count = 0
        with suppress(MonitorError):
            async with stats(self._docker, id) as readings:
                async for told in readings:
                    # One a second comes; the rates are to be those of the whole time in between.
                    usage = measured(told, before)
                    count += 1
                    if usage is not None:
                        self._heard[id] = usage
                    if count % 10 == 1:
                        before = usage

    def _leave(self, wanted: "list[str] | tuple[str, ...]") -> None:
        for id in self._streams.keys() - set(wanted):
            self._streams.pop(id).cancel()
            self._heard.pop(id, None)


def _named(item: dict[str, Any]) -> Named:
    labels: dict[str, str] = item.get("Labels") or {}
    names: list[str] = item.get("Names") or [""]
    # Of a container that others are linked to, the longer names are the links.
    name = min((each.lstrip("/") for each in names), key=lambda each: (each.count("/"), len(each)))
    return Named(name[:1000], labels.get(Label.CORE, "")[:1000], labels.get(Label.DEPLOYMENT, "")[:1000])


def _unknown(id: str, named: Named, memory: int, pids: int) -> ContainerSample:
    return ContainerSample(id, named.name, named.core, named.deployment, None, memory, None, None, None, None, pids)


def _heard(id: str, named: Named, usage: ContainerUsage) -> ContainerSample:
    return replace(
        _unknown(id, named, usage.memory, usage.pids),
        cpu=usage.cpu,
        received=usage.receiving,
        sent=usage.sending,
        read=usage.reading,
        written=usage.writing,
    )
