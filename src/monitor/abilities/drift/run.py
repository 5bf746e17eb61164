"""The agent's way of comparing a container with what it was asked to be."""

from typing import Any

from monitor.abilities.agent.contract import Agent, CallHandler
from monitor.abilities.container.calls import Label
from monitor.abilities.container.lookup import find_or_none
from monitor.abilities.container.registry import auth_header
from monitor.abilities.docker.described import Described, described
from monitor.abilities.docker.distribution import pushed_digest
from monitor.abilities.docker.engine import Engine
from monitor.abilities.drift.calls import CompareContainer, Compared, Difference
from monitor.abilities.drift.compare import differences
from monitor.kernel.errors import NotFound
from monitor.kernel.ownership import is_of


async def compare(agent: Agent, call: CompareContainer) -> Compared:
    """Asks the daemon for the container, its image and the one the body means; the registry only if told to."""
    docker = agent.docker
    told = await _own(docker, call)
    if told is None:
        return Compared(taken=await find_or_none(docker, call.name) is not None)
    seen = described(told)
    reference = str(call.body.get("Image") or "")
    means = await _image(docker, reference)
    runs = means if means.get("Id") == seen.image else await _image(docker, seen.image)
    return Compared(
        container=seen.id,
        activity=seen.labels.get(Label.ACTIVITY, ""),
        state=seen.state.status,
        health=seen.state.health.status if seen.state.health else "",
        image_id=seen.image,
        means=means.get("Id") or "",
        pushed=await pushed_digest(docker, reference, auth_header(call.auth, reference)) if call.ask_registry else "",
        digests=tuple(str(one).rpartition("@")[2] for one in runs.get("RepoDigests") or ()),
        differences=await _sure(docker, differences(call.name, call.body, runs, told, made=seen.id != call.container)),
    )


async def _sure(docker: Engine, told: tuple[Difference, ...]) -> tuple[Difference, ...]:
    """Without those the daemon made itself: where the kernel counts no swap, it asks for none."""
    swap = next((one for one in told if one.field == "HostConfig.MemorySwap" and one.found == "-1"), None)
    if swap is None or (await docker.info()).get("SwapLimit"):
        return told
    return tuple(one for one in told if one is not swap)


async def _own(docker: Engine, call: CompareContainer) -> dict[str, Any] | None:
    """The deployment's container: that of the name, else the one it made last; what the daemon says of it."""
    for name in (call.name, call.container):
        seen: Described | None = await find_or_none(docker, name) if name else None
        if seen is not None and is_of(call.deployment, seen.id, seen.labels):
            return await docker.inspect(seen.id)
    return None


async def _image(docker: Engine, reference: str) -> dict[str, Any]:
    """Nothing of one that is not there."""
    try:
        return await docker.image(reference)
    except NotFound:
        return {}


CALLS: tuple[CallHandler, ...] = (CallHandler(CompareContainer, compare),)
