"""Deletion: what goes with a resource, and what keeps it."""

from monitor.core.caller import Caller
from monitor.core.catalog import info_kind, resource_kind
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.core.permit import GRANT
from monitor.features.webhooks.stored import HOOK, STATE
from monitor.kernel.errors import Conflict


def delete_resource(parts: Parts, caller: Caller, changes: Changes, type: str, id: str) -> None:
    """Put the removal of a resource, its info and the grants on it into the changes; Conflict while it is used."""
    users = parts.catalog.referrers(id)
    if users:
        readable = [r for r in users if parts.permit.readable(caller, r.type, r.id)]
        names = ", ".join(f"{r.type} {r.stored.name}" for r in readable[:5]) or "something you may not see"
        raise Conflict(f"it is in use by {names}", hint="Point those elsewhere, or delete them first.")
    changes.put(resource_kind(type), id, None)
    changes.put(info_kind(type), id, None)
    for kind in (HOOK, STATE):
        if parts.memory.get(kind, id) is not None:
            changes.put(kind, id, None)
    parts.collections.go_with(type, id, changes)
    for grant in parts.memory.all(GRANT).values():
        if grant.resource == id:
            changes.put(GRANT, grant.id, None)
