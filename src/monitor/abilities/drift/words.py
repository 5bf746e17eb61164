"""Words: a difference as it is told."""

from typing import Any

import msgspec

from monitor.abilities.drift.calls import Difference

_LONGEST = 2000
_MOST = 200
"""Differences told at once: the rest is more of the same."""


def difference(field: str, wanted: Any, found: Any) -> Difference:
    """With both values as JSON text; nothing as nothing."""
    return Difference(field=field, wanted=_text(wanted), found=_text(found))


def bounded(differences: list[Difference]) -> tuple[Difference, ...]:
    """No more than people read and core takes."""
    return tuple(differences[:_MOST])


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
