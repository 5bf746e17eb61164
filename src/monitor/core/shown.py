"""How a resource looks to one caller: secrets masked, names of what it refers to, and what he may do with it."""

from typing import Any

from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.parts import Parts
from monitor.kernel.resource import Resource


def show(parts: Parts, caller: Caller, record: Record, notes: tuple[str, ...] = ()) -> Resource[Any, Any, Any]:
    """The resource as this caller sees it; `notes` where a change is answered with it."""
    stored = record.stored
    can = parts.permit.operations(caller, record.type, record.id)
    return Resource(
        id=record.id,
        name=stored.name,
        description=stored.description,
        tags=stored.tags,
        revision=stored.revision,
        created=stored.created,
        updated=stored.updated,
        config=stored.config,
        info=record.info,
        status=record.status,
        secrets=tuple(one.path for one in stored.sealed if "[" not in one.path),
        names=names(parts, caller, record),
        can=can,
        not_now={name: reason for name, reason in record.not_now.items() if name in can},
        notes=notes,
    )


def names(parts: Parts, caller: Caller, record: Record) -> dict[str, str]:
    """Names of the resources it refers to, where the caller may read them."""
    found: dict[str, str] = {}
    for id, type in (record.references | record.asked).items():
        other = parts.catalog.get(type, id)
        if other is not None and parts.permit.readable(caller, type, id):
            found[id] = other.stored.name
    return found
