"""The operations every resource type has, as values typed by the type they are asked of."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from msgspec import UNSET, UnsetType

from monitor.kernel.activity import Activity
from monitor.kernel.errors import Invalid
from monitor.kernel.operation import Operation
from monitor.kernel.registry import Registry
from monitor.kernel.resource import Page, Resource, ResourceType
from monitor.kernel.standard import changes_stream, partial, standard_operations
from monitor.kernel.stream import Stream

C = TypeVar("C")
I = TypeVar("I")  # noqa: E741 - the info type, as in kernel/resource.py
S = TypeVar("S")


def list_of(type: ResourceType[C, I, S], filters: Mapping[str, Any]) -> Operation[Page[Resource[C, I, S]]]:
    """A page of a type; `filters` are the fields of the standard List."""
    return cast("Operation[Page[Resource[C, I, S]]]", _make(type, "list", filters))


def get(type: ResourceType[C, I, S], target: str) -> Operation[Resource[C, I, S]]:
    """One, by id or name."""
    return cast("Operation[Resource[C, I, S]]", _make(type, "get", {"target": target}))


def create(
    type: ResourceType[C, I, S], name: str, config: C, *, description: str, tags: tuple[str, ...]
) -> Operation[Resource[C, I, S]]:
    """A new one."""
    given = {"name": name, "config": config, "description": description, "tags": tags}
    return cast("Operation[Resource[C, I, S]]", _make(type, "create", given))


def update(
    type: ResourceType[C, I, S],
    target: str,
    config: Mapping[str, Any],
    *,
    revision: int | None,
    name: str | UnsetType,
    description: str | UnsetType,
    tags: tuple[str, ...] | UnsetType,
) -> Operation[Resource[C, I, S]]:
    """A change; `config` holds the top-level fields to replace."""
    known = set(partial(type).__struct_fields__)
    for field in config:
        if field not in known:
            raise Invalid.field(f"config.{field}", f"unknown field; known are {', '.join(sorted(known))}")
    given = {"target": target, "revision": revision, "name": name, "description": description, "tags": tags}
    changed = {"config": partial(type)(**config) if config else UNSET}
    return cast("Operation[Resource[C, I, S]]", _make(type, "update", {**given, **changed}))


def delete(registry: Registry, type: ResourceType[C, I, S], target: str, parameters: Mapping[str, Any]) -> Any:
    """The type's own way of deleting: an edit, or an action where something is to be removed on a host."""
    made: Any = registry.operations[f"{type.name}.delete"]
    return cast("Operation[Activity | None]", made(target=target, **parameters))


def changes(type: ResourceType[C, I, S]) -> Stream[Resource[C, I, S]]:
    """The topic of every one the caller may read."""
    return cast("Stream[Resource[C, I, S]]", changes_stream(type)())


def _make(type: ResourceType[Any, Any, Any], verb: str, fields: Mapping[str, Any]) -> Operation[Any]:
    made: Any = standard_operations(type)[verb]
    return made(**fields)
