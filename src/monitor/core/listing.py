"""Listing: which records a list holds, in what order, from where."""

from collections.abc import Callable
from typing import Any

from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.parts import Parts
from monitor.kernel.errors import Invalid


def narrow(parts: Parts, caller: Caller, records: list[Record], op: Any) -> list[Record]:
    """Those that a list operation's search, tag, state and server leave."""
    if op.search:
        text = op.search.casefold()
        records = [r for r in records if text in r.stored.name or text in r.stored.description.casefold()]
    if op.tag:
        records = [r for r in records if op.tag in r.stored.tags]
    if op.state:
        records = [r for r in records if getattr(r.status, "state", "") == op.state]
    if op.server:
        server = parts.catalog.find("server", op.server)
        # A name says something only to who may read what it names; an id stands in each config anyway.
        known = server is not None and (op.server == server.id or parts.permit.readable(caller, "server", server.id))
        records = [r for r in records if known and server is not None and r.server == server.id]
    return records


def known_id(parts: Parts, caller: Caller, type: str, ref: str) -> str:
    """The id of what a reference means; a name is taken from who may know it, and anything else stays as it is."""
    record = parts.catalog.find(type, ref) if type and ref else None
    known = record is not None and parts.permit.readable(caller, record.type, record.id)
    return record.id if known and record else ref


def sort(records: list[Record], order: str) -> list[Record]:
    """In the asked order; Invalid where there is no such."""
    field, descending = order.removeprefix("-"), order.startswith("-")
    keys: dict[str, Callable[[Record], Any]] = {
        "name": lambda r: r.stored.name,
        "created": lambda r: r.id,
        "updated": lambda r: r.stored.updated,
        "state": lambda r: getattr(r.status, "state", ""),
    }
    if field not in keys:
        raise Invalid.field("sort", f"unknown; use one of {', '.join(keys)}, with '-' in front to turn it round")
    if field == "name":  # the catalog keeps this order
        return records[::-1] if descending else records
    return sorted(records, key=keys[field], reverse=descending)


def after(records: list[Record], cursor: str) -> int:
    """Where the page after this cursor begins; Invalid where its record is gone."""
    if not cursor:
        return 0
    for index, record in enumerate(records):
        if record.id == cursor:
            return index + 1
    raise Invalid.field("cursor", "no longer there; begin again without a cursor")
