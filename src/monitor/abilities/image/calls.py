"""Messages about images."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.call import Call
from monitor.kernel.hostview import Told
from monitor.kernel.job import HostJob
from monitor.kernel.tidied import Tidied

Reference = Annotated[str, Meta(min_length=1, max_length=512)]
"""A tag, or an id; checked again before it becomes part of an Engine path."""
Many = Annotated[tuple[Told, ...], Meta(max_length=10_000)]


class HostImage(Struct, frozen=True, kw_only=True):
    """One image as the daemon lists it."""

    id: Told
    tags: Many = ()
    digests: Many = ()
    size: int
    """Bytes, with all layers."""
    created: datetime
    parent: Told = ""
    """Id of the image it was made from, where that is known."""
    core: Told = ""
    build: Told = ""
    version: Told = ""
    """What labels say of the core and the build that made it, and as which version."""


class ListImages(
    Call[Annotated[tuple[HostImage, ...], Meta(max_length=50_000)]], frozen=True, kw_only=True, tag="image.list"
):
    """Every image of the host that has a name or is nobody's parent."""

    timeout: ClassVar[float] = 40.0


class InspectImage(Call[dict[str, Any]], frozen=True, kw_only=True, tag="image.inspect"):
    """The Engine's own description, values of the environment masked; NotFound."""

    image: Reference


class Layer(Struct, frozen=True, kw_only=True):
    """One step of how an image was made."""

    command: Annotated[str, Meta(max_length=100_000)]
    size: int
    """Bytes it added."""
    created: datetime
    tags: Many = ()
    """Names of the image that ends here."""


class ImageLayers(
    Call[Annotated[tuple[Layer, ...], Meta(max_length=10_000)]], frozen=True, kw_only=True, tag="image.layers"
):
    """How an image was made, newest first; NotFound."""

    image: Reference


class Freed(Struct, frozen=True, kw_only=True):
    """How much room images would leave."""

    bytes: int
    exact: bool
    """False: at most so much; there was no time to look into every image, or layers cannot be told apart."""


class MeasureImages(Call[Freed], frozen=True, kw_only=True, tag="image.measure"):
    """How much the removal of all these images together would free: layers others have do not count."""

    timeout: ClassVar[float] = 40.0

    images: Many


class Going(Struct, frozen=True, kw_only=True):
    """One image, or one name of it, to be removed."""

    id: Told
    tags: Many = ()
    """Names to take from it; with the last one it goes. Empty: it goes by its id."""
    force: bool = False
    """Also where stopped containers were made from it."""
    parents: bool = True
    """Nameless images it was made from go, too, where nothing else is made from them."""


class RemoveImages(HostJob[Tidied], frozen=True, kw_only=True, tag="image.remove"):
    """Remove these; one step `remove`. What the daemon refuses stays, with its reason; nothing removed is a failure."""

    time_limit: ClassVar[float] = 1800.0

    images: Annotated[tuple[Going, ...], Meta(max_length=10_000)]
    measure: bool = False
    """Say how much it freed."""
