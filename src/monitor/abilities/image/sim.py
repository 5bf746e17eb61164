"""A simulated host's images."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from monitor.abilities.agent.contract import CallHandler, JobHandler, Run
from monitor.abilities.docker.tidy import tidy
from monitor.abilities.image.calls import (
    Freed,
    Going,
    HostImage,
    ImageLayers,
    InspectImage,
    Layer,
    ListImages,
    MeasureImages,
    RemoveImages,
)
from monitor.kernel.errors import Conflict, NotFound
from monitor.kernel.ownership import BUILD_LABEL, CORE_LABEL
from monitor.kernel.tidied import Tidied
from monitor.testing.machine import Machine
from monitor.testing.things import SimulatedImage, made_up


async def list_images(machine: Machine, call: ListImages) -> tuple[HostImage, ...]:
    """Every reference, and what lost its name."""
    machine.need_docker()
    return tuple(image for image, _ in _all(machine))


async def inspect(machine: Machine, call: InspectImage) -> dict[str, Any]:
    """A little of what the Engine would say."""
    machine.need_docker()
    image, seen = _find(machine, call.image)
    return {
        "Id": image.id,
        "RepoTags": list(image.tags),
        "RepoDigests": list(image.digests),
        "Created": image.created.isoformat(),
        "Size": image.size,
        "Architecture": "amd64",
        "Os": "linux",
        "Config": {"Env": ["PATH=***"], "Labels": dict(seen.labels)},
        "RootFS": {"Type": "layers", "Layers": [_layer(command) for command in reversed(seen.commands)]},
    }


async def layers(machine: Machine, call: ImageLayers) -> tuple[Layer, ...]:
    """The size lies in the oldest ones; the newest only say something."""
    machine.need_docker()
    image, seen = _find(machine, call.image)
    count = max(1, len(seen.commands))
    sizes = [seen.size if at == count - 1 else 0 for at in range(count)]
    if count > 2:
        sizes[-1], sizes[-2] = seen.size * 2 // 3, seen.size - seen.size * 2 // 3
    return tuple(
        Layer(
            command=command,
            size=sizes[at],
            created=image.created - timedelta(seconds=at),
            tags=image.tags if at == 0 else (),
        )
        for at, command in enumerate(seen.commands or ("",))
    )


async def measure(machine: Machine, call: MeasureImages) -> Freed:
    """Each has layers of its own."""
    machine.need_docker()
    return Freed(bytes=sum(image.size for image, _ in _all(machine) if image.id in call.images), exact=True)


async def remove(run: Run, job: RemoveImages) -> Tidied:
    """Refused like the daemon does: while containers were made from it."""
    machine = run.agent
    assert isinstance(machine, Machine)  # noqa: S101 - what a simulated host gives its jobs
    machine.need_docker()
    sizes = {image.id: image.size for image, _ in _all(machine)}
    done = await tidy(run, {" ".join(going.tags) or going.id: _removal(machine, going) for going in job.images})
    gone = sum(sizes.get(going.id, 0) for going in job.images)
    return Tidied(removed=done.removed, left=done.left, freed=gone if job.measure and not done.left else None)


def _removal(machine: Machine, going: Going) -> Any:
    async def take() -> None:
        await machine.spend("remove")
        if any(c.view.image_id == going.id for c in machine.containers.values()) and not going.force:
            raise Conflict(f"conflict: unable to remove {going.id[:19]}: a container is using it")
        image, _ = _find(machine, going.id)
        machine.images -= set(going.tags or image.tags)
        machine.untagged.discard(going.id)
        machine.tell("image")

    return take


def _all(machine: Machine) -> Iterator[tuple[HostImage, SimulatedImage]]:
    by_id: dict[str, list[str]] = {}
    for reference in sorted(machine.images):
        by_id.setdefault(machine.image_id(reference), []).append(reference)
    for id, references in by_id.items():
        seen = machine.described.get(references[0]) or made_up(references[0])
        tags = tuple(reference for reference in references if "@" not in reference)
        pulled = [reference for reference in references if reference in machine.registry]
        digests = tuple(f"{_repository(reference)}@{_layer(reference)}" for reference in pulled)
        yield _host_image(id, seen, tags, digests), seen
    for id in sorted(machine.untagged):
        seen = machine.described.get(id) or made_up(id)
        yield _host_image(id, seen, (), ()), seen


def _repository(reference: str) -> str:
    name = reference.partition("@")[0]
    head, _, tag = name.rpartition(":")
    return head if head and "/" not in tag else name


def _host_image(id: str, seen: SimulatedImage, tags: tuple[str, ...], digests: tuple[str, ...]) -> HostImage:
    return HostImage(
        id=id,
        tags=tags,
        digests=digests,
        size=seen.size,
        created=seen.created,
        core=seen.labels.get(CORE_LABEL, ""),
        build=seen.labels.get(BUILD_LABEL, ""),
        version=seen.labels.get("monitor.version", ""),
    )


def _find(machine: Machine, id: str) -> tuple[HostImage, SimulatedImage]:
    for image, seen in _all(machine):
        if image.id == id:
            return image, seen
    raise NotFound(f"No such image: {id}")


def _layer(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


CALLS = (
    CallHandler(ListImages, list_images),
    CallHandler(InspectImage, inspect),
    CallHandler(ImageLayers, layers),
    CallHandler(MeasureImages, measure),
)
JOBS = (JobHandler(RemoveImages, remove),)
