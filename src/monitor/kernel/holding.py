"""Holding: that a resource needs one part of another: a deployment one version of a build."""

from msgspec import Struct


class Holding(Struct, frozen=True, kw_only=True):
    """What one resource holds, worked out from its config and info."""

    id: str
    """Of the other resource."""
    part: str
    runs: bool = False
    """It runs it now; else it only names it."""


class Holder(Struct, frozen=True, kw_only=True):
    """The same seen from the other side, as one caller may know it."""

    type: str
    id: str
    name: str
    """Empty where the caller may not read the resource."""
    part: str
    runs: bool = False
