"""Starved: when core heard last that the kernel killed something of a container for want of memory. Pure.

Hosts tell when that was by their own clocks, which may be wrong: what counts is when they told.
"""

from collections.abc import Set
from datetime import datetime

from monitor.features.alerts.by_container import ByContainer

LASTS = 60.0
"""Seconds for which it counts. Docker may have started the container again at once, and then nothing else shows it."""


class Starved:
    """By server and container."""

    def __init__(self) -> None:
        self._of: ByContainer[tuple[datetime | None, float]] = ByContainer()

    def note(self, server: str, container: str, killed: datetime | None, at: float) -> None:
        """What a host says now. What was before core saw the container first counts by the host's own clock."""
        known = self._of.get(server, container)
        if known is None:
            self._of.put(server, container, (killed, min(killed.timestamp(), at) if killed is not None else 0.0))
        elif killed is not None and (known[0] is None or killed > known[0]):
            self._of.put(server, container, (killed, at))

    def lately(self, server: str, container: str, now: float) -> bool:
        """Whether that was just now."""
        known = self._of.get(server, container)
        return known is not None and 0 <= now - known[1] < LASTS

    def keep(self, server: str, containers: Set[str]) -> None:
        """All others of a server are gone."""
        self._of.keep(server, containers)

    def forget(self, server: str, container: str) -> None:
        """It is gone."""
        self._of.forget(server, container)
