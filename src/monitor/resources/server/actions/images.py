"""Images: listing them, looking into them, removing them."""

from typing import Any

from monitor.abilities.image.calls import (
    Going,
    HostImage,
    ImageLayers,
    Layer,
    MeasureImages,
    RemoveImages,
)
from monitor.abilities.image.calls import InspectImage as Inspect
from monitor.abilities.image.calls import ListImages as AskImages
from monitor.kernel.context import Context
from monitor.kernel.job import Job
from monitor.kernel.tidied import Tidied
from monitor.resources.server.actions.things import again, is_shown, missing, refuse_used, summary, users
from monitor.resources.server.operations.images import (
    DockerImage,
    ImageHistory,
    ImagesToPrune,
    InspectImage,
    ListImages,
    PreviewImagePrune,
    PruneImages,
    RemoveImage,
)
from monitor.resources.server.spec import SERVER
from monitor.resources.server.uses import Uses, find_image

_WAY_OUT = "remove what uses it first, or point it at another image"


async def list_images(ctx: Context, op: ListImages) -> tuple[DockerImage, ...]:
    """Those the caller may know of, newest first."""
    images = [_shown(image, uses) for image, uses in await _all(ctx) if is_shown(ctx, uses)]
    return tuple(sorted(images, key=lambda image: (image.created, image.id), reverse=True))


async def inspect_image(ctx: Context, op: InspectImage) -> dict[str, Any]:
    """The Engine's own description."""
    image, _, _ = await _find(ctx, op.image)
    return await ctx.host(ctx.target(SERVER).id).call(Inspect(image=image.id))


async def image_history(ctx: Context, op: ImageHistory) -> tuple[Layer, ...]:
    """Newest first."""
    image, _, _ = await _find(ctx, op.image)
    return await ctx.host(ctx.target(SERVER).id).call(ImageLayers(image=image.id))


async def preview_prune(ctx: Context, op: PreviewImagePrune) -> ImagesToPrune:
    """What `prune` would remove now, and how much room that makes."""
    found = await _pruned(ctx, op)
    room = await ctx.host(ctx.target(SERVER).id).call(MeasureImages(images=tuple(image.id for image in found)))
    shown = tuple(_shown(image, Uses()) for image in found)
    return ImagesToPrune(images=shown, bytes=room.bytes, exact=room.exact)


async def look_remove(ctx: Context, op: RemoveImage) -> None:
    """Conflict with what uses it, for the caller alone."""
    await _going(ctx, op)


async def prepare_remove(ctx: Context, op: RemoveImage) -> Job[Tidied]:
    """Looked at again: it may have waited."""
    going = await again(_going(ctx, op))
    return Job(server=ctx.target(SERVER).id, work=RemoveImages(images=(going,)))


async def _going(ctx: Context, op: RemoveImage) -> Going:
    image, tag, uses = await _find(ctx, op.image)
    # What keeps running from it stays as it is; what a deployment needs, or somebody unseen, nobody forces away.
    if not op.force or uses.kept or uses.hidden:
        force = "" if uses.kept or uses.hidden or not uses.used else "; `force` takes it from stopped containers"
        refuse_used("image", op.image, uses, way_out=_WAY_OUT + force)
    return _removal(image, keeps=_keeps_images(ctx), tags=(tag,) if tag else (), force=op.force)


async def look_prune(ctx: Context, op: PruneImages) -> None:
    """Conflict where one of those named is used."""
    await _pruned(ctx, op)


async def prepare_prune(ctx: Context, op: PruneImages) -> Job[Tidied]:
    """Looked at again: it may have waited."""
    found = await again(_pruned(ctx, op))
    if not found:
        return Job(server=ctx.target(SERVER).id, result=Tidied(removed=()))
    keeps = _keeps_images(ctx)
    going = tuple(_removal(image, keeps=keeps) for image in found)
    return Job(server=ctx.target(SERVER).id, work=RemoveImages(images=going, measure=True))


async def _pruned(ctx: Context, op: PruneImages | PreviewImagePrune) -> list[HostImage]:
    if not op.images:
        return [image for image, uses in await _all(ctx) if _prunable(image, uses, unused=op.unused)]
    there = await _all(ctx)
    found: dict[str, HostImage] = {}
    for name in op.images:
        image, _, uses = _pick(ctx, there, name)
        refuse_used("image", name, uses, way_out=_WAY_OUT)
        found[image.id] = image
    return list(found.values())


async def settle(ctx: Context, op: RemoveImage | PruneImages, result: Tidied) -> None:
    """What came of it; the lists come from the host."""
    summary(ctx, "image", result, (op.image,) if isinstance(op, RemoveImage) else ())


async def _all(ctx: Context) -> list[tuple[HostImage, Uses]]:
    images = await ctx.host(ctx.target(SERVER).id).call(AskImages())
    used = users(ctx, *await ctx.claimed_by_releases(ctx.target(SERVER).id))
    return [(image, used.of_image(image)) for image in images]


async def _find(ctx: Context, reference: str) -> tuple[HostImage, str, Uses]:
    return _pick(ctx, await _all(ctx), reference)


def _pick(ctx: Context, there: list[tuple[HostImage, Uses]], reference: str) -> tuple[HostImage, str, Uses]:
    """The image of this name or id, if the caller may know of it."""
    by_id = {image.id: uses for image, uses in there}
    found = find_image((image for image, _ in there), reference)
    if found is None or not is_shown(ctx, by_id[found[0].id]):
        raise missing("image", reference)
    return (*found, by_id[found[0].id])


def _prunable(image: HostImage, uses: Uses, *, unused: bool) -> bool:
    return not uses.used and (unused or not image.tags)


def _keeps_images(ctx: Context) -> bool:
    """Whether any resource on the server does."""
    return any(one.claims.images for one in ctx.claimed(ctx.target(SERVER).id))


def _removal(image: HostImage, *, keeps: bool, tags: tuple[str, ...] = (), force: bool = False) -> Going:
    """By one name, or whole. Its nameless parents stay where resources keep images: one of these may be such a one."""
    whole = (*image.tags, *image.digests)
    return Going(id=image.id, tags=tags or whole, force=force, parents=not (keeps and image.parent))


def _shown(image: HostImage, uses: Uses) -> DockerImage:
    return DockerImage(
        id=image.id,
        tags=image.tags,
        digests=image.digests,
        size=image.size,
        created=image.created,
        dangling=not image.tags,
        used_by=uses.seen,
        others=uses.hidden,
    )


IMAGES = (
    ListImages.by(list_images),
    InspectImage.by(inspect_image),
    ImageHistory.by(image_history),
    PreviewImagePrune.by(preview_prune),
    RemoveImage.by(prepare_remove, settle, result=Tidied, look=look_remove),
    PruneImages.by(prepare_prune, settle, result=Tidied, look=look_prune),
)
