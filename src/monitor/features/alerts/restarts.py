"""Restarts: how often each container was started again by Docker lately, from the counts hosts tell. Pure."""

from collections import deque
from collections.abc import Set

from monitor.features.alerts.by_container import ByContainer

_MOST_MINUTES = 1440
_MOST = 1000


class Restarts:
    """By server and container. What was counted before core saw a container first is no restart."""

    def __init__(self) -> None:
        self._of: ByContainer[tuple[int, deque[float]]] = ByContainer()

    def note(self, server: str, container: str, count: int, at: float) -> None:
        """What a host says of a container's count now."""
        known = self._of.get(server, container)
        if known is None:
            self._of.put(server, container, (count, deque(maxlen=_MOST)))
            return
        before, times = known
        if count != before:
            # A count that is smaller began anew: Docker does so when somebody starts it.
            times.extend([at] * min(max(count - before, 0), _MOST))
            self._of.put(server, container, (count, times))

    def within(self, server: str, container: str, minutes: int, now: float) -> int:
        """How many lie so far back at most."""
        known = self._of.get(server, container)
        if known is None:
            return 0
        times = known[1]
        while times and not 0 <= now - times[0] <= _MOST_MINUTES * 60:
            times.popleft()
        return sum(now - at <= minutes * 60 for at in times)

    def keep(self, server: str, containers: Set[str]) -> None:
        """All others of a server are gone."""
        self._of.keep(server, containers)

    def forget(self, server: str, container: str) -> None:
        """It is gone."""
        self._of.forget(server, container)
