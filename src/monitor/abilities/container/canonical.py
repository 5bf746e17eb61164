"""Canonical: a body with every known key spelled as Docker spells it, so that no other one counts. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from monitor.abilities.container.findings import entries
from monitor.abilities.container.powers import BODY_KEYS, HOST_KEYS


def canonical(body: Mapping[str, Any]) -> dict[str, Any]:
    """The same to the daemon: its decoder takes any case, and of one key in two spellings the last."""
    spelled = _spelled(body, BODY_KEYS)
    host = spelled.get("HostConfig")
    return (
        {**spelled, "HostConfig": _spelled(cast("dict[str, Any]", host), HOST_KEYS)}
        if isinstance(host, dict)
        else spelled
    )


def _spelled(given: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    return {key or written: value for written, key, value in entries(given, known)}
