"""Messages about cleaning a host."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.image.calls import HostImage, Many
from monitor.abilities.network.calls import GoingNetwork
from monitor.abilities.unmanaged.calls import ContainerId, Unmanaged
from monitor.kernel.call import Call
from monitor.kernel.hostview import Told
from monitor.kernel.job import HostJob
from monitor.kernel.tidied import Left

MOST = 2_000
"""Things of one kind that one clean-up removes; the next goes on."""
Layers = Annotated[tuple[tuple[Told, int], ...], Meta(max_length=1_000)]
"""Each with its bytes: named by itself and all below it, so that equal names are one on the disk."""
Key = Annotated[str, Meta(pattern=r"^[0-9a-f]{40}$")]


class KeptImage(Struct, frozen=True, kw_only=True):
    """One image of the host, those that are only another's ground included."""

    image: HostImage
    here: datetime
    """Since when, as far as the host knows: when it was made, came, was last given a name, or was last seen in use."""
    layers: Layers
    exact: bool = True
    """False: it has one layer for all, since its own cannot be told apart."""


class LookIntoImages(
    Call[Annotated[tuple[KeptImage, ...], Meta(max_length=50_000)]], frozen=True, kw_only=True, tag="cleaning.images"
):
    """Every image with its layers. Of those there is no time to look into nothing is told."""

    timeout: ClassVar[float] = 50.0


class ContainerSize(Struct, frozen=True, kw_only=True):
    """What a container wrote into itself."""

    id: Told
    bytes: int


class MeasureContainers(
    Call[Annotated[tuple[ContainerSize, ...], Meta(max_length=MOST)]],
    frozen=True,
    kw_only=True,
    tag="cleaning.containers",
):
    """How much these wrote into themselves; what is gone, or takes too long, is left out."""

    timeout: ClassVar[float] = 40.0

    containers: Annotated[tuple[ContainerId, ...], Meta(max_length=MOST)]


class CacheRecord(Struct, frozen=True, kw_only=True):
    """One step of a build that BuildKit remembers."""

    id: Told
    bytes: int
    used: datetime
    held: bool
    """A build uses it now, or an image has it too: it frees nothing."""


class ListBuildCache(
    Call[Annotated[tuple[CacheRecord, ...], Meta(max_length=100_000)]],
    frozen=True,
    kw_only=True,
    tag="cleaning.build_cache",
):
    """What BuildKit remembers. Engines before 23 count everything else for it too: it may take a while."""

    timeout: ClassVar[float] = 50.0


class Mirror(Struct, frozen=True, kw_only=True):
    """What the host keeps of one repository."""

    key: Key
    url: Annotated[str, Meta(max_length=2_000)]
    """Empty: kept by an agent that did not note it."""
    root: Annotated[str, Meta(max_length=2_000)]
    """The repository a build fetched, of which this is a submodule; else the same as `url`."""
    bytes: int
    used: datetime


class ListMirrors(
    Call[Annotated[tuple[Mirror, ...], Meta(max_length=10_000)]], frozen=True, kw_only=True, tag="cleaning.mirrors"
):
    """Every mirror of the host."""

    timeout: ClassVar[float] = 40.0


class DockerDisk(Struct, frozen=True, kw_only=True):
    """The file system Docker keeps its data on."""

    used: int
    total: int
    """Bytes; without what is set aside for root. 0: the agent does not see it."""


class MeasureDisk(Call[DockerDisk], frozen=True, kw_only=True, tag="cleaning.disk"):
    """How full Docker's disk is."""


class GoingImage(Struct, frozen=True, kw_only=True):
    """One image to be removed, if it is still what it was."""

    id: Told
    tags: Many = ()
    """Its names; empty: it goes by its id."""
    layers: Layers = ()
    """Those that no image has that stays."""


class GoingMirror(Struct, frozen=True, kw_only=True):
    """One mirror, if nobody has used it since."""

    key: Key
    used: datetime


class GoingCache(Struct, frozen=True, kw_only=True):
    """What goes of the build cache: what was not used for so long, then the rest down to so many bytes."""

    unused_for: Annotated[int, Meta(ge=0)] = 0
    """Seconds; 0: however long."""
    keep: int | None = None
    """Bytes; None: no limit."""
    alone: dict[str, int] = {}
    """Room each record makes by itself, by id, as core was told when it looked; what images share goes with them."""


class Kind(Struct, frozen=True, kw_only=True):
    """What came of one kind of things."""

    kind: str
    """git_mirrors, containers, build_cache, images or networks, as the steps are called."""
    removed: int
    freed: int
    """Bytes."""
    left: tuple[Left, ...] = ()


class Cleaned(Struct, frozen=True, kw_only=True):
    """What a clean-up came to."""

    kinds: tuple[Kind, ...] = ()


class CleanUp(HostJob[Cleaned], frozen=True, kw_only=True, tag="cleaning.clean_up"):
    """Remove these, a step for each kind of which there are any. What is used by then, or refused, stays with its
    reason, and the rest goes on; HostError where a whole kind could not be looked at.

    It runs without a place to write itself down where the disk is full.
    """

    time_limit: ClassVar[float] = 3600.0
    diskless: ClassVar[bool] = True

    mirrors: Annotated[tuple[GoingMirror, ...], Meta(max_length=MOST)] = ()
    containers: Annotated[tuple[Unmanaged, ...], Meta(max_length=MOST)] = ()
    cache: GoingCache | None = None
    images: Annotated[tuple[GoingImage, ...], Meta(max_length=MOST)] = ()
    """What was made from another before that."""
    networks: Annotated[tuple[GoingNetwork, ...], Meta(max_length=MOST)] = ()
