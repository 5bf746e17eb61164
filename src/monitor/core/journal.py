"""Activities: opened, moved on and closed in memory, store and on the live stream, together."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from msgspec import structs

from monitor.core.bus import Bus
from monitor.core.caller import Caller
from monitor.core.memory import Changes, Memory
from monitor.core.releases import RELEASE_INDEX
from monitor.kernel.activity import Activity, State, What
from monitor.kernel.alerts import ALERT
from monitor.kernel.clock import Clock
from monitor.kernel.operation import Operation, tag_of
from monitor.store.contract import Entry, Index, Where

ACTIVITY = "activity"
_PATHS = ("id", "state", "operation", "who.id", "what.id", "what.type", "parent", "server")
ALERT_INDEXES = tuple(
    Index(ALERT, path)
    for path in ("id", "state", "severity", "rule", "resolved", "subject.type", "subject.id", "subject.server")
)
INDEXES = (*(Index(ACTIVITY, path) for path in _PATHS), RELEASE_INDEX, *ALERT_INDEXES)
"""Of all core's documents."""


class Journal:
    """The record. Open activities are kept at hand; ended ones are read from the store."""

    def __init__(
        self,
        memory: Memory,
        clock: Clock,
        bus: Bus,
        *,
        count: Callable[[Activity], None],
        keep: Callable[[Activity], None],
    ) -> None:
        """`count` is told each end once, `keep` each end and what is added to it later."""
        self._memory = memory
        self._clock = clock
        self._bus = bus
        self._count = count
        self._keep = keep
        self.open: dict[str, Activity] = {}
        self.unstored: set[str] = set()
        """Those of the open ones that the store has not taken yet, and may refuse."""
        self._changing: dict[str, tuple[asyncio.Lock, int]] = {}

    async def load(self) -> list[Activity]:
        """Activities a former life of core left open, oldest first."""
        states = (State.QUEUED.value, State.RUNNING.value)
        found: list[Activity] = []
        after = ""
        while True:
            page = await self._memory.store.find(ACTIVITY, [Where(path="state", among=states)], after=after, limit=500)
            found += [msgspec.json.decode(d.body, type=Activity) for d in page.docs]
            if len(page.docs) < 500:
                break
            after = page.docs[-1].id
        self.open = {a.id: a for a in found}
        return found

    def new(self, caller: Caller, op: Operation[Any], id: str, what: What | None, parent: str = "") -> Activity:
        """An activity as it begins; nothing is stored yet."""
        return Activity(
            id=id,
            operation=tag_of(type(op)),
            who=caller.who,
            what=what,
            origin=caller.origin,
            state=State.QUEUED,
            created=self._clock.now(),
            parent=parent,
            cause=caller.cause,
        )

    def not_run(
        self,
        caller: Caller,
        op: Operation[Any],
        id: str,
        what: What | None,
        *,
        error: str,
        hint: str = "",
        state: State = State.FAILED,
        parent: str = "",
    ) -> Activity:
        """The record of what was refused while nobody was there to be told; nothing is stored yet."""
        new = self.new(caller, op, id, what, parent)
        new = structs.replace(new, request=msgspec.json.encode(op).decode())
        return self.ended(new, state, error=error, hint=hint)

    async def write(self, activity: Activity, event: str, changes: Changes | None = None) -> int:
        """Store an activity as it is now, with other changes, under a journal entry; then show it."""
        changes = changes or Changes()
        changes.put(ACTIVITY, activity.id, activity)
        try:
            seq = await self._memory.commit(changes, Entry(event, self._clock.now(), activity.id))
        except asyncio.CancelledError:
            self.show(activity)  # it is stored all the same
            raise
        self.show(activity)
        return seq

    @asynccontextmanager
    async def changing(self, id: str) -> AsyncGenerator[Activity | None]:
        """An open activity as it is, which nobody else changes meanwhile; None once it has ended."""
        lock, users = self._changing.get(id) or (asyncio.Lock(), 0)
        self._changing[id] = lock, users + 1
        try:
            async with lock:
                yield self.open.get(id)
        finally:
            lock, users = self._changing.pop(id)
            if users > 1:
                self._changing[id] = lock, users - 1

    async def note(self, activity: Activity, event: str) -> None:
        """Add to an activity that has ended; its end stays as it is."""
        changes = Changes()
        changes.put(ACTIVITY, activity.id, activity)
        await self._memory.commit(changes, Entry(event, self._clock.now(), activity.id))
        self._keep(activity)
        self._bus.publish(ACTIVITY, activity.id, activity)

    def show(self, activity: Activity) -> None:
        """Make an activity's newest form known without storing it."""
        self.unstored.discard(activity.id)
        if activity.state.ended:
            self.open.pop(activity.id, None)
            self._count(activity)
            self._keep(activity)
        else:
            self.open[activity.id] = activity
        self._bus.publish(ACTIVITY, activity.id, activity)

    async def get(self, id: str) -> Activity | None:
        """One activity, open or ended."""
        if (known := self.open.get(id)) is not None:
            return known
        return await self.stored(id)

    async def stored(self, id: str) -> Activity | None:
        """As the store has it: of an end that was written just now, ahead of what is shown."""
        doc = await self._memory.store.get(ACTIVITY, id)
        return msgspec.json.decode(doc.body, type=Activity) if doc else None

    async def find(self, where: Sequence[Where], *, cursor: str, limit: int) -> tuple[list[Activity], int]:
        """Newest first, older than `cursor`."""
        found = await self._memory.store.find(ACTIVITY, where, descending=True, after=cursor, limit=limit)
        stored = [msgspec.json.decode(d.body, type=Activity) for d in found.docs]
        return [self.open.get(a.id, a) for a in stored], found.total

    def ended(self, activity: Activity, state: State, **fields: Any) -> Activity:
        """The activity in its end state, now."""
        return structs.replace(activity, state=state, ended=self._clock.now(), waiting_for="", turn=None, **fields)
