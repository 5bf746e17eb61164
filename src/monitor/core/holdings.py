"""Holdings: which resources hold a part of another, as one caller may know it."""

from monitor.core.caller import Caller
from monitor.core.parts import Parts
from monitor.kernel.holding import Holder


def holders(parts: Parts, caller: Caller, id: str) -> tuple[Holder, ...]:
    """Of everything, in the order of the names; who may not read one learns no name."""
    found: list[Holder] = []
    for type, behaviour in parts.catalog.behaviours.items():
        holds = behaviour.hooks.holds
        if holds is None:
            continue
        for record in parts.catalog.by_name(type):
            held = [one for one in holds(record.stored.config, record.info) if one.id == id]
            name = record.stored.name if held and parts.permit.readable(caller, type, record.id) else ""
            found += [Holder(type=type, id=record.id, name=name, part=one.part, runs=one.runs) for one in held]
    return tuple(found)
