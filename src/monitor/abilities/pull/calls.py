"""Messages about fetching images."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.container.calls import Origin, RegistryAuth
from monitor.kernel.job import HostJob


class Pulled(Struct, frozen=True, kw_only=True):
    """What is on the host now, asked of the daemon."""

    image: str
    image_id: str


class PullImage(HostJob[Pulled], frozen=True, kw_only=True, tag="image.pull"):
    """Fetch an image, whether or not the host has one of that name; one step, `pull`."""

    time_limit: ClassVar[float] = 1800.0

    image: Annotated[str, Meta(min_length=1, max_length=512)]
    auth: RegistryAuth | None = None
    origin: Origin | None = None
    """Where to pull it from, if its name is Monitor's own."""
