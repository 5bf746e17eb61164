"""What is stored of webhooks: the hook itself, and how it stands."""

from datetime import datetime

from msgspec import Struct

from monitor.core.caller import Bound, Caller
from monitor.core.parts import Parts
from monitor.kernel.activity import Activity, Who
from monitor.kernel.permission import Level
from monitor.kernel.webhooks import Delivery

HOOK = WHO = "webhook"
STATE = "webhook_state"


class StoredHook(Struct, frozen=True, kw_only=True):
    """A resource's webhook, under the resource's id. Address and secret are sealed; the former is found by its hash."""

    id: str
    type: str
    on: bool
    address: str
    digest: str
    """SHA-256 of the address's last part, which is 256 random bits."""
    secret: str
    branches: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    made: datetime


class Wanted(Struct, frozen=True, kw_only=True):
    """A push that was answered and is yet to be looked at, with all that came after it."""

    branch: str
    """Empty: the one the resource is made from."""
    since: datetime
    words: str = ""
    """Of the newest: who pushed where, as the record says it."""
    deliveries: tuple[str, ...] = ()
    """Ids, oldest first; as many as are shown."""


class Tried(Struct, frozen=True, kw_only=True):
    """The commit of a branch that was run last because of a push, however that ended."""

    branch: str
    commit: str
    activity: str


class HookState(Struct, frozen=True, kw_only=True):
    """How a webhook stands."""

    id: str
    wanted: tuple[Wanted, ...] = ()
    tried: tuple[Tried, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    """Newest first."""


HELD = {HOOK: StoredHook, STATE: HookState}
"""What core's memory holds of them."""


def actor(parts: Parts, type: str, id: str, operation: str, name: str) -> Caller | None:
    """Who runs what a push prompts: one operation on one resource. None where its webhook is off, or never was on."""
    hook: StoredHook | None = parts.memory.get(HOOK, id)
    declared = parts.registry.operations.get(operation)
    kept = parts.registry.types.get(type)
    if hook is None or not hook.on or hook.type != type or kept is None or declared not in kept.pushed:
        return None
    level = declared.needs if isinstance(declared.needs, Level) else Level.NONE
    bound = Bound(type, id, operation, level)
    return Caller(who=Who(WHO, id, name), origin="webhook", bound=bound)


def actor_of(parts: Parts, activity: Activity) -> Caller | None:
    """The same for an activity it has asked for."""
    what = activity.what
    return actor(parts, what.type, what.id, activity.operation, activity.who.name) if what else None
