"""Asker: who asked for an activity, or stands for what Monitor does by itself, with the rights he has now."""

from msgspec import structs

from monitor.core.caller import SYSTEM, Caller
from monitor.core.catalog import Record
from monitor.core.parts import Parts
from monitor.kernel.activity import Activity, What, Who
from monitor.kernel.errors import Conflict


def caller_of(parts: Parts, activity: Activity) -> Caller | None:
    """None when he is disabled or gone; a feature's actor, when that says so."""
    if (actor := parts.actors.get(activity.who.kind)) is not None:
        return actor(activity)
    if activity.who.kind != "user":
        return structs.replace(SYSTEM, who=activity.who, origin=activity.origin, cause=activity.cause)
    user = parts.memory.get("user", activity.who.id)
    if user is None or not user.enabled:
        return None
    who = Who("user", user.id, user.name)
    return Caller(who=who, admin=user.admin, origin=activity.origin, cause=activity.cause)


def who_set(record: Record, field: str) -> Who | None:
    """Who gave a field marked STANDING the value it has."""
    return next((one.who for one in record.stored.set_by if one.field == field), None)


def without_right(record: Record, field: str, origin: str, cause: What | None = None) -> Caller:
    """Whoever set that field, to be named where nobody may stand for him any more."""
    return Caller(who=who_set(record, field) or SYSTEM.who, origin=origin, cause=cause)


def stands_for(parts: Parts, record: Record, field: str, origin: str, cause: What | None = None) -> Caller:
    """Whoever set that field, with the rights he has now. Conflict where he is gone, disabled or not known."""
    who = who_set(record, field)
    if who is None:
        raise Conflict("nobody is known to have switched it on: switch it off and on again")
    if who.kind == "system":
        return structs.replace(SYSTEM, origin=origin, cause=cause)
    user = parts.memory.get("user", who.id) if who.kind == "user" else None
    if user is None or not user.enabled:
        raise Conflict(
            f"{who.name}, who switched it on, is deleted or disabled",
            hint="Somebody else with the right switches it off and on again.",
        )
    return Caller(who=Who("user", user.id, user.name), admin=user.admin, origin=origin, cause=cause)
