"""Messages about what registries have."""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.container.calls import ContainerName, RegistryAuth
from monitor.kernel.call import Call

_Text = Annotated[str, Meta(max_length=1000)]
_Reference = Annotated[str, Meta(max_length=1000)]
WITHIN = 30.0
"""Seconds a registry may take."""


class Trouble(StrEnum):
    """Why a registry did not tell."""

    NONE = ""
    LATER = "later"
    """It may tell soon: it is away, slow, or failing."""
    LIMITED = "limited"
    """It does not want to be asked so often."""
    LASTING = "lasting"
    """It will not tell before somebody changes something."""


class Latest(Struct, frozen=True, kw_only=True):
    """What a registry has under a reference now; without a digest `reason` says why nothing is known."""

    digest: _Text = ""
    """Of the manifest, or of the index of several platforms."""
    platforms: Annotated[tuple[_Text, ...], Meta(max_length=200)] = ()
    """`linux/amd64`: those it is made for; empty where the registry does not say."""
    trouble: Trouble = Trouble.NONE
    reason: _Text = ""


class Runs(Struct, frozen=True, kw_only=True):
    """The image a container runs."""

    image_id: _Text
    digests: Annotated[tuple[_Reference, ...], Meta(max_length=200)] = ()
    """`repository@sha256:…`, as Docker knows it; none of an image that was made on the host."""
    made_here: bool = False
    """No registry knows it: it is not asked."""
    platform: _Text = ""
    writes: bool = False
    """Something is mounted into it that it can write to and that outlives it."""
    source: _Text = ""
    """Label org.opencontainers.image.source, or .url."""
    version: _Text = ""
    """Label org.opencontainers.image.version."""


class Told(Struct, frozen=True, kw_only=True):
    """What runs, and what the registry has."""

    runs: Runs
    latest: Latest


class Signed(Struct, frozen=True, kw_only=True):
    """What a registry said to who signed in."""

    error: _Text = ""
    """Empty: it takes him."""
    hint: _Text = ""


class SignIn(Call[Signed], frozen=True, kw_only=True, tag="registry.sign_in"):
    """Does a registry take this account? Nothing is kept; one that does not is no failure."""

    timeout: ClassVar[float] = WITHIN + 15

    auth: RegistryAuth


class AskRegistry(Call[Told], frozen=True, kw_only=True, tag="registry.ask"):
    """Compare what a container runs with what its image's registry has; NotFound without the container.

    A registry that does not tell is no failure: `latest` says why.
    """

    timeout: ClassVar[float] = WITHIN + 15

    container: ContainerName
    deployment: str = ""
    """NotFound unless the container carries this deployment's label; empty: do not look."""
    reference: Annotated[str, Meta(min_length=1, max_length=512)]
    auth: RegistryAuth | None = None
    from_registry: bool = False
    """A deploy left the digest it came by: it is asked even where the host has lost that."""
    known: Latest | None = None
    """What this registry has just told about the reference: it is not asked again."""
