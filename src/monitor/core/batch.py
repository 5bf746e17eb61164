"""Batch: one that runs: it begins its activities, so many at a time, and ends when they have.

All it knows it reads from the record: which of its resources have an activity whose parent it is. So a core that was
killed goes on where it stood, and nothing is done twice.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, NamedTuple

from monitor.core.asker import caller_of
from monitor.core.bus import Listener
from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.journal import ACTIVITY, Journal
from monitor.core.output import Outputs
from monitor.core.parts import Parts
from monitor.core.work import Work
from monitor.kernel.activity import Activity, Line, State
from monitor.kernel.batches import MOST, Led
from monitor.kernel.errors import Conflict, MonitorError, Unavailable
from monitor.kernel.operation import Operation, tag_of
from monitor.store.contract import Where

_NAMED = 5
_NOTES = 10_000
"""Lines of its own output a batch reads back: two for each resource at most, and again after each restart."""


class Means(NamedTuple):
    """What batches need of core."""

    parts: Parts
    journal: Journal
    outputs: Outputs
    work: Work


class BatchRun:
    """The activity `parent`, which has `operation` run on one resource after the other."""

    def __init__(self, means: Means, parent: str, operation: type[Operation[Any]]) -> None:
        self._parts, self._journal, self._outputs, self._work = means
        self._parent = parent
        self._operation = operation
        self._type = tag_of(operation).partition(".")[0]
        self._running: dict[str, str] = {}
        """Resources by the id of the activity that runs on them."""
        self._ended: dict[str, Activity] = {}
        """By resource."""
        self._refused: dict[str, str] = {}
        self._skipped: dict[str, str] = {}
        self._waiting: list[str] = []
        self._seq = 0

    async def to_its_end(self, targets: tuple[str, ...], limit: int, *, stop_on_failure: bool) -> Led:
        """Begin, or go on; how it ended."""
        listener = self._parts.bus.listen(ACTIVITY)
        try:
            await self._take_up(targets)
            changes = aiter(listener)
            while True:
                await self._cancel_if_asked()
                await self._begin(limit, stop_on_failure=stop_on_failure)
                if not self._running:
                    return self._led()
                changes = await self._next_change(listener, changes)
        finally:
            self._parts.bus.leave(ACTIVITY, listener)

    async def _take_up(self, targets: tuple[str, ...]) -> None:
        """What a former life of core began."""
        where = [Where(path="parent", equals=self._parent)]
        begun, _ = await self._journal.find(where, cursor="", limit=MOST)
        for activity in begun:
            if activity.what is not None:
                self._note_state(activity.what.id, activity)
        known = {*self._running.values(), *self._ended}
        self._waiting = [id for id in targets if id not in known]
        notes = await self._outputs.read(self._parent, 0, _NOTES)
        self._seq = notes[-1].seq if notes else 0

    async def _begin(self, limit: int, *, stop_on_failure: bool) -> None:
        while self._waiting and len(self._running) < limit:
            if self._cancelled or (stop_on_failure and self._failures):
                return
            await self._begin_one(self._waiting.pop(0))

    async def _begin_one(self, id: str) -> None:
        record = self._parts.catalog.get(self._type, id)
        caller = caller_of(self._parts, self._journal.open[self._parent])
        why = skipped(self._parts, caller, self._operation, record)
        name = record.stored.name if record else id
        if why:
            self._skipped[id] = why
            await self._say(f"{name}: skipped: {why}")
            return
        assert caller is not None and self._work.run_other is not None  # noqa: S101,PT018 - nobody may do nothing
        try:
            activity = await self._work.run_other(caller, self._operation(target=id), self._parent)
        except MonitorError as refusal:
            self._refused[id] = refusal.message
            await self._say(f"{name}: refused: {refusal.message}")
            return
        await self._say(f"{name}: started")
        self._note_state(id, await self._journal.get(activity.id) or activity)
        await self._cancel_if_asked()  # it may have been asked for while this one was being stored

    async def _next_change(
        self, listener: Listener, changes: AsyncIterator[tuple[str, Any]]
    ) -> AsyncIterator[tuple[str, Any]]:
        """Wait until one of ours ends, or we are asked to; the iterator to go on with."""
        try:
            async for id, activity in changes:
                if id == self._parent:
                    return changes
                if id in self._running and activity.state.ended:
                    await self._note_end(self._running[id], activity)
                    return changes
        except Unavailable:  # too much happened at once: look at all of ours again
            for id, target in list(self._running.items()):
                if (activity := await self._journal.get(id)) is not None and activity.state.ended:
                    await self._note_end(target, activity)
        return aiter(listener)

    async def _note_end(self, target: str, activity: Activity) -> None:
        self._note_state(target, activity)
        name = activity.what.name if activity.what else target
        said = activity.summary if activity.state is State.SUCCEEDED else activity.error
        await self._say(f"{name}: {activity.state.value}" + (f": {said}" if said else ""))

    def _note_state(self, target: str, activity: Activity) -> None:
        if activity.state.ended:
            self._running.pop(activity.id, None)
            self._ended[target] = activity
        else:
            self._running[activity.id] = target

    @property
    def _cancelled(self) -> bool:
        return self._journal.open[self._parent].cancel_requested

    @property
    def _failures(self) -> list[str]:
        """Names of those that did not succeed, refused ones too."""
        bad = [a for a in self._ended.values() if a.state is not State.SUCCEEDED]
        refused = [self._parts.catalog.get(self._type, id) for id in self._refused]
        return [a.what.name for a in bad if a.what] + [r.stored.name if r else "one that is gone" for r in refused]

    async def _cancel_if_asked(self) -> None:
        if not self._cancelled:
            return
        running = [self._journal.open[id] for id in self._running if id in self._journal.open]
        await asyncio.gather(*(self._cancel(activity) for activity in running if not activity.cancel_requested))

    async def _cancel(self, activity: Activity) -> None:
        with suppress(Conflict):  # it has just ended
            await self._work.cancel(activity)

    def _led(self) -> Led:
        done = [a for a in self._ended.values() if a.state is State.SUCCEEDED]
        counts = [
            (len(done), "succeeded"),
            (len(self._failures), "failed" if not self._cancelled else "cancelled or failed"),
            (len(self._skipped), "skipped"),
            (len(self._waiting), "not begun"),
        ]
        text = f"{tag_of(self._operation).partition('.')[2]}: " + (
            ", ".join(f"{n} {word}" for n, word in counts if n) or "nothing to do"
        )
        if self._cancelled:
            return Led(state=State.CANCELLED, text=text)
        if self._failures:
            more = f" and {len(self._failures) - _NAMED} more" if len(self._failures) > _NAMED else ""
            names = ", ".join(self._failures[:_NAMED])
            return Led(state=State.FAILED, text=f"{text} ({names}{more})", hint="Each has an activity that says why.")
        if not done:
            why = next(iter(self._skipped.values()), "")
            return Led(state=State.FAILED, text=f"{text}: {why}")
        return Led(state=State.SUCCEEDED, text=text)

    async def _say(self, text: str) -> None:
        self._seq += 1
        line = Line(
            seq=self._seq,
            at=self._parts.clock.now(),
            step="",
            stream="note",
            data=f"{text}\n".encode("utf-8", "replace"),
        )
        with suppress(Unavailable):  # a full disk: what it was is in the record of each
            await self._outputs.add(self._parent, line)


def skipped(parts: Parts, caller: Caller | None, operation: type[Operation[Any]], record: Record | None) -> str:
    """Why nothing is to be done with one: it is gone, the caller may not, or it cannot work now; empty if it is."""
    if record is None or caller is None or not parts.permit.readable(caller, record.type, record.id):
        return "it is gone"
    if not parts.permit.may(caller, operation.needs, record.type, record.id):
        return f"it needs {operation.needs.value!r} on it"
    return record.not_now.get(tag_of(operation), "")
