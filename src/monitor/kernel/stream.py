"""Stream: a live topic people may subscribe to, declared like an operation."""

from collections.abc import AsyncIterator, Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, Self, TypeVar

from msgspec import Meta, Struct

from monitor.kernel.operation import Needs
from monitor.kernel.permission import Level

if TYPE_CHECKING:
    from monitor.kernel.context import Context

E = TypeVar("E")


class StreamKind(StrEnum):
    """state = a snapshot, then keyed replacements, may coalesce; log = append-only with seq, resumed by `after`."""

    STATE = "state"
    LOG = "log"


class Item(Struct, Generic[E], frozen=True):
    """One event: of a state topic `key` and the new value (None = gone); of a log topic `seq` and the entry."""

    key: str = ""
    seq: int = 0
    data: E | None = None


class Stream(Struct, Generic[E], frozen=True, kw_only=True, tag_field="topic"):
    """Base of every topic; a subclass gives `tag="type.topic"`, its event as `E`, and what it needs."""

    kind: ClassVar[StreamKind] = StreamKind.STATE
    needs: ClassVar[Needs] = Level.READ
    targeted: ClassVar[bool] = True

    target: str = ""
    after: Annotated[int, Meta(ge=0, le=2**53)] = 0
    """Log topics: only entries with a greater seq."""

    @classmethod
    def by(cls, follow: "Callable[[Context, Self], AsyncIterator[Item[E] | Snapshot]]") -> "StreamHandler":
        """Bind the generator that feeds it. It first yields the snapshot's items, then SNAPSHOT_DONE, then changes."""
        return StreamHandler(stream=cls, follow=follow)


class Snapshot(StrEnum):
    """A mark inside a state topic's events."""

    DONE = "done"


class StreamHandler(Struct, frozen=True):
    """Binds a topic to its generator."""

    stream: type[Any]
    follow: Callable[[Any, Any], AsyncIterator[Any]]
