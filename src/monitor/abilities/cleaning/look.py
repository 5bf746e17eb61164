"""Look: what a host has of what could be cleaned, and how much it is."""

import asyncio
import hashlib
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.abilities.agent.contract import Agent
from monitor.abilities.cleaning.calls import (
    CacheRecord,
    ContainerSize,
    DockerDisk,
    KeptImage,
    ListBuildCache,
    ListMirrors,
    LookIntoImages,
    MeasureContainers,
    MeasureDisk,
    Mirror,
)
from monitor.abilities.docker.cache import BuildCache
from monitor.abilities.docker.images import Images
from monitor.abilities.image import listed
from monitor.abilities.image.freed import sizes_of
from monitor.abilities.volume.listed import when
from monitor.kernel.clock import deadline
from monitor.kernel.errors import HostError, MonitorError, NotFound

_AT_ONCE = 8
_WITHIN = 35.0
"""Seconds for looking into every image, or measuring containers."""
_REMEMBERED = timedelta(days=2)
_ARRIVALS = ("pull", "tag", "load", "import")


async def look_into_images(agent: Agent, call: LookIntoImages) -> tuple[KeptImage, ...]:
    """As the daemon tells it; it keeps no time of a pulled one, so arrivals and uses that were seen count too."""
    images = Images(agent.docker)
    told = await images.everything()
    used = {container["ImageID"] for container in await agent.docker.containers()}
    seen = agent.seen.note([item["Id"] for item in told], used, agent.clock.now())
    arrived = {**seen, **await _arrivals(agent)}
    slots, found = asyncio.Semaphore(_AT_ONCE), list[KeptImage]()

    async def look(item: Mapping[str, Any]) -> None:
        async with slots:
            with suppress(NotFound, HostError):
                inspected = await images.inspect(item["Id"])
                found.append(_kept(item, inspected, await images.history(item["Id"]), arrived))

    with suppress(TimeoutError):
        async with deadline(agent.clock, _WITHIN), asyncio.TaskGroup() as tasks:
            for item in told:
                tasks.create_task(look(item))
    return tuple(found)


def _kept(
    item: Mapping[str, Any],
    inspected: Mapping[str, Any],
    history: Sequence[Mapping[str, Any]],
    arrived: Mapping[str, datetime],
) -> KeptImage:
    image = listed.image(item)
    root: dict[str, Any] = inspected.get("RootFS") or {}
    layers: list[str] = root.get("Layers") or []
    sizes = sizes_of(history, len(layers))
    metadata: dict[str, Any] = inspected.get("Metadata") or {}
    known = [
        when(metadata.get("LastTagTime")),
        *(arrived.get(name) for name in (image.id, *image.tags, *image.digests)),
    ]
    return KeptImage(
        image=image,
        here=max(image.created, *(time for time in known if time is not None)) if any(known) else image.created,
        layers=_chain(layers, sizes) if sizes is not None else ((image.id, image.size),),
        exact=sizes is not None,
    )


def _chain(layers: Sequence[str], sizes: Sequence[int]) -> tuple[tuple[str, int], ...]:
    """The same layer on another ground is another one to the daemon (as the image-spec's ChainID has it)."""
    named: list[tuple[str, int]] = []
    below = ""
    for layer, size in zip(layers, sizes, strict=True):
        below = hashlib.sha256(f"{below} {layer}".encode()).hexdigest()[:24]
        named.append((below, size))
    return tuple(named)


async def _arrivals(agent: Agent) -> dict[str, datetime]:
    """When images came that the daemon remembers the coming of, by id or name."""
    now = agent.clock.now()
    found: dict[str, datetime] = {}
    with suppress(MonitorError):
        async for event in agent.docker.happened(now - _REMEMBERED, now, _ARRIVALS, ("image",)):
            actor: dict[str, Any] = event.get("Actor") or {}
            at = datetime.fromtimestamp(event.get("time") or 0, UTC)
            named: dict[str, str] = actor.get("Attributes") or {}
            for name in (actor.get("ID"), named.get("name")):
                if name:
                    found[name] = max(at, found.get(name, at))
    return found


async def measure_containers(agent: Agent, call: MeasureContainers) -> tuple[ContainerSize, ...]:
    """Each counted file by file."""
    slots, found = asyncio.Semaphore(_AT_ONCE), list[ContainerSize]()

    async def measure(id: str) -> None:
        async with slots:
            with suppress(NotFound, HostError):
                found.append(ContainerSize(id=id, bytes=await agent.docker.written(id)))

    with suppress(TimeoutError):
        async with deadline(agent.clock, _WITHIN), asyncio.TaskGroup() as tasks:
            for id in call.containers:
                tasks.create_task(measure(id))
    return tuple(found)


async def list_build_cache(agent: Agent, call: ListBuildCache) -> tuple[CacheRecord, ...]:
    """As the daemon lists it."""
    return tuple(_record(item) for item in await BuildCache(agent.docker).all())


def _record(item: Mapping[str, Any]) -> CacheRecord:
    used = when(item.get("LastUsedAt")) or when(item.get("CreatedAt")) or datetime(1970, 1, 1, tzinfo=UTC)
    held = bool(item.get("InUse") or item.get("Shared"))
    return CacheRecord(id=item["ID"], bytes=int(item.get("Size") or 0), used=used, held=held)


async def list_mirrors(agent: Agent, call: ListMirrors) -> tuple[Mirror, ...]:
    """Each with its size."""
    kept = await asyncio.to_thread(agent.mirrors.all)
    return tuple(
        Mirror(key=one.key, url=one.url, root=one.root, bytes=one.bytes, used=datetime.fromtimestamp(one.used, UTC))
        for one in kept
    )


async def measure_disk(agent: Agent, call: MeasureDisk) -> DockerDisk:
    """Where the daemon says that its data are; an agent in a container of its own may not see that."""
    folder = str((await agent.docker.info()).get("DockerRootDir") or "")
    try:
        seen = os.statvfs(folder)
    except (OSError, ValueError):
        return DockerDisk(used=0, total=0)
    used = (seen.f_blocks - seen.f_bfree) * seen.f_frsize
    return DockerDisk(used=used, total=used + seen.f_bavail * seen.f_frsize)
