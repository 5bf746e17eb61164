"""Told: parts of what the daemon says, null taken as nothing."""

from typing import Any

Told = dict[str, Any]


def part(of: Told, key: str) -> Told:
    """An object inside."""
    return of.get(key) or {}


def items(of: Told, key: str) -> list[Any]:
    """A list inside."""
    return of.get(key) or []
