"""Collection: small documents of one shape, many of which are kept for one resource: the versions of a build."""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class HasId(Protocol):
    """An item: `id` is a ULID, so that items stand in the order they came; that of the activity that made it, so that
    settling twice makes one.
    """

    @property
    def id(self) -> str:
        """Its own."""
        ...


K = TypeVar("K", bound=HasId)


@dataclass(frozen=True)
class Collection(Generic[K]):
    """Declared by the type whose resources have it; deleted with its resource, and not copied."""

    name: str
    """Kind of its documents: `build_version`."""
    item: type[K]
