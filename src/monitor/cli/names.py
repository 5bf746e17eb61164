"""Names for the ids in answers that bring none along: users and resources in grants, keys and lists of containers."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from monitor.features.users.spec import ListUsers
from monitor.kernel.errors import MonitorError
from monitor.kernel.fields import mark_of, struct_hints
from monitor.kernel.standard import standard_operations

if TYPE_CHECKING:
    from monitor.client.blocking import Client
    from monitor.kernel.registry import Registry

_ONE_BY_ONE = 5
_PAGE = 500


def names_for(client: "Client", registry: "Registry", rows: Sequence[Any]) -> dict[str, str]:
    """Names by id, as far as the caller may see them; an id stays where he may not."""
    names: dict[str, str] = {}
    if any(getattr(row, "user", "") for row in rows):
        with suppress(MonitorError):
            names |= {user.id: user.name for user in client.run(ListUsers())}
    wanted: dict[str, set[str]] = {}
    for type_name, id in _referred(rows):
        wanted.setdefault(type_name, set()).add(id)
    for type_name, ids in sorted(wanted.items()):
        if type_name in registry.types:
            names |= names_of(client, standard_operations(registry.types[type_name]), ids)
    return names


def _referred(rows: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """(type, id) of every resource the rows name."""
    for row in rows:
        if id := getattr(row, "resource", ""):
            yield row.type, id
    marked = _marked(rows[0]) if rows else {}
    for row in rows:
        for field, type_name in marked.items():
            if id := getattr(row, field):
                yield type_name, id


def _marked(row: Any) -> dict[str, str]:
    found = {field: mark_of(hint, "refers_to") for field, hint in struct_hints(row.__class__).items()}
    return {field: mark["type"] for field, mark in found.items() if mark is not None}


def names_of(client: "Client", operations: dict[str, Any], ids: set[str]) -> dict[str, str]:
    """One by one while they are few, else from the list."""
    names: dict[str, str] = {}
    if len(ids) <= _ONE_BY_ONE:
        for id in sorted(ids):
            with suppress(MonitorError):
                names[id] = client.run(operations["get"](target=id)).name
        return names
    cursor = ""
    while True:
        page = client.run(operations["list"](cursor=cursor, limit=_PAGE))
        names |= {item.id: item.name for item in page.items if item.id in ids}
        cursor = page.next
        if not cursor or len(names) == len(ids):
            return names
