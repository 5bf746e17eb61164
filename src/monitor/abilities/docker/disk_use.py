"""DiskUse: what a Docker daemon is asked about the space it takes; slow, for it walks through files to answer.

Engines before 23 (API 1.42) always count everything, and refuse to while they do; so all who ask at once wait for one
answer.
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import Unavailable

if TYPE_CHECKING:
    from monitor.abilities.docker.connection import Connection

_LONGEST = 900.0
"""Seconds the daemon is given while somebody waits."""
_ONE_KIND = (1, 42)
"""The first API version that counts one kind only."""


class Taken(NamedTuple):
    """Bytes, by what takes them."""

    images: int = 0
    containers: int = 0
    volumes: int = 0
    build_cache: int = 0


@dataclass
class _Count:
    task: "asyncio.Task[dict[str, Any]]"
    waiting: int = 0


class DiskUse:
    """Of one daemon; `count` raises as Connection does."""

    def __init__(self, docker: "Connection", clock: Clock) -> None:
        self._docker = docker
        self._clock = clock
        self._counts: dict[str, _Count] = {}

    async def count(self, kind: str = "", *, limit: float) -> dict[str, Any]:
        """What takes up how much: `volume`, `build-cache`, or all. Unavailable unless it comes within `limit`
        seconds; the daemon is let go once nobody waits for it.
        """
        kind = kind if await self._docker.api() >= _ONE_KIND else ""
        count = self._counts.get(kind)
        if count is None or count.task.done():
            count = self._counts[kind] = _Count(asyncio.create_task(self._ask(kind)))
        count.waiting += 1
        try:
            async with deadline(self._clock, limit):
                return await asyncio.shield(count.task)
        except TimeoutError:
            raise Unavailable(f"Docker has not counted what it takes of the disk within {limit:g} s") from None
        finally:
            count.waiting -= 1
            if not count.waiting:
                count.task.cancel()
                if self._counts.get(kind) is count:
                    del self._counts[kind]  # with the answer, which is large where there is much cache of builds

    @property
    def counting(self) -> int:
        """How many counts somebody waits for."""
        return len(self._counts)

    async def _ask(self, kind: str) -> dict[str, Any]:
        query = {"type": kind} if kind else {}
        return await self._docker.ask("GET", "/system/df", query, limit=_LONGEST)


def taken(told: dict[str, Any]) -> Taken:
    """Of a whole count, summed as `docker system df` sums: layers once, cache that is an image's not at all."""
    volumes: list[dict[str, Any]] = [volume.get("UsageData") or {} for volume in told.get("Volumes") or ()]
    cache = (record for record in told.get("BuildCache") or () if not record.get("Shared"))
    return Taken(
        images=max(int(told.get("LayersSize") or 0), 0),
        containers=sum(int(each.get("SizeRw") or 0) for each in told.get("Containers") or ()),
        volumes=sum(max(int(usage.get("Size") or 0), 0) for usage in volumes),
        build_cache=sum(int(record.get("Size") or 0) for record in cache),
    )
