"""The operations every resource type has: create, list, get, update, delete, and copy where that makes sense; derived
from its declaration."""

from functools import lru_cache
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

from monitor.kernel.derived import derived
from monitor.kernel.fields import struct_hints
from monitor.kernel.marks import shown
from monitor.kernel.operation import Edit, Needs, Operation, Query
from monitor.kernel.permission import Access, Right
from monitor.kernel.resource import Page, Resource, ResourceType
from monitor.kernel.stream import Stream

AnyType = ResourceType[Any, Any, Any]
AnyResource = Resource[Any, Any, Any]


class Create(Edit[AnyResource], frozen=True, kw_only=True):
    """Add one; whoever creates it gets write on it."""

    targeted: ClassVar[bool] = False
    needs: ClassVar[Needs] = Right.CREATE
    name: str
    description: str = ""
    tags: tuple[str, ...] = ()


class Get(Query[AnyResource], frozen=True, kw_only=True):
    """One, with config, info and live status."""


class List(Query[Page[AnyResource]], frozen=True, kw_only=True):
    """A page of those the caller may read."""

    targeted: ClassVar[bool] = False
    search: str = ""
    """Text in name or description, upper and lower case alike."""
    tag: str = ""
    state: str = ""
    """Only those whose `status.state` is this."""
    server: str = ""
    """Only those on this server (id or name)."""
    sort: str = "name"
    """name, created, updated or state; a leading `-` turns it round."""
    cursor: str = ""
    limit: Annotated[int, Meta(ge=1, le=500)] = 50


class Update(Edit[AnyResource], frozen=True, kw_only=True):
    """Change what is given; a top-level config field is replaced whole, an absent one stays."""

    revision: int | None = None
    """Refuse with 409 unless this is the current revision (If-Match)."""
    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    tags: tuple[str, ...] | UnsetType = UNSET


class Delete(Edit[None], frozen=True, kw_only=True):
    """Remove it; refused while others refer to it."""

    danger: ClassVar[bool] = True


class Copy(Edit[AnyResource], frozen=True, kw_only=True):
    """Make another one with the same config; whoever copies it gets write on the copy. Its secrets are copied for who
    may write it."""

    needs: ClassVar[Needs] = Right.CREATE

    name: Annotated[str, shown("Name", "What the copy is called.")]
    description: Annotated[str | None, shown("Description", "Empty: the same.")] = None
    tags: Annotated[tuple[str, ...], shown("Tags", "The copy's own.")] = ()
    without_secrets: Annotated[
        bool, shown("Without secrets", "Leave secret values out; give the copy its own afterwards.")
    ] = False


class Changes(Stream[AnyResource], frozen=True, kw_only=True):
    """Every one the caller may read, live."""

    targeted: ClassVar[bool] = False


VERBS: tuple[tuple[str, type[Operation[Any]]], ...] = (
    ("create", Create),
    ("list", List),
    ("get", Get),
    ("update", Update),
    ("delete", Delete),
    ("copy", Copy),
)


@lru_cache(maxsize=100)
def standard_operations(type: AnyType) -> dict[str, type[Operation[Any]]]:
    """The type's own classes of the standard operations, by verb; those it replaces itself are left out."""
    extra: dict[str, list[Any]] = {
        "create": [("config", type.config)],
        "update": [("config", partial(type) | UnsetType, UNSET)],
    }
    made: dict[str, Any] = {
        verb: derived(
            base, f"{verb.capitalize()}{type.title.replace(' ', '')}", f"{type.name}.{verb}", extra.get(verb, [])
        )
        for verb, base in VERBS
        if verb not in type.replaces and (verb != "copy" or type.copies)
    }
    if type.by_admins:
        for operation in made.values():
            operation.needs = Access.ADMIN if issubclass(operation, Edit) else operation.needs
    return made


@lru_cache(maxsize=100)
def changes_stream(type: AnyType) -> "type[Changes]":
    """The live topic `type.changes`."""
    return derived(Changes, f"{type.title.replace(' ', '')}Changes", f"{type.name}.changes")


@lru_cache(maxsize=100)
def partial(type: AnyType) -> Any:
    """The type's config with every field optional: what an update may hold."""
    fields = [(name, hint | UnsetType, UNSET) for name, hint in struct_hints(type.config).items()]
    return msgspec.defstruct(
        f"{type.config.__name__}Update",
        fields,
        frozen=True,
        kw_only=True,
        omit_defaults=True,
        module=__name__,
    )
