"""Tidied: what the removal of several things on a host came to."""

from msgspec import Struct


class Left(Struct, frozen=True, kw_only=True):
    """One that is still there."""

    name: str
    reason: str


class Tidied(Struct, frozen=True, kw_only=True):
    """What is gone and what stayed."""

    removed: tuple[str, ...]
    left: tuple[Left, ...] = ()
    freed: int | None = None
    """Bytes; None where nobody measured."""
