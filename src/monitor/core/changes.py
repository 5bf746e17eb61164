"""What an edit changed, field by field, as the record shows it: values as JSON, secrets masked."""

from typing import Any

import msgspec

from monitor.core.catalog import Stored
from monitor.kernel.activity import Change
from monitor.kernel.fields import replace_marked

_LONGEST = 4000


def compare(old: Stored[Any] | None, new: Stored[Any]) -> tuple[Change, ...]:
    """Changed fields of a resource: name, description, tags, each top-level config field; of a new one what is not a
    default."""
    changes = [
        _change(field, getattr(old, field) if old else empty, getattr(new, field))
        for field, empty in (("name", None), ("description", ""), ("tags", ()))
    ]
    for field in msgspec.structs.fields(new.config):
        before = getattr(old.config, field.name) if old else field.default
        before = None if before is msgspec.NODEFAULT else before
        changes.append(_change(f"config.{field.name}", before, getattr(new.config, field.name)))
    return tuple(c for c in changes if c is not None)


def _change(field: str, before: Any, after: Any) -> Change | None:
    if before == after:
        return None
    shown_before, shown_after = _shown(before), _shown(after)
    if shown_before == shown_after:
        shown_after += " (a secret value changed)"
    return Change(field, shown_before, shown_after)


def _shown(value: Any) -> str:
    masked = replace_marked(value, "secret", lambda mark, value, path: None if value is None else "********")
    text = msgspec.json.encode(masked).decode()
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
