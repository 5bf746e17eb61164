"""The agent's way of working on images."""

from typing import Any

import msgspec

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler, Run
from monitor.abilities.container.masking import masked
from monitor.abilities.docker.images import Images
from monitor.abilities.docker.tidy import Remove, tidy
from monitor.abilities.image import listed
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
from monitor.abilities.image.freed import freed
from monitor.kernel.errors import NotFound
from monitor.kernel.tidied import Tidied


async def list_images(agent: Agent, call: ListImages) -> tuple[HostImage, ...]:
    """As the daemon lists them."""
    return tuple(listed.image(item) for item in await Images(agent.docker).all())


async def inspect(agent: Agent, call: InspectImage) -> dict[str, Any]:
    """The daemon's own description, values of the environment masked, where it stands twice too."""
    told = masked(await Images(agent.docker).inspect(call.image))
    made: dict[str, Any] = told.get("ContainerConfig") or {}
    return {**told, "ContainerConfig": masked({"Config": made})["Config"]} if made else told


async def layers(agent: Agent, call: ImageLayers) -> tuple[Layer, ...]:
    """Newest first."""
    return tuple(listed.layer(item) for item in await Images(agent.docker).history(call.image))


async def measure(agent: Agent, call: MeasureImages) -> Freed:
    """Layers that others have do not count."""
    return await freed(Images(agent.docker), agent.clock, call.images)


async def remove(run: Run, job: RemoveImages) -> Tidied:
    """Measured before, since nothing tells it afterwards."""
    images = Images(run.agent.docker)
    room = await freed(images, run.agent.clock, [going.id for going in job.images]) if job.measure else None
    done = await tidy(run, {_name(going): _removal(images, going) for going in job.images})
    sound = room is not None and room.exact and not done.left
    return msgspec.structs.replace(done, freed=room.bytes) if room is not None and sound else done


def _name(going: Going) -> str:
    return " ".join(going.tags) or going.id


def _removal(images: Images, going: Going) -> Remove:
    async def remove() -> None:
        gone = 0
        for name in going.tags or (going.id,):
            try:
                # A name may have moved to another image since it was looked at.
                if (await images.inspect(name))["Id"] == going.id:
                    await images.remove(name, force=going.force, parents=going.parents)
                    continue
            except NotFound:
                pass  # with its last tag a digest of the same repository goes, too
            gone += 1
        if gone == len(going.tags or (going.id,)):
            raise NotFound(f"No such image: {going.id}")

    return remove


CALLS: tuple[CallHandler, ...] = (
    CallHandler(ListImages, list_images),
    CallHandler(InspectImage, inspect),
    CallHandler(ImageLayers, layers),
    CallHandler(MeasureImages, measure),
)
FEEDS: tuple[FeedHandler, ...] = ()
JOBS: tuple[JobHandler, ...] = (JobHandler(RemoveImages, remove),)
