"""Trust: who decides what runs in a resource because it names another one, and how a change that does so says it."""

from typing import Any, NamedTuple

from monitor.core.caller import Caller
from monitor.core.parts import Parts
from monitor.core.people import USER, StoredUser
from monitor.core.permit import GRANT
from monitor.features.permissions.spec import Grant
from monitor.kernel.fields import replace_marked
from monitor.kernel.permission import Level, Right
from monitor.kernel.sentence import listed

_NAMED = 6
"""More names than this are counted."""


class Writing(NamedTuple):
    """Who can write a resource: names, and how many admins, who can, too."""

    people: tuple[str, ...]
    admins: int


def writing(parts: Parts, caller: Caller, type: str, id: str) -> Writing | None:
    """By name for who manages it; None for anybody else."""
    if not parts.permit.may(caller, Right.MANAGE, type, id):
        return None
    grants: list[Grant] = [one for one in parts.memory.all(GRANT).values() if one.type == type]
    ids = {one.user for one in grants if one.resource in ("", id) and one.level.covers(Level.WRITE)}
    users: list[StoredUser] = [user for user in parts.memory.all(USER).values() if user.enabled]
    people = sorted(user.name for user in users if user.id in ids and not user.admin)
    return Writing(tuple(people), sum(user.admin for user in users))


def handed_over(parts: Parts, caller: Caller, old: Any, new: Any) -> tuple[str, ...]:
    """A sentence for each resource a config newly names whose writers gain power by that."""
    before = _trusted(old) if old is not None else {}
    return tuple(
        f"Whoever can write the {type} {record.stored.name}{_named(writing(parts, caller, type, id))} {power}."
        for id, (type, power) in _trusted(new).items()
        if id not in before and (record := parts.catalog.get(type, id)) is not None
    )


def _trusted(config: Any) -> dict[str, tuple[str, str]]:
    """By id: the type, and what is handed over to whoever can write it."""
    found: dict[str, tuple[str, str]] = {}

    def note(mark: Any, value: Any, path: str) -> Any:
        if isinstance(value, str) and value and "hands_over" in mark:
            found[value] = (mark["type"], mark["hands_over"])
        return value

    replace_marked(config, "refers_to", note)
    return found


def _named(writing: Writing | None) -> str:
    if writing is None:
        return ""
    people = list(writing.people[:_NAMED])
    if more := len(writing.people) - len(people):
        people.append(f"{more} more")
    if writing.admins:
        people.append(f"{writing.admins} admin{'s' if writing.admins > 1 else ''}")
    return f" ({listed(people)})" if people else " (nobody)"
