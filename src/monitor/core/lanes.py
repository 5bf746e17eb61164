"""Lanes: keys with places. What needs one waits its turn; several keys are taken together, so nothing deadlocks."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from msgspec import Struct

from monitor.kernel.activity import BUILDER, SOURCE, Turn
from monitor.kernel.errors import Conflict

BOUND = 8
_NAMED = 5
"""How many of those who stand before it a waiting one is told."""


class Standing(Struct, frozen=True):
    """What one who waits is told: ids of those before it, the nearest first, and its place in the line."""

    holders: str = ""
    turn: Turn | None = None


class Ticket:
    """A place in the queue of every one of its keys, from `enter` to `leave`."""

    def __init__(self, holder: str, keys: tuple[str, ...]) -> None:
        self.holder = holder
        self.keys = keys
        self.granted = asyncio.Event()
        self.tell: Callable[[Standing], None] | None = None
        self.told = Standing()


class Lanes:
    """First come, first served per key; a ticket is granted when every one of its keys has a place for it."""

    def __init__(self, places: Callable[[str], int] = lambda key: 1) -> None:
        self._places = places
        self._waiting: list[Ticket] = []
        self._held: dict[str, list[str]] = {}

    def check_room(self, key: str) -> None:
        """Conflict when as many as the bound wait for this key already."""
        waiting = [t for t in self._waiting if key in t.keys]
        if len(waiting) >= BOUND:
            raise Conflict(
                f"{len(waiting)} actions wait for this target already",
                hint="Let them end, or cancel some: monitor activity ls --state queued",
            )

    def enter(self, holder: str, keys: tuple[str, ...], *, running: bool = False) -> Ticket:
        """Queue up; what runs already (before a restart) has its places whether there are any or not."""
        ticket = Ticket(holder, tuple(dict.fromkeys(keys)))
        if running:
            self._take(ticket)
        else:
            self._waiting.append(ticket)
            self.look_again()
        return ticket

    def waits(self, holder: str) -> bool:
        """Whether it still waits for its turn."""
        return any(ticket.holder == holder for ticket in self._waiting)

    @asynccontextmanager
    async def hold(self, ticket: Ticket, waiting: Callable[[Standing], None] | None = None) -> AsyncGenerator[None]:
        """Wait for the ticket's turn, then have its places; `waiting` is told how we stand, as that changes."""
        try:
            ticket.tell = waiting
            self._tell()
            await ticket.granted.wait()
            yield
        finally:
            self.leave(ticket)

    def leave(self, ticket: Ticket) -> None:
        """Give the places, or the place in the queue, to who comes next."""
        if ticket in self._waiting:
            self._waiting.remove(ticket)
        else:
            for key in ticket.keys:
                self._held[key].remove(ticket.holder)
                if not self._held[key]:
                    del self._held[key]
        self.look_again()

    def look_again(self) -> None:
        """Grant in order; a ticket that waits for a full key keeps those behind it out of that key only."""
        ahead: dict[str, int] = {}
        for ticket in list(self._waiting):
            full = [k for k in ticket.keys if len(self._held.get(k, [])) + ahead.get(k, 0) >= self._places(k)]
            if full:
                for key in full:
                    ahead[key] = ahead.get(key, 0) + 1
                continue
            self._waiting.remove(ticket)
            self._take(ticket)
        self._tell()

    def _tell(self) -> None:
        """Say to each who waits which ids stand before it, and where it stands itself."""
        before = {key: list(holders) for key, holders in self._held.items()}
        waiting = Counter(key for ticket in self._waiting for key in ticket.keys)
        for ticket in self._waiting:
            ahead = dict.fromkeys(h for key in ticket.keys for h in before.get(key, [])[:_NAMED])
            standing = Standing(", ".join(list(ahead)[:_NAMED]), self._turn(ticket, before, waiting))
            if ticket.tell is not None and standing != ticket.told:
                ticket.told = standing
                ticket.tell(standing)
            for key in ticket.keys:
                before.setdefault(key, []).append(ticket.holder)

    def _turn(self, ticket: Ticket, before: dict[str, list[str]], waiting: Counter[str]) -> Turn | None:
        """Its place in the longest of the lines that keep it waiting; a builder's, where two are as long."""
        lines = [
            (len(before.get(key, [])) - len(self._held.get(key, [])) + 1, key.startswith(BUILDER), key)
            for key in ticket.keys
            if len(before.get(key, [])) >= self._places(key)
        ]
        if not lines:
            return None
        place, _, key = max(lines)
        kind, _, id = key.partition(":")
        return Turn(kind, "" if kind == SOURCE else id, place, waiting[key])

    def _take(self, ticket: Ticket) -> None:
        for key in ticket.keys:
            self._held.setdefault(key, []).append(ticket.holder)
        ticket.granted.set()
