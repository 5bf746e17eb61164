"""Claims: what resources need of a server's Docker, whether anything of it runs now or not."""

from msgspec import Struct


class Claims(Struct, frozen=True, kw_only=True):
    """What one resource needs, by Docker's own names."""

    images: tuple[str, ...] = ()
    """References or ids."""
    volumes: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    """Images by the build that made them, its id, and its version."""
    repositories: tuple[str, ...] = ()
    """Addresses of what is fetched there, which the host keeps a mirror of."""


class Claimed(Struct, frozen=True, kw_only=True):
    """The same with whose it is, as one caller may know it."""

    type: str
    id: str
    name: str
    """Empty where the caller may not read the resource."""
    claims: Claims
    containers: tuple[str, ...] = ()
    """Ids of the server's containers that are its own."""
    release: int = 0
    """Of a release that is kept, its number; else it needs this as it is now."""
