"""Messages about giving images to registries."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.container.calls import RegistryAuth
from monitor.kernel.job import HostJob

_Text = Annotated[str, Meta(max_length=2000)]


class Destination(Struct, frozen=True, kw_only=True):
    """One repository of a registry, and who pushes there."""

    image: Annotated[str, Meta(min_length=1, max_length=400)]
    """`registry/path/name`, without a tag."""
    tags: Annotated[tuple[str, ...], Meta(max_length=50)]
    own: Annotated[tuple[str, ...], Meta(max_length=50)] = ()
    """Those of the tags that are this version's own: where the registry has another image so called, it stays."""
    auth: RegistryAuth | None = None


class Delivery(Struct, frozen=True, kw_only=True):
    """What became of a push to one repository."""

    image: _Text
    tags: Annotated[tuple[_Text, ...], Meta(max_length=50)] = ()
    """Those that are there now."""
    digest: Annotated[str, Meta(pattern=r"^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})?$")] = ""
    """Of the manifest they all mean."""
    error: _Text = ""
    """Why not all of its tags are there; empty when they are."""
    hint: _Text = ""


class Delivered(Struct, frozen=True, kw_only=True):
    """What became of all, in the order they were given. The job succeeds though one failed: this says which."""

    to: Annotated[tuple[Delivery, ...], Meta(max_length=50)]


class PushImage(HostJob[Delivered], frozen=True, kw_only=True, tag="image.push"):
    """Push one image to each of these; one step, `push`."""

    time_limit: ClassVar[float] = 3600.0

    image_id: Annotated[str, Meta(min_length=1, max_length=512)]
    to: Annotated[tuple[Destination, ...], Meta(max_length=50)]
