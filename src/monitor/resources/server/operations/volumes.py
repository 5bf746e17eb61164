"""Volumes of a server."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.volume.calls import VolumeName, VolumeSize
from monitor.kernel.marks import host_power, shown
from monitor.kernel.operation import Action, Needs, Query
from monitor.kernel.permission import HostPower, Right
from monitor.resources.server.operations.things import DOCS, Labels, Options, UsedBy

OneVolume = Annotated[VolumeName, shown("Volume", "Its name.")]


class DockerVolume(Struct, frozen=True, kw_only=True):
    """One volume of a server."""

    name: str
    driver: str
    created: datetime | None = None
    anonymous: bool = False
    """Docker made up its name."""
    bind: bool = False
    """Who mounts it reaches a folder of the host, a device or another machine."""
    project: str = ""
    """Compose project, or empty."""
    used_by: tuple[UsedBy, ...] = ()
    """What uses it, as far as the reader may see."""
    others: int = 0
    """How much more uses it that the reader may not see."""


class ListVolumes(Query[tuple[DockerVolume, ...]], frozen=True, kw_only=True, tag="server.volumes"):
    """Volumes of the server: those of what the caller may see, and with the right `unmanaged` those nobody uses."""


class InspectVolume(Query[dict[str, Any]], frozen=True, kw_only=True, tag="server.inspect_volume"):
    """All Docker says of a volume; passwords among its options are masked."""

    needs: ClassVar[Needs] = Right.INSPECT
    part: ClassVar[str] = "volume"

    volume: OneVolume


class VolumeSizes(Query[tuple[VolumeSize, ...]], frozen=True, kw_only=True, tag="server.volume_sizes"):
    """How large the volumes are. Docker counts file by file, so it takes a while; after 45 s it is given up."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    part: ClassVar[str] = "volume"


class VolumesToPrune(Struct, frozen=True, kw_only=True):
    """What a prune would remove."""

    volumes: tuple[DockerVolume, ...]
    """These go: all anonymous ones that nothing uses, or those that were named."""
    staying: tuple[DockerVolume, ...] = ()
    """Nothing uses these either; they have a name, and go only if they are named."""


class PreviewVolumePrune(Query[VolumesToPrune], frozen=True, kw_only=True, tag="server.volumes_to_prune"):
    """Which volumes a prune would remove, of those that nothing uses: no container, running or not, and no deployment's
    config.
    """

    needs: ClassVar[Needs] = Right.UNMANAGED
    part: ClassVar[str] = "volume"

    volumes: Annotated[
        tuple[VolumeName, ...], Meta(max_length=10_000), shown("Volumes", "Only these; empty: all anonymous ones.")
    ] = ()


class CreateVolume(Action, frozen=True, kw_only=True, tag="server.create_volume"):
    """Make a volume."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    part: ClassVar[str] = "volume"

    volume: Annotated[
        VolumeName, shown("Name", "Letters, digits, `_`, `.` and `-`.", docs=f"{DOCS}/engine/storage/volumes/")
    ]
    driver: Annotated[
        str,
        Meta(max_length=256, pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.:/-]*$"),
        host_power(HostPower.BIND),
        shown(
            "Driver", "`local`, or a plug-in's, which is a host power.", docs=f"{DOCS}/engine/extend/plugins_volume/"
        ),
    ] = "local"
    labels: Labels = ()
    options: Annotated[Options, host_power(HostPower.BIND)] = ()


class RemoveVolume(Action, frozen=True, kw_only=True, tag="server.remove_volume"):
    """Remove a volume and all it holds; refused while a container or a deployment uses it."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    danger: ClassVar[bool] = True
    part: ClassVar[str] = "volume"

    volume: OneVolume


class PruneVolumes(Action, frozen=True, kw_only=True, tag="server.prune_volumes"):
    """Remove volumes nothing uses, and all they hold: the named ones, or all anonymous ones."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    danger: ClassVar[bool] = True
    preview: ClassVar[str] = "server.volumes_to_prune"
    part: ClassVar[str] = "volume"

    volumes: Annotated[
        tuple[VolumeName, ...],
        Meta(max_length=10_000),
        shown("Volumes", "Only these; empty: all anonymous ones. One with a name goes only if it is given here."),
    ] = ()


VOLUMES = (
    *(ListVolumes, InspectVolume, VolumeSizes, PreviewVolumePrune),
    *(CreateVolume, RemoveVolume, PruneVolumes),
)
