"""A simulated host's way of cleaning up: the same steps and refusals."""

from functools import partial
from typing import Any

from msgspec.structs import replace

from monitor.abilities.agent.contract import CallHandler, JobHandler, Run
from monitor.abilities.cleaning.calls import (
    CacheRecord,
    Cleaned,
    CleanUp,
    ContainerSize,
    DockerDisk,
    GoingCache,
    GoingImage,
    GoingMirror,
    KeptImage,
    Kind,
    ListBuildCache,
    ListMirrors,
    LookIntoImages,
    MeasureContainers,
    MeasureDisk,
    Mirror,
)
from monitor.abilities.cleaning.going import freed_by, named, take_away
from monitor.abilities.image.calls import ListImages
from monitor.abilities.image.sim import list_images
from monitor.abilities.network.sim import removal as network_removal
from monitor.abilities.unmanaged.calls import Unmanaged
from monitor.abilities.unmanaged.judging import judge
from monitor.kernel.errors import Conflict, NotFound
from monitor.testing.machine import Machine

_WROTE = 1_000_000
"""Bytes each simulated container wrote into itself."""


async def look_into_images(machine: Machine, call: LookIntoImages) -> tuple[KeptImage, ...]:
    """Each has a layer of its own, above those of what it was made from."""
    there = {image.id: image for image in await list_images(machine, ListImages())}
    parents = machine.leftovers.parents

    def layers(id: str) -> tuple[tuple[str, int], ...]:
        parent = parents.get(id, "")
        below = layers(parent) if parent in there else ()
        size = there[id].size - sum(size for _, size in below)
        return (*below, (id, max(0, size)))

    return tuple(
        KeptImage(image=replace(image, parent=parents.get(id, "")), here=image.created, layers=layers(id))
        for id, image in there.items()
    )


async def measure_containers(machine: Machine, call: MeasureContainers) -> tuple[ContainerSize, ...]:
    """All wrote the same."""
    machine.need_docker()
    return tuple(ContainerSize(id=id, bytes=_WROTE) for id in call.containers if id in machine.containers)


async def list_build_cache(machine: Machine, call: ListBuildCache) -> tuple[CacheRecord, ...]:
    """As a test put it there."""
    machine.need_docker()
    return tuple(machine.leftovers.cache)


async def list_mirrors(machine: Machine, call: ListMirrors) -> tuple[Mirror, ...]:
    """As a test put it there."""
    return tuple(machine.leftovers.mirrors.values())


async def measure_disk(machine: Machine, call: MeasureDisk) -> DockerDisk:
    """As a test says."""
    machine.need_docker()
    return machine.leftovers.disk


async def clean_up(run: Run, job: CleanUp) -> Cleaned:
    """In the same order."""
    machine = run.agent
    assert isinstance(machine, Machine)  # noqa: S101 - what a simulated host gives its jobs
    kinds: list[Kind] = []
    if job.mirrors:
        going = [(one.key, partial(_forget, machine, one)) for one in job.mirrors]
        kinds.append(await take_away(run, "git_mirrors", going))
    if job.containers:
        going = [(one.name, partial(_remove_container, machine, one)) for one in job.containers]
        kinds.append(await take_away(run, "containers", going))
    if job.cache is not None:
        kinds.append(await _prune_cache(run, machine, job.cache))
    if job.images:
        kinds.append(await _remove_images(run, machine, job.images))
        if job.cache is not None and kinds[-1].removed:
            await _prune_cache(run, machine, job.cache)  # for what only those had shared with it: here nothing
    if job.networks:
        going = [(one.name, partial(_remove_network, machine, one.id)) for one in job.networks]
        kinds.append(await take_away(run, "networks", going))
    return Cleaned(kinds=tuple(kinds))


async def _forget(machine: Machine, going: GoingMirror) -> int:
    mirror = machine.leftovers.mirrors.get(going.key)
    if mirror is None:
        raise NotFound("there is no such mirror")
    if mirror.used > going.used:
        raise Conflict("a build has used it since")
    del machine.leftovers.mirrors[going.key]
    return mirror.bytes


async def _remove_container(machine: Machine, meant: Unmanaged) -> int:
    await machine.spend("remove")
    container = machine.find(meant.id)
    judge(meant, container.view.id, dict(container.view.labels))
    if container.view.state == "running":
        raise Conflict(f"You cannot remove a running container {meant.id}")
    machine.remove(container)
    return _WROTE


async def _prune_cache(run: Run, machine: Machine, going: GoingCache) -> Kind:
    async with run.step("build_cache"):
        now = machine.clock.now()
        by_use = sorted((one for one in machine.leftovers.cache if not one.held), key=lambda one: one.used)
        gone = [one for one in by_use if going.unused_for and (now - one.used).total_seconds() >= going.unused_for]
        left = sum(one.bytes for one in machine.leftovers.cache) - sum(one.bytes for one in gone)
        for one in by_use:
            if going.keep is not None and one not in gone and left > going.keep:
                gone.append(one)
                left -= one.bytes
        machine.leftovers.cache = [one for one in machine.leftovers.cache if one not in gone]
    return Kind(kind="build_cache", removed=len(gone), freed=sum(one.bytes for one in gone))


async def _remove_images(run: Run, machine: Machine, going: tuple[GoingImage, ...]) -> Kind:
    gone: list[GoingImage] = []

    async def remove(image: GoingImage) -> int:
        await machine.spend("remove")
        _take(machine, image)
        gone.append(image)
        return 0

    done = await take_away(run, "images", [(named(image), partial(remove, image)) for image in going])
    return replace(done, freed=freed_by(gone, [image for image in going if image not in gone]))


def _take(machine: Machine, image: GoingImage) -> None:
    names = {name for name in machine.images if machine.image_id(name) == image.id}
    if not names and image.id not in machine.untagged:
        raise NotFound(f"No such image: {image.id}")
    if names - set(image.tags):
        raise Conflict("it has got another name since it was looked at")
    if not image.tags and machine.held.building:
        raise Conflict("a build is under way, which may go on from it")
    for name in machine.held.names:
        if image.id in (name, machine.image_id(name)):
            raise Conflict(f"a deploy or pull of {name} is under way")
    if any(one.view.image_id == image.id for one in machine.containers.values()):
        raise Conflict(f"conflict: unable to remove {image.id[:19]}: a container is using it")
    machine.images -= names
    machine.untagged.discard(image.id)
    machine.tell("image")


async def _remove_network(machine: Machine, id: str) -> int:
    take: Any = network_removal(machine, id)
    await take()
    return 0


CALLS = (
    CallHandler(LookIntoImages, look_into_images),
    CallHandler(MeasureContainers, measure_containers),
    CallHandler(ListBuildCache, list_build_cache),
    CallHandler(ListMirrors, list_mirrors),
    CallHandler(MeasureDisk, measure_disk),
)
JOBS = (JobHandler(CleanUp, clean_up),)
