"""Starved: which containers the kernel killed for want of memory and when, by Docker's events and the kernel's counts.

Docker's event of a kill may come after that of the end, or never (see abilities/container/memory.py): an end by KILL
that nobody asked Docker for, after a kill of the kernel that nothing else has accounted for, is taken for one. What the
group of a container that still runs has counted is accounted for by that one.
"""

from collections.abc import Callable, Set
from datetime import datetime, timedelta
from typing import Any, Protocol

from monitor.abilities.container.memory import is_kill
from monitor.abilities.container.states import KILLED
from monitor.abilities.docker.event import exit_code_of, moment_of
from monitor.abilities.watch.kills import Account, Kills

_SAME = timedelta(seconds=2)
"""Two signs of a kill less far apart are of the same one."""
AWAY = timedelta(minutes=5)
"""Whoever watches again after longer begins anew: a kill of the time between is not one of now."""


class Groups(Protocol):
    """Control groups of containers."""

    def find(self) -> Set[str]:
        """Ids of the containers whose groups are there now."""
        ...

    def oom_kills(self, id: str) -> int | None:
        """In one of them, since it was made; None where that is not to be seen."""
        ...


class Starved:
    """Of one daemon. `count` reads how often the kernel has killed anything since boot; None where it does not tell."""

    def __init__(
        self, count: Callable[[], int | None], groups: Groups | None = None, kills: Kills | None = None
    ) -> None:
        self._count = count
        self._groups = groups
        self._kills = kills or Kills()
        self._at = dict(self._kills.when)  # its own: what another watch sees meanwhile, this one accounts for by itself
        self._accounted: int | None = None
        self._next: int | None = None
        self._in_groups: dict[str, int] = {}
        self._heard = self._heard_before = self._now = 0.0
        self._noted: set[str] = set()
        self._asked: set[str] = set()
        """Docker was asked to kill these."""

    def begin(self, now: datetime) -> None:
        """Listen from now on: to what Docker recalls first, then to what happens."""
        known = self._kills.account(now, AWAY) or Account(heard=now.timestamp(), count=self._count())
        self._asked.clear()
        self._accounted = self._next = known.count
        self._in_groups = dict(known.groups)
        self._heard = self._heard_before = known.heard
        self._settle()  # in what lives something was killed at a time nobody knows, unless Docker recalls it
        self._keep(now)

    def at(self, id: str) -> datetime | None:
        """When it was killed last, as far as that was seen."""
        return self._at.get(id)

    def noted(self) -> Set[str]:
        """Whose kills were seen since this was asked last."""
        noted, self._noted = self._noted, set()
        return noted

    def turn(self, now: datetime) -> None:
        """To be called every few seconds: what the last two turns did not account for was no container's."""
        if self._is_unaccounted():
            self._settle(now)
        self._accounted, self._next = self._next, self._count()
        self._keep(now)

    def recall(self, event: dict[str, Any]) -> None:
        """One that happened before."""
        if event["Action"] == "die" and moment_of(event).timestamp() <= self._heard_before:
            self._asked.discard(event["Actor"]["ID"])
        else:
            self.heed(event)

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
                if exit_code_of(event) == KILLED:
                    self._look_into(id, at)
                self._asked.discard(id)
            case "start":
                self._in_groups.pop(id, None)  # it has another one
            case "destroy":
                self._forget(id)
            case _:
                pass

    def there_are(self, ids: Set[str]) -> None:
        """Forget all others: they went while nobody listened."""
        for id in (self._at.keys() | self._kills.when.keys() | self._in_groups.keys() | self._asked) - ids:
            self._forget(id)

    def _look_into(self, id: str, at: datetime) -> None:
        """It ended by KILL: by whose?"""
        self._heard = max(self._heard, at.timestamp())
        if id not in self._asked and self._is_unaccounted():
            self._settle(at)
            if self._is_unaccounted() and self._in_group(id) is None:
                self._note(id, at)
        self._keep()

    def _settle(self, at: datetime | None = None) -> None:
        """Account for what the groups that are there have counted. `at`: it has happened just now."""
        for id in self._groups.find() if self._groups is not None else ():
            if self._take(id) and at is not None:
                self._set(id, at)

    def _take(self, id: str) -> bool:
        """Account for what the group of one has counted; whether it has anything new."""
        now, before = self._in_group(id), self._in_groups.get(id, 0)
        if now is None or now == before:
            return False
        self._in_groups[id] = now
        new = now - before if now > before else now  # a count that is smaller is another group's
        self._account(new)
        return new > 0

    def _in_group(self, id: str) -> int | None:
        return self._groups.oom_kills(id) if self._groups is not None else None

    def _note(self, id: str, at: datetime) -> None:
        """There is a sign that it was killed."""
        known = self._at.get(id)
        if known is not None and at - known < _SAME:
            return  # the same kill, or one that Docker recalls though a later one is known
        self._set(id, at)
        if self._groups is not None:
            self._groups.find()
        if not self._take(id) and self._in_group(id) is None and self._is_unaccounted():
            self._account(1)
        self._keep()

    def _set(self, id: str, at: datetime) -> None:
        known = self._at.get(id)
        if known is None or at - known >= _SAME:
            self._at[id] = self._kills.when[id] = at
            self._noted.add(id)

    def _account(self, kills: int) -> None:
        count = self._count()
        if self._accounted is not None and count is not None:
            self._accounted = min(self._accounted + kills, count)
            self._next = max(self._next or 0, self._accounted)

    def _is_unaccounted(self) -> bool:
        count = self._count()
        return count is not None and self._accounted is not None and count > self._accounted

    def _forget(self, id: str) -> None:
        self._at.pop(id, None)
        self._kills.when.pop(id, None)
        self._in_groups.pop(id, None)
        self._asked.discard(id)

    def _keep(self, now: datetime | None = None) -> None:
        self._now = now.timestamp() if now is not None else self._now
        account = Account(self._kills.boot, self._now, self._heard, self._accounted, dict(self._in_groups))
        self._kills.keep(account)
