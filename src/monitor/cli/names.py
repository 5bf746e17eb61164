"""Names for the ids in answers that bring none along: users and resources in grants and keys."""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from monitor.features.users.spec import ListUsers
from monitor.kernel.errors import MonitorError
from monitor.kernel.standard import standard_operations

if TYPE_CHECKING:
    from monitor.client.blocking import Client
    from monitor.kernel.registry import Registry


def names_for(client: "Client", registry: "Registry", rows: Sequence[Any]) -> dict[str, str]:
    """Names by id, as far as the caller may see them; an id stays where he may not."""
    names: dict[str, str] = {}
    if any(getattr(row, "user", "") for row in rows):
        with suppress(MonitorError):
            names |= {user.id: user.name for user in client.run(ListUsers())}
    wanted = {(row.type, row.resource) for row in rows if getattr(row, "resource", "")}
    for type_name, id in sorted(wanted):
        kept = registry.types.get(type_name)
        if kept is None:
            continue
        get: Any = standard_operations(kept)["get"]
        with suppress(MonitorError):
            names[id] = client.run(get(target=id)).name
    return names
