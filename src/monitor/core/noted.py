"""Noted: what is said about a change beside that it was made: who gains power by it, and what of it cannot work yet."""

from functools import partial
from typing import Any

from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.parts import Parts
from monitor.core.trust import handed_over
from monitor.kernel.noted import Beside, Noted


def notes_on(parts: Parts, caller: Caller, record: Record, old: Any) -> tuple[str, ...]:
    """Sentences for who made it. `record` is as it will stand; `old` is the config before, None for a new one."""
    return (*handed_over(parts, caller, old, record.stored.config), *_own(parts, caller, record))


def _own(parts: Parts, caller: Caller, record: Record) -> tuple[str, ...]:
    """What its type has to say."""
    notes = record.behaviour.hooks.notes
    if notes is None:
        return ()
    given = Noted(
        id=record.id,
        name=record.stored.name,
        config=record.stored.config,
        info=record.info,
        now=parts.clock.now(),
        view=parts.hosts.view(record.server) if record.server else None,
        others=partial(_others, parts, caller, record.id),
    )
    return tuple(dict.fromkeys(notes(given)))


def _others(parts: Parts, caller: Caller, id: str, type: str) -> tuple[Beside[Any, Any], ...]:
    """Every other one of a type, whoever may read it."""
    return tuple(
        Beside(
            id=other.id,
            name=other.stored.name,
            known=parts.permit.readable(caller, type, other.id),
            tags=other.stored.tags,
            config=other.stored.config,
            sealed=frozenset(one.path for one in other.stored.sealed),
            info=other.info,
        )
        for other in parts.catalog.by_name(type)
        if other.id != id
    )
