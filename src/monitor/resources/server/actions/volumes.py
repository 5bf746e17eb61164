"""Volumes: listing them, looking into them, making and removing them."""

from typing import Any

from monitor.abilities.volume.calls import CreateVolume as Make
from monitor.abilities.volume.calls import HostVolume, MeasureVolumes, RemoveVolumes, VolumeSize
from monitor.abilities.volume.calls import InspectVolume as Inspect
from monitor.abilities.volume.calls import ListVolumes as AskVolumes
from monitor.kernel.context import Context
from monitor.kernel.job import Job
from monitor.kernel.tidied import Tidied
from monitor.resources.server.actions.things import again, is_shown, missing, refuse_used, summary, users
from monitor.resources.server.bodies import volume_body, volume_needs
from monitor.resources.server.operations.volumes import (
    CreateVolume,
    DockerVolume,
    InspectVolume,
    ListVolumes,
    PreviewVolumePrune,
    PruneVolumes,
    RemoveVolume,
    VolumeSizes,
    VolumesToPrune,
)
from monitor.resources.server.spec import SERVER
from monitor.resources.server.uses import Uses

_WAY_OUT = "remove those containers, or take the volume out of those configs, first"


async def list_volumes(ctx: Context, op: ListVolumes) -> tuple[DockerVolume, ...]:
    """Those the caller may know of; those with a name first."""
    volumes = [_shown(volume, uses) for volume, uses in await _all(ctx) if is_shown(ctx, uses)]
    return tuple(sorted(volumes, key=lambda volume: (volume.anonymous, volume.name)))


async def inspect_volume(ctx: Context, op: InspectVolume) -> dict[str, Any]:
    """The Engine's own description."""
    _pick(ctx, await _all(ctx), op.volume)
    return await ctx.host(ctx.target(SERVER).id).call(Inspect(name=op.volume))


async def volume_sizes(ctx: Context, op: VolumeSizes) -> tuple[VolumeSize, ...]:
    """Of those the caller may know of."""
    sizes = await ctx.host(ctx.target(SERVER).id).call(MeasureVolumes())
    used = users(ctx)
    return tuple(size for size in sizes if is_shown(ctx, used.of_volume(size.name)))


async def preview_prune(ctx: Context, op: PreviewVolumePrune) -> VolumesToPrune:
    """What `prune` would remove now, and what it would leave although nothing uses it."""
    there = await _all(ctx)
    going = frozenset(_going(ctx, op, there))
    found = sorted((_shown(volume, uses) for volume, uses in there if not uses.used), key=lambda shown: shown.name)
    return VolumesToPrune(
        volumes=tuple(volume for volume in found if volume.name in going),
        staying=tuple(volume for volume in found if volume.name not in going and not volume.anonymous),
    )


def check_create(ctx: Context, op: CreateVolume) -> None:
    """What it asks for, and the right to it."""
    ctx.require_host_powers(ctx.target(SERVER).id, volume_needs(volume_body(op)))


async def prepare_create(ctx: Context, op: CreateVolume) -> Job[None]:
    """Checked again: it may have waited."""
    check_create(ctx, op)
    return Job(server=ctx.target(SERVER).id, work=Make(name=op.volume, body=volume_body(op)))


async def settle_create(ctx: Context, op: CreateVolume, result: None) -> None:
    """The list comes from the host."""
    ctx.summary(f"made the volume {op.volume}")


async def look_remove(ctx: Context, op: RemoveVolume) -> None:
    """Conflict with what uses it, for the caller alone."""
    _, uses = _pick(ctx, await _all(ctx), op.volume)
    refuse_used("volume", op.volume, uses, way_out=_WAY_OUT)


async def prepare_remove(ctx: Context, op: RemoveVolume) -> Job[Tidied]:
    """Looked at again: it may have waited."""
    await again(look_remove(ctx, op))
    return Job(server=ctx.target(SERVER).id, work=RemoveVolumes(names=(op.volume,)))


async def look_prune(ctx: Context, op: PruneVolumes) -> None:
    """Conflict where one of those named is used."""
    await _pruned(ctx, op)


async def prepare_prune(ctx: Context, op: PruneVolumes) -> Job[Tidied]:
    """Looked at again: it may have waited."""
    names = await again(_pruned(ctx, op))
    if not names:
        return Job(server=ctx.target(SERVER).id, result=Tidied(removed=()))
    return Job(server=ctx.target(SERVER).id, work=RemoveVolumes(names=names))


async def _pruned(ctx: Context, op: PruneVolumes) -> tuple[str, ...]:
    return _going(ctx, op, await _all(ctx))


def _going(
    ctx: Context, op: PruneVolumes | PreviewVolumePrune, there: list[tuple[HostVolume, Uses]]
) -> tuple[str, ...]:
    """One with a name goes only if it is given."""
    if not op.volumes:
        return tuple(volume.name for volume, uses in there if volume.anonymous and not uses.used)
    for name in op.volumes:
        _, uses = _pick(ctx, there, name)
        refuse_used("volume", name, uses, way_out=_WAY_OUT)
    return tuple(dict.fromkeys(op.volumes))


async def settle_remove(ctx: Context, op: RemoveVolume | PruneVolumes, result: Tidied) -> None:
    """What came of it."""
    summary(ctx, "volume", result, (op.volume,) if isinstance(op, RemoveVolume) else ())


async def _all(ctx: Context) -> list[tuple[HostVolume, Uses]]:
    volumes = await ctx.host(ctx.target(SERVER).id).call(AskVolumes())
    used = users(ctx)
    return [(volume, used.of_volume(volume.name)) for volume in volumes]


def _pick(ctx: Context, there: list[tuple[HostVolume, Uses]], name: str) -> tuple[HostVolume, Uses]:
    """The volume of this name, if the caller may know of it."""
    for volume, uses in there:
        if volume.name == name and is_shown(ctx, uses):
            return volume, uses
    raise missing("volume", name)


def _shown(volume: HostVolume, uses: Uses) -> DockerVolume:
    return DockerVolume(
        name=volume.name,
        driver=volume.driver,
        created=volume.created,
        anonymous=volume.anonymous,
        bind=volume.bind,
        project=volume.project,
        used_by=uses.seen,
        others=uses.hidden,
    )


VOLUMES = (
    ListVolumes.by(list_volumes),
    InspectVolume.by(inspect_volume),
    VolumeSizes.by(volume_sizes),
    PreviewVolumePrune.by(preview_prune),
    CreateVolume.by(prepare_create, settle_create, result=type(None), check=check_create),
    RemoveVolume.by(prepare_remove, settle_remove, result=Tidied, look=look_remove),
    PruneVolumes.by(prepare_prune, settle_remove, result=Tidied, look=look_prune),
)
