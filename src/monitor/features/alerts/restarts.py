"""Restarts: how often each container was started again by Docker lately, from the counts hosts tell, and how often of
that since it had run out of memory. Pure.
"""

from collections import deque
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from monitor.features.alerts.by_container import ByContainer

_MOST_MINUTES = 1440
_MOST = 1000
_LATE = 10.0
"""Seconds within which a host may tell of a kill after the restart that followed it."""


class Count(NamedTuple):
    """Of restarts."""

    all: int = 0
    of_memory: int = 0


@dataclass(slots=True)
class _Known:
    """Of one container."""

    count: int
    killed: datetime | None
    owed: bool = False
    """A kill was told of, and no restart after it yet."""
    times: deque[tuple[float, bool]] = field(default_factory=lambda: deque(maxlen=_MOST))
    """When each was, and whether it followed a kill."""


class Restarts:
    """By server and container. What was counted before core saw a container first is no restart."""

    def __init__(self) -> None:
        self._of: ByContainer[_Known] = ByContainer()

    def note(self, server: str, container: str, count: int, at: float, killed: datetime | None = None) -> None:
        """What a host says of a container's count now, and when it ran out of memory last."""
        known = self._of.get(server, container)
        if known is None:
            self._of.put(server, container, _Known(count, killed))
            return
        # A count that is smaller began anew: Docker does so when somebody starts it.
        more, known.count = min(max(count - known.count, 0), _MOST), count
        if killed is not None and (known.killed is None or killed > known.killed):
            known.killed, known.owed = killed, True
            if not more and known.times and at - known.times[-1][0] <= _LATE and not known.times[-1][1]:
                known.times[-1], known.owed = (known.times[-1][0], True), False
        if more:
            known.times.extend([(at, known.owed)] * more)
            known.owed = False

    def within(self, server: str, container: str, minutes: int, now: float) -> Count:
        """How many lie so far back at most."""
        known = self._of.get(server, container)
        if known is None:
            return Count()
        times = known.times
        while times and not 0 <= now - times[0][0] <= _MOST_MINUTES * 60:
            times.popleft()
        lately = [of_memory for at, of_memory in times if now - at <= minutes * 60]
        return Count(len(lately), sum(lately))

    def keep(self, server: str, containers: Set[str]) -> None:
        """All others of a server are gone."""
        self._of.keep(server, containers)

    def forget(self, server: str, container: str) -> None:
        """It is gone."""
        self._of.forget(server, container)
