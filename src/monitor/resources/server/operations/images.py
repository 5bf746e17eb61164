"""Images of a server."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from msgspec import Struct

from monitor.abilities.image.calls import Layer, Reference
from monitor.kernel.marks import shown
from monitor.kernel.operation import Action, Needs, Query
from monitor.kernel.permission import Right
from monitor.resources.server.operations.things import Names, UsedBy

OneImage = Annotated[Reference, shown("Image", "A tag, a digest, or an id.")]


class DockerImage(Struct, frozen=True, kw_only=True):
    """One image of a server."""

    id: str
    tags: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    size: int
    """Bytes, with all its layers; others may have some of them too."""
    created: datetime
    dangling: bool = False
    """It has no name any more: a newer image took it."""
    used_by: tuple[UsedBy, ...] = ()
    """What uses it, as far as the reader may see."""
    others: int = 0
    """How much more uses it that the reader may not see."""


class ListImages(Query[tuple[DockerImage, ...]], frozen=True, kw_only=True, tag="server.images"):
    """Images of the server: those of what the caller may see, and with the right `unmanaged` those nobody uses."""


class InspectImage(Query[dict[str, Any]], frozen=True, kw_only=True, tag="server.inspect_image"):
    """All Docker says of an image; values of its environment are masked."""

    needs: ClassVar[Needs] = Right.INSPECT
    part: ClassVar[str] = "image"

    image: OneImage


class ImageHistory(Query[tuple[Layer, ...]], frozen=True, kw_only=True, tag="server.image_history"):
    """How an image was made: each layer's command and size, newest first."""

    needs: ClassVar[Needs] = Right.INSPECT
    part: ClassVar[str] = "image"

    image: OneImage


class ImagesToPrune(Struct, frozen=True, kw_only=True):
    """What a prune would remove."""

    images: tuple[DockerImage, ...]
    bytes: int
    """How much room they would leave."""
    exact: bool
    """False: at most so much; layers they share with each other or with others could not all be told apart."""


class PreviewImagePrune(Query[ImagesToPrune], frozen=True, kw_only=True, tag="server.images_to_prune"):
    """Which images a prune would remove, and how much room that makes."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    part: ClassVar[str] = "image"

    images: Annotated[Names, shown("Images", "Only these, by tag or id.")] = ()
    unused: Annotated[bool, shown("All unused", "Also those with a name that nothing uses.")] = False


class RemoveImage(Action, frozen=True, kw_only=True, tag="server.remove_image"):
    """Remove an image by its id, or take one name from it; refused while anything uses it."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    danger: ClassVar[bool] = True
    part: ClassVar[str] = "image"

    image: OneImage
    force: Annotated[
        bool, shown("Force", "Also while stopped containers use it that no deployment keeps; they stay as they are.")
    ] = False


class PruneImages(Action, frozen=True, kw_only=True, tag="server.prune_images"):
    """Remove images nothing uses. What a deployment's or build's current version needs always stays."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    danger: ClassVar[bool] = True
    preview: ClassVar[str] = "server.images_to_prune"
    part: ClassVar[str] = "image"

    images: Annotated[Names, shown("Images", "Only these, by tag or id; empty: all that the preview shows.")] = ()
    unused: Annotated[bool, shown("All unused", "Also those with a name that nothing uses.")] = False


IMAGES = (ListImages, InspectImage, ImageHistory, PreviewImagePrune, RemoveImage, PruneImages)
