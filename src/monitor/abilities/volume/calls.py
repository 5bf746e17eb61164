"""Messages about volumes."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.call import Call
from monitor.kernel.hostview import Told
from monitor.kernel.job import HostJob
from monitor.kernel.tidied import Tidied

VolumeName = Annotated[str, Meta(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}$")]
"""A volume's name, as Docker allows them."""


class HostVolume(Struct, frozen=True, kw_only=True):
    """One volume as the daemon lists it."""

    name: Told
    driver: Told
    created: datetime | None = None
    anonymous: bool = False
    """Docker made up its name."""
    bind: bool = False
    """Its options reach what is no folder of Docker's own: a folder of the host, a device, another machine."""
    project: Told = ""
    """Compose project, or empty."""


class ListVolumes(
    Call[Annotated[tuple[HostVolume, ...], Meta(max_length=50_000)]], frozen=True, kw_only=True, tag="volume.list"
):
    """Every volume of the host."""


class InspectVolume(Call[dict[str, Any]], frozen=True, kw_only=True, tag="volume.inspect"):
    """The Engine's own description, passwords among its options masked; NotFound."""

    name: VolumeName


class VolumeSize(Struct, frozen=True, kw_only=True):
    """How much one volume holds."""

    name: Told
    bytes: int


class MeasureVolumes(
    Call[Annotated[tuple[VolumeSize, ...], Meta(max_length=50_000)]], frozen=True, kw_only=True, tag="volume.measure"
):
    """How large every volume is, counted file by file: slow. Unavailable when it takes too long."""

    timeout: ClassVar[float] = 50.0


class CreateVolume(HostJob[None], frozen=True, kw_only=True, tag="volume.create"):
    """Make a volume; one step `create`. HostError where there is one of the name."""

    time_limit: ClassVar[float] = 120.0

    name: VolumeName
    body: dict[str, Any]
    """Engine API body of POST /volumes/create."""


class RemoveVolumes(HostJob[Tidied], frozen=True, kw_only=True, tag="volume.remove"):
    """Remove these and all they hold; one step `remove`. What a container has stays; nothing removed is a failure."""

    time_limit: ClassVar[float] = 1800.0

    names: Annotated[tuple[VolumeName, ...], Meta(max_length=10_000)]
