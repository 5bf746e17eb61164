"""Deliveries: what a simulated host pushed, and what it has of what others pushed."""

from dataclasses import dataclass, field


@dataclass
class Deliveries:
    """Of one machine; the shelf is a registry's, and several machines may share one."""

    shelf: dict[str, str] = field(default_factory=dict[str, str])
    """What was pushed, by reference (`name:tag`, `name@sha256:…`), with its image's id."""
    had: dict[str, str] = field(default_factory=dict[str, str])
    """Ids of images made by another machine, by what they are called here."""
