"""ResourceType: the declaration of one kind of thing people keep, from which everything generic is derived."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

from monitor.kernel.claims import Claims
from monitor.kernel.collection import Collection
from monitor.kernel.holding import Holding
from monitor.kernel.operation import Handler, Operation
from monitor.kernel.permission import HostPower
from monitor.kernel.stream import Stream, StreamHandler
from monitor.kernel.webhooks import Pushes

if TYPE_CHECKING:
    from monitor.kernel.hostview import HostView
    from monitor.kernel.noted import Noted

C = TypeVar("C")
I = TypeVar("I")  # noqa: E741 - the info type; the letter of its role, as C and S
S = TypeVar("S")


class Resource(Struct, Generic[C, I, S], frozen=True, kw_only=True):
    """One resource as people see it: its config (secrets masked), what Monitor noted (`info`) and live `status`."""

    id: str
    name: str
    description: str = ""
    tags: tuple[str, ...] = ()
    revision: int
    created: datetime
    updated: datetime
    config: C
    info: I
    status: S
    secrets: tuple[str, ...] = ()
    """Fields of the config that hold a secret: both one that is stored and none are shown as null."""
    names: dict[str, str] = {}
    """Names of the resources whose ids the config holds, as far as the reader may see them."""
    can: tuple[str, ...] = ()
    """Operations the reader may ask for now."""
    not_now: dict[str, str] = {}
    """Those of them that cannot work at this moment, each with the reason. Advice: what is asked for is tried."""
    notes: tuple[str, ...] = ()
    """Of a change that was just made: who gains power by it, and what of it cannot work as things stand. Else empty."""


class Page(Struct, Generic[C], frozen=True, kw_only=True):
    """A slice of a list: `total` counts all that match; `next` is the cursor of the following page, or empty."""

    items: tuple[C, ...]
    total: int
    next: str = ""


class NoStatus(Struct, frozen=True):
    """The status of a type that has none."""


class ColumnKind(StrEnum):
    """How a column's values are read: what they are aligned, drawn and compared as."""

    TEXT = "text"
    STATE = "state"
    TIME = "time"
    PERCENT = "percent"
    BYTES = "bytes"
    RATE = "rate"
    """Bytes a second."""
    REFERENCE = "reference"
    """The id of a resource, whose name stands in `names`."""
    TAGS = "tags"
    NUMBER = "number"
    IMAGE = "image"
    """The reference of an image."""


class Column(Struct, frozen=True):
    """A default column of lists: a path into the resource (`status.state`), its heading, and what stands there."""

    path: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, kw_only=True)
class Hooks(Generic[C, I, S]):
    """Where a type needs more than its declaration. All are pure; each raises Invalid to refuse."""

    validate: Callable[[C | None, C], None] | None = None
    """(old or None, new) configs, secrets masked."""
    powers: Callable[[C], frozenset[HostPower]] | None = None
    """Host powers the config asks for."""
    server_of: Callable[[C], str] | None = None
    """Id of the server it lives on or is made on: whose rights the powers need, whose events change `status`."""
    status: "Callable[[StatusInput[C, I]], S] | None" = None
    """The live status, computed from what core knows of that server."""
    hinders: "Callable[[StatusInput[C, I], S], dict[str, str]] | None" = None
    """Operations that cannot work now, each with the reason in a short sentence; worked out with the status."""
    copied: Callable[[C], C] | None = None
    """The config a copy begins with, where not all of it makes sense twice."""
    claims: Callable[[C, I], Claims] | None = None
    """(config, info) → what it needs of its server's Docker: nobody who tidies up there takes that away."""
    notes: "Callable[[Noted[C, I]], Iterable[str]] | None" = None
    """What of a change that is being made cannot work as things stand, each in a sentence; it is made all the same."""
    holds: Callable[[C, I], tuple[Holding, ...]] | None = None
    """(config, info) → which parts of other resources it runs or names, such as a build's version."""


class StatusInput(Struct, Generic[C, I], frozen=True):
    """What a status is computed from; `view` is None for a type without a server."""

    id: str
    name: str
    revision: int
    config: C
    info: I
    view: "HostView | None"
    set_by: dict[str, str] = {}
    """Who gave the fields marked STANDING their values, by name."""


@dataclass(frozen=True, kw_only=True)
class ResourceType(Generic[C, I, S]):
    """One kind of resource. `config` and `info` need defaults for every field but what must be given at creation."""

    name: str
    plural: str
    title: str
    help: str = ""
    """What one is, in a sentence; else what its config's docstring says."""
    config: type[C]
    info: type[I]
    status: type[S] = NoStatus  # type: ignore[assignment] # a type without a status
    operations: tuple[type[Operation[Any]], ...] = ()
    streams: tuple[type[Stream[Any]], ...] = ()
    replaces: tuple[str, ...] = ()
    """Standard verbs this type declares itself: `("delete",)`."""
    by_admins: bool = False
    """Only admins create, change and delete them; no level or right lets anybody else."""
    copies: bool = False
    """Whether two with the same config make sense: then there is `copy`."""
    pushed: tuple[type[Operation[Any]], ...] = ()
    """Operations a push to the repository it is made from may prompt: then it has a webhook."""
    columns: tuple[Column, ...] = ()
    collections: tuple[Collection[Any], ...] = ()
    """What each keeps many of, beside config and info."""


@dataclass(frozen=True, kw_only=True)
class Behaviour(Generic[C, I, S]):
    """What core does for a type: its handlers and hooks. One per type, listed in resources/handlers.py."""

    type: ResourceType[C, I, S]
    handlers: tuple[Handler | StreamHandler, ...] = ()
    hooks: Hooks[C, I, S] = field(default_factory=Hooks[C, I, S])
    pushes: Pushes | None = None
    """For a type that declares what a push prompts."""
