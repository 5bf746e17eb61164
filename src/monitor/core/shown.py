"""How a resource looks to one caller: secrets masked, names of what it refers to, and what he may do with it."""

from typing import Any

from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.parts import Parts
from monitor.kernel.operation import Operation, tag_of
from monitor.kernel.resource import Resource


def show(parts: Parts, caller: Caller, record: Record) -> Resource[Any, Any, Any]:
    """The resource as this caller sees it."""
    stored = record.stored
    return Resource(
        id=record.id,
        name=stored.name,
        description=stored.description,
        tags=stored.tags,
        revision=stored.revision,
        created=stored.created,
        updated=stored.updated,
        config=record.masked,
        info=record.info,
        status=record.status,
        names=names(parts, caller, record),
        can=can(parts, caller, record),
    )


def names(parts: Parts, caller: Caller, record: Record) -> dict[str, str]:
    """Names of the resources it refers to, where the caller may read them."""
    found: dict[str, str] = {}
    for id, type in record.references.items():
        other = parts.catalog.get(type, id)
        if other is not None and parts.permit.readable(caller, type, id):
            found[id] = other.stored.name
    return found


def can(parts: Parts, caller: Caller, record: Record) -> tuple[str, ...]:
    """Operations on it the caller may ask for."""
    return tuple(
        tag_of(operation)
        for operation in targeted(parts, record.type)
        if parts.permit.may(caller, operation.needs, record.type, record.id)
    )


def targeted(parts: Parts, type: str) -> list[type[Operation[Any]]]:
    """Operations a type has on one resource."""
    prefix = f"{type}."
    return [o for name, o in parts.registry.operations.items() if name.startswith(prefix) and o.targeted]
