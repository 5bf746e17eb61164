"""Renaming a resource."""

from typing import Any

from msgspec import structs

from monitor.core import config as configs
from monitor.core.catalog import Stored, resource_kind
from monitor.core.changes import compare
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.kernel.activity import Change
from monitor.kernel.ids import check_name


def rename_resource(parts: Parts, changes: Changes, type: str, id: str, name: str) -> tuple[Change, ...]:
    """Put a resource's new name into the changes and say what changed; its config stays, and with it whether what runs
    is outdated. Conflict when another has the name.
    """
    check_name(name)
    old: Stored[Any] = parts.catalog.all(type)[id].stored
    if name == old.name:
        return ()
    configs.check_free(parts, type, name)
    stored = structs.replace(old, name=name, revision=old.revision + 1, updated=parts.clock.now())
    changes.put(resource_kind(type), id, stored)
    return compare(old, stored)
