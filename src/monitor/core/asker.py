"""Asker: who asked for an activity, with the rights he has now."""

from msgspec import structs

from monitor.core.caller import SYSTEM, Caller
from monitor.core.parts import Parts
from monitor.kernel.activity import Activity, Who


def caller_of(parts: Parts, activity: Activity) -> Caller | None:
    """None when he is disabled or gone."""
    if activity.who.kind != "user":
        return structs.replace(SYSTEM, who=activity.who, origin=activity.origin)
    user = parts.memory.get("user", activity.who.id)
    if user is None or not user.enabled:
        return None
    return Caller(who=Who("user", user.id, user.name), admin=user.admin, origin=activity.origin)
