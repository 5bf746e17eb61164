"""Freed: how much room the removal of images would leave, layer by layer."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from monitor.abilities.docker.images import Images
from monitor.abilities.image.calls import Freed
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import HostError, NotFound

_WITHIN = 25.0
"""Seconds for looking into every image of the host."""
_AT_ONCE = 8


class _Looked(NamedTuple):
    chain: tuple[tuple[str, ...], ...]
    """Its layers, each with all below it: the same layer on another ground is another one to the daemon."""
    sizes: tuple[int, ...] | None
    """Of each layer; None where they cannot be told apart."""
    whole: int


async def freed(images: Images, clock: Clock, going: Sequence[str]) -> Freed:
    """Bytes of the layers that only these have; at most so much where there is no time to look, or no telling."""
    sizes = {item["Id"]: item.get("Size") or 0 for item in await images.all()}
    gone = [id for id in dict.fromkeys(going) if id in sizes]
    try:
        async with deadline(clock, _WITHIN):
            looked = await _look_into(images, sizes, set(gone))
    except TimeoutError:
        return Freed(bytes=sum(sizes[id] for id in gone), exact=False)
    kept = {layers for id, seen in looked.items() if id not in gone for layers in seen.chain}
    return _count([looked[id] for id in gone if id in looked], kept)


def _count(gone: Sequence[_Looked], kept: set[tuple[str, ...]]) -> Freed:
    total, exact = 0, True
    counted = set(kept)
    for seen in gone:
        fresh = [layers not in counted for layers in seen.chain]
        counted.update(seen.chain)
        if seen.sizes is not None:
            total += sum(size for size, new in zip(seen.sizes, fresh, strict=True) if new)
        else:
            total += seen.whole if any(fresh) else 0
            exact = exact and (all(fresh) or not any(fresh))
    return Freed(bytes=total, exact=exact)


async def _look_into(images: Images, sizes: Mapping[str, int], gone: set[str]) -> dict[str, _Looked]:
    slots = asyncio.Semaphore(_AT_ONCE)
    looked: dict[str, _Looked] = {}

    async def look(id: str) -> None:
        async with slots:
            try:
                told = await images.inspect(id)
                history = await images.history(id) if id in gone else []
            except (NotFound, HostError):
                return
        root: dict[str, Any] = told.get("RootFS") or {}
        layers: list[str] = root.get("Layers") or []
        chain = tuple(tuple(layers[: at + 1]) for at in range(len(layers)))
        looked[id] = _Looked(chain, sizes_of(history, len(layers)), sizes[id])

    async with asyncio.TaskGroup() as tasks:
        for id in sizes:
            tasks.create_task(look(id))
    return looked


def sizes_of(history: Sequence[Mapping[str, Any]], layers: int) -> tuple[int, ...] | None:
    """Size of each layer from a history (newest first), whose steps need not all have made one."""
    sizes = [int(step.get("Size") or 0) for step in reversed(history)]
    made = [size for size in sizes if size]
    for found in (made, sizes):
        if len(found) == layers:
            return tuple(found)
    return None
