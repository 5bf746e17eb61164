"""Defaults: the rules a core begins with, made once; a marker says so, and one that is deleted stays away."""

from monitor.core.catalog import Stored, resource_kind
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.features.alerts.rulebook import RULE
from monitor.features.alerts.stored import DEFAULTS_MADE
from monitor.kernel.ids import new_id
from monitor.resources.alert_rule.defaults import DEFAULTS
from monitor.store.contract import Entry

_CORE = "core"


async def make_defaults(parts: Parts) -> None:
    """Those whose name is free; nothing where they were made before."""
    memory, now = parts.memory, parts.clock.now()
    if memory.get(_CORE, DEFAULTS_MADE) is not None:
        return
    changes = Changes()
    changes.put(_CORE, DEFAULTS_MADE, {"made": now.isoformat()})
    for name, config in DEFAULTS.items():
        if parts.catalog.find(RULE, name) is None:
            id = new_id(now)
            stored = Stored(id=id, name=name, revision=1, created=now, updated=now, config=config)
            changes.put(resource_kind(RULE), id, stored)
    await memory.commit(changes, Entry("alert_rules_made", now))
