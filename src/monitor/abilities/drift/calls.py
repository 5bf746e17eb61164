"""Messages about what differs between a container and what it was asked to be."""

from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.container.calls import ContainerName, RegistryAuth
from monitor.kernel.call import Call

_Text = Annotated[str, Meta(max_length=4096)]


class Difference(Struct, frozen=True, kw_only=True):
    """One thing that differs, under Docker's name: `HostConfig.Memory`, `Env LOG_LEVEL`, `Networks web`.

    Values as JSON text; those of the environment are left out.
    """

    field: _Text
    wanted: _Text = ""
    found: _Text = ""


class Compared(Struct, frozen=True, kw_only=True):
    """A container beside a body. Without a `container` there is none of the deployment's."""

    container: _Text = ""
    taken: bool = False
    """There is none, but somebody else's has its name."""
    activity: _Text = ""
    """The job that made it, as its label says."""
    state: _Text = ""
    health: _Text = ""
    image_id: _Text = ""
    """Of the image it runs."""
    means: _Text = ""
    """Id of the image the body's reference means on the host now; empty: it is not there."""
    pushed: _Text = ""
    """Digest the registry has under the reference now, if asked."""
    digests: Annotated[tuple[_Text, ...], Meta(max_length=500)] = ()
    """Digests (`sha256:…`) under which registries know the image it runs."""
    differences: Annotated[tuple[Difference, ...], Meta(max_length=500)] = ()


class CompareContainer(Call[Compared], frozen=True, kw_only=True, tag="drift.compare"):
    """How the deployment's container differs from what the body asks for, and its image from what is to be had."""

    timeout: ClassVar[float] = 40.0

    name: ContainerName
    """What it is to be called."""
    container: str = ""
    """Id of the one that was made of the body: of that one only what can be changed in place is compared."""
    deployment: str
    body: dict[str, Any]
    ask_registry: bool = False
    auth: RegistryAuth | None = None
