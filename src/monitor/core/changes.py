"""What an edit changed, field by field, as the record shows it: values as JSON, secrets masked."""

from typing import Any

import msgspec

from monitor.core.catalog import Stored
from monitor.kernel.activity import Change
from monitor.kernel.fields import replace_marked, struct_fields

_LONGEST = 4000


def compare(old: Stored[Any] | None, new: Stored[Any]) -> tuple[Change, ...]:
    """Changed fields of a resource: name, description, tags, each top-level config field; of a new one what is not a
    default."""
    changes = [
        _change(field, getattr(old, field) if old else empty, getattr(new, field))
        for field, empty in (("name", None), ("description", ""), ("tags", ()))
    ]
    before, after = _masked(old) if old else None, _masked(new)
    secrets = {_top(one.path) for one in {*(old.sealed if old else ())} ^ {*new.sealed}}
    for field in struct_fields(new.config.__class__):
        was = getattr(before, field.name) if before else field.default
        was = None if was is msgspec.NODEFAULT else was
        changes.append(_change(f"config.{field.name}", was, getattr(after, field.name), field.name in secrets))
    return tuple(c for c in changes if c is not None)


def _masked(stored: Stored[Any]) -> Any:
    """The config as the record shows it: stars where there is a secret."""
    known = {one.path for one in stored.sealed}
    return replace_marked(stored.config, "secret", lambda mark, value, path: "********" if path in known else None)


def _change(field: str, before: Any, after: Any, secret: bool = False) -> Change | None:
    if before == after and not secret:
        return None
    note = " (a secret value changed)" if before == after else ""
    return Change(field, _shown(before), _shown(after) + note)


def _shown(value: Any) -> str:
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _top(path: str) -> str:
    """`secret_environment` of `secret_environment[TOKEN].value`."""
    return path.partition(".")[0].partition("[")[0]
