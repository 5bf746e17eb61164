"""Starved: which containers the kernel killed for want of memory and when, from Docker's events and the kernel's count.

Docker's event of a kill may come after that of the end, or never (see abilities/container/memory.py): an end by KILL
that nobody asked Docker for, after a kill of the kernel that no event has accounted for, is taken for one.
"""

from collections.abc import Callable, Set
from datetime import datetime, timedelta
from typing import Any

from monitor.abilities.container.memory import is_kill
from monitor.abilities.container.states import KILLED
from monitor.abilities.docker.event import exit_code_of, moment_of

_SAME = timedelta(seconds=2)
"""Two signs of a kill less far apart are of the same one."""


class Starved:
    """Of one daemon. `count` reads how often the kernel has killed anything since boot; None where it does not tell."""

    def __init__(self, count: Callable[[], int | None], kept: dict[str, datetime] | None = None) -> None:
        """`kept` outlives this: whoever watches next knows what Docker does not say again."""
        self._count = count
        self._accounted = self._next = count()
        self._kept = {} if kept is None else kept
        self._at = dict(self._kept)  # its own: what another watch sees meanwhile, this one accounts for by itself
        self._asked: set[str] = set()
        """Docker was asked to kill these."""

    def at(self, id: str) -> datetime | None:
        """When it was killed last, as far as that was seen."""
        return self._at.get(id)

    def turn(self) -> None:
        """To be called every few seconds: what the last two turns did not account for was no container's."""
        self._accounted, self._next = self._next, self._count()

    def heed(self, event: dict[str, Any]) -> None:
        """One of the daemon's events of containers, in their order."""
        id: str = event["Actor"]["ID"]
        at = moment_of(event)
        match event["Action"]:
            case "oom":
                self._note(id, at)
            case "kill" if is_kill(event):
                self._asked.add(id)
            case "die":
                if exit_code_of(event) == KILLED and id not in self._asked and self._is_unaccounted():
                    self._note(id, at)
                self._asked.discard(id)
            case "destroy":
                self._forget(id)
            case _:
                pass

    def there_are(self, ids: Set[str]) -> None:
        """Forget all others: they went while nobody listened."""
        for id in (self._at.keys() | self._kept.keys() | self._asked) - ids:
            self._forget(id)

    def _forget(self, id: str) -> None:
        self._at.pop(id, None)
        self._kept.pop(id, None)
        self._asked.discard(id)

    def _note(self, id: str, at: datetime) -> None:
        known = self._at.get(id)
        if known is not None and at - known < _SAME:
            return  # the same kill, or one that Docker recalls though a later one is known
        self._at[id] = self._kept[id] = at
        if self._accounted is not None and self._is_unaccounted():
            self._accounted += 1
            self._next = max(self._next or 0, self._accounted)

    def _is_unaccounted(self) -> bool:
        count = self._count()
        return count is not None and self._accounted is not None and count > self._accounted
