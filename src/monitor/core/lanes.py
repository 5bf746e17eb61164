"""Lanes: keys with places. What needs one waits its turn; several keys are taken together, so nothing deadlocks."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from monitor.kernel.errors import Conflict

BOUND = 8


class _Ticket:
    def __init__(self, holder: str, keys: tuple[str, ...]) -> None:
        self.holder = holder
        self.keys = keys
        self.granted = asyncio.Event()


class Lanes:
    """First come, first served per key; a ticket is granted when every one of its keys has a place for it."""

    def __init__(self, places: Callable[[str], int] = lambda key: 1) -> None:
        self._places = places
        self._waiting: list[_Ticket] = []
        self._held: dict[str, list[str]] = {}

    def check_room(self, key: str) -> None:
        """Conflict when more than the bound wait for this key already."""
        waiting = [t for t in self._waiting if key in t.keys]
        if len(waiting) >= BOUND:
            raise Conflict(
                f"{len(waiting)} actions wait for this target already",
                hint="Let them end, or cancel some: monitor activity ls --state queued",
            )

    @asynccontextmanager
    async def hold(
        self, holder: str, keys: tuple[str, ...], waiting: Callable[[str], None] | None = None
    ) -> AsyncGenerator[None]:
        """Wait for a place in every key, then hold them; `waiting` is told who holds what we wait for."""
        ticket = _Ticket(holder, tuple(dict.fromkeys(keys)))
        self._waiting.append(ticket)
        self._grant()
        try:
            if not ticket.granted.is_set() and waiting is not None:
                waiting(self.waits_for(ticket.keys, holder))
            await ticket.granted.wait()
            yield
        finally:
            self._leave(ticket)

    def waits_for(self, keys: tuple[str, ...], holder: str) -> str:
        """Ids of those who stand in the way, the nearest first."""
        ahead = [h for key in keys for h in self._held.get(key, []) if h != holder]
        for ticket in self._waiting:
            if ticket.holder == holder:
                break
            if set(ticket.keys) & set(keys):
                ahead.append(ticket.holder)
        return ", ".join(dict.fromkeys(ahead))

    def queue(self) -> list[str]:
        """Holders that wait, in order."""
        return [t.holder for t in self._waiting]

    def _grant(self) -> None:
        """Grant in order; a ticket that waits for a full key keeps those behind it out of that key only."""
        ahead: dict[str, int] = {}
        for ticket in list(self._waiting):
            full = [k for k in ticket.keys if len(self._held.get(k, [])) + ahead.get(k, 0) >= self._places(k)]
            if full:
                for key in full:
                    ahead[key] = ahead.get(key, 0) + 1
                continue
            self._waiting.remove(ticket)
            for key in ticket.keys:
                self._held.setdefault(key, []).append(ticket.holder)
            ticket.granted.set()

    def _leave(self, ticket: _Ticket) -> None:
        if ticket in self._waiting:
            self._waiting.remove(ticket)
        else:
            for key in ticket.keys:
                self._held[key].remove(ticket.holder)
                if not self._held[key]:
                    del self._held[key]
        self._grant()
