"""Messages about builds."""

from typing import ClassVar

from msgspec import Struct

from monitor.abilities.git.calls import GitAuth, GitSource
from monitor.kernel.job import HostJob


class Built(Struct, frozen=True, kw_only=True):
    """The outcome of a successful build."""

    image_id: str
    tags: tuple[str, ...]
    commit: str
    """Full hash of the commit that was built."""
    message: str = ""
    """First line of its commit message."""


class BuildImage(HostJob[Built], frozen=True, kw_only=True, tag="build.image"):
    """Fetch the source afresh and build it. Steps: clone (or write) → build → inspect."""

    time_limit: ClassVar[float] = 3600.0

    source: GitSource | None = None
    """None: the Dockerfile is `written`, and there is nothing beside it."""
    auth: GitAuth | None = None
    written: str = ""
    """The Dockerfile's text."""
    context: str = "."
    """Folder inside the source that is sent to Docker."""
    dockerfile: str = "Dockerfile"
    """Path inside the context folder."""
    arguments: tuple[tuple[str, str], ...] = ()
    """Build arguments; not for secrets, they stand in the image's history."""
    labels: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    """Full image references to give the result."""
    pull: bool = False
    """Ask the registry for a newer base image even if one is there."""
    no_cache: bool = False
