"""Recurring: what is done again and again, each time exactly once, whenever core is killed.

Where each stands is a document. A run is claimed there first, under the id its activity will have; then it is begun.
A core that starts looks which claimed runs are in no record, and begins those, or says that they were missed.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import structs

from monitor.core.caller import SYSTEM
from monitor.core.config import runs_code
from monitor.core.edit_context import what_of
from monitor.core.journal import ACTIVITY
from monitor.core.memory import Changes
from monitor.core.sources import Asking, Source
from monitor.kernel.activity import Activity
from monitor.kernel.errors import Forbidden, MonitorError, NotFound
from monitor.kernel.ids import new_id
from monitor.kernel.recurring import DueEnd, Occasion, Rule, Stand, decide, too_late, with_occasion
from monitor.store.contract import Entry

if TYPE_CHECKING:
    from monitor.core.app import Core

_AFTER_FAILURE = timedelta(seconds=60)
_LONGEST = 500
_JUMP = 5.0
"""Seconds a clock is set by at the least, and not only kept right."""
log = logging.getLogger(__name__)


class _Key(NamedTuple):
    source: Source
    id: str


class Recurring:
    """All of one core. Whoever changes what a source's answers follow from calls `changed`."""

    def __init__(self, core: "Core") -> None:
        self._core = core
        self._sources: list[Source] = []
        self._offset = float("-inf")
        self._looked: set[_Key] = set()
        """Those nothing has changed for since."""
        self._again: dict[_Key, datetime] = {}
        self._dealing: dict[_Key, asyncio.Task[None]] = {}
        self._runs: dict[str, _Key] = {}
        self._ended: dict[str, Activity] = {}
        self._planner = core.timer.add("recurring", self.turn)
        core.parts.memory.listen(ACTIVITY, self._note_end)

    def add(self, source: Source) -> None:
        """One more."""
        self._sources.append(source)
        self.changed()

    def changed(self) -> None:
        """Have all looked at again."""
        self._looked.clear()
        self._planner.wake()

    async def stop(self) -> None:
        """Let go; what is claimed is begun by the next core."""
        tasks = list(self._dealing.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def turn(self) -> datetime | None:
        """Begin what is due; when the next is."""
        now = self._core.parts.clock.now()
        self._notice_jumps(now)
        self._forget(now)
        moments: list[datetime] = []
        for source in self._sources:
            for id, rule in source.rules().items():
                key = _Key(source, id)
                if key in self._dealing:
                    continue
                if (again := self._again.get(key)) is not None:
                    moments.append(again)
                    continue
                stand = source.stand(id)
                if key not in self._looked and _rests(stand, rule):
                    self._looked.add(key)
                elif key not in self._looked or _wants(stand, rule, now):
                    self._deal(key)
                elif stand.due is not None:
                    moments.append(stand.due)
        return min(moments, default=None)

    def _forget(self, now: datetime) -> None:
        """What is over, and what recurs no more."""
        self._again = {key: again for key, again in self._again.items() if again > now}
        self._runs = {id: key for id, key in self._runs.items() if key.id in key.source.rules()}
        self._ended = {id: ended for id, ended in self._ended.items() if id in self._runs}

    def _notice_jumps(self, now: datetime) -> None:
        """After the clock was set back, what is due next may be another moment."""
        offset = now.timestamp() - self._core.parts.clock.monotonic()
        if offset < self._offset - _JUMP:
            self._looked.clear()
        self._offset = offset

    def _deal(self, key: _Key) -> None:
        self._again.pop(key, None)
        self._looked.add(key)
        task = self._dealing[key] = asyncio.create_task(self._look_at(key))
        task.add_done_callback(lambda done: self._dealt(key, done))

    def _dealt(self, key: _Key, task: asyncio.Task[None]) -> None:
        self._dealing.pop(key, None)
        if not task.cancelled() and (failure := task.exception()) is not None:
            log.error("%s %s cannot go on: %s", key.source.name, key.id, failure, exc_info=failure)
            self._looked.discard(key)
            self._again[key] = self._core.parts.clock.now() + _AFTER_FAILURE
        self._planner.wake()

    async def _look_at(self, key: _Key) -> None:
        """Decide what is due, claim it, then begin it."""
        source, id = key
        memory, clock = self._core.parts.memory, self._core.parts.clock
        async with memory.writing:
            rules = source.rules()
            if id not in rules:
                return
            rule, before, now = rules[id], source.stand(id), clock.now()
            stand = _decided(await self._followed(before, rule, now), rule, now)
            stand = _claimed(stand, now)
            stand = structs.replace(stand, blocked=self._blocked(key, rule)[:_LONGEST])
            if stand != before:
                await self._store(key, stand)
        going = stand.going
        if going is not None:
            self._runs[going.activity] = key
            if await self._core.journal.get(going.activity) is None:
                await self._begin(key, going)

    async def _followed(self, stand: Stand, rule: Rule | None, now: datetime) -> Stand:
        """What became of the run under way."""
        one = stand.going
        if one is None:
            return stand
        known = self._ended.pop(one.activity, None) or await self._core.journal.get(one.activity)
        if known is None:  # it was claimed, and core was killed
            if rule is not None and not too_late(one, rule, now):
                return stand
            return with_occasion(
                stand, structs.replace(one, outcome=DueEnd.MISSED, reason="it could not begin in time")
            )
        if not known.state.ended:
            return stand
        self._runs.pop(one.activity, None)
        return with_occasion(stand, structs.replace(one, outcome=DueEnd(known.state.value)))

    async def _begin(self, key: _Key, one: Occasion) -> None:
        try:
            asking = key.source.asking(key.id)
        except MonitorError as refusal:
            async with self._core.parts.memory.writing:
                await self._store(key, _refused(key, one, refusal.message))
            return
        try:
            if asking.refusal is not None:
                raise asking.refusal
            if await self._idle(asking):
                await self._note_idle(key, one)
                return
            await self._core.dispatcher.run(asking.caller, asking.operation, id=one.activity)
        except MonitorError as refusal:
            if not self._core.work.stopping:  # else it is for the next core to begin
                await self._record(key, one, asking, refusal)

    async def _idle(self, asking: Asking) -> bool:
        """A host that does not answer is no reason to say nothing."""
        if asking.idle is None:
            return False
        self._permit(asking)
        try:
            return await asking.idle()
        except MonitorError:
            return False

    async def _note_idle(self, key: _Key, one: Occasion) -> None:
        self._runs.pop(one.activity, None)
        async with self._core.parts.memory.writing:
            if key.id in key.source.rules():
                idle = structs.replace(one, outcome=DueEnd.IDLE, activity="")
                await self._store(key, with_occasion(key.source.stand(key.id), idle))

    async def _record(self, key: _Key, one: Occasion, asking: Asking, refusal: MonitorError) -> None:
        """A record of its own, for nobody was there to be told; and said where it stands: one write."""
        core, operation = self._core, asking.operation
        try:
            record = core.dispatcher.find(SYSTEM if asking.refusal else asking.caller, operation)
        except MonitorError:
            record = None
        error, what = f"not run: {refusal.message}", what_of(record)
        ended = core.journal.not_run(asking.caller, operation, one.activity, what, error=error, hint=refusal.hint)
        async with core.parts.memory.writing:
            changes = Changes()
            if key.id in key.source.rules():
                key.source.put(changes, key.id, _refused(key, one, _why(asking, refusal)))
            await core.journal.write(ended, "closed", changes)

    def _blocked(self, key: _Key, rule: Rule | None) -> str:
        """Why a run would be refused now."""
        if rule is None:
            return ""
        try:
            decide(Stand(), rule, self._core.parts.clock.now())
            asking = key.source.asking(key.id)
        except (MonitorError, ValueError) as wrong:
            return str(wrong)
        try:
            self._permit(asking)
        except MonitorError as refusal:
            return _why(asking, refusal)
        return ""

    def _permit(self, asking: Asking) -> None:
        """Raises what a run would be refused with now."""
        if asking.refusal is not None:
            raise asking.refusal
        record = self._core.dispatcher.find(asking.caller, asking.operation)
        self._core.dispatcher.permit(asking.caller, asking.operation, record)

    async def _store(self, key: _Key, stand: Stand) -> None:
        changes = Changes()
        key.source.put(changes, key.id, stand)
        await self._core.parts.memory.commit(changes, Entry("recurring", self._core.parts.clock.now()))

    def _note_end(self, id: str, value: Any) -> None:
        key = self._runs.get(id)
        if key is not None and value is not None and value.state.ended:
            if key.id in key.source.rules():
                self._ended[id] = value
            self._looked.discard(key)
            self._planner.wake()


def _rests(stand: Stand, rule: Rule | None) -> bool:
    """Switched off, with nothing left to end or to say: most of a fleet, which a change need not look at."""
    return rule is None and not (stand.going or stand.waiting or stand.when or stand.due or stand.blocked)


def _wants(stand: Stand, rule: Rule | None, now: datetime) -> bool:
    if rule is None:
        return stand.due is not None or stand.waiting is not None
    return stand.due is None or stand.due <= now or stand.when != rule.when


def _decided(stand: Stand, rule: Rule | None, now: datetime) -> Stand:
    try:
        return decide(stand, rule, now)
    except ValueError:  # a zone this machine does not know any more: `blocked` says so
        return decide(stand, None, now)


def _claimed(stand: Stand, now: datetime) -> Stand:
    """What waits begins, once nothing is under way."""
    one = stand.waiting
    if one is None or stand.going is not None:
        return stand
    return with_occasion(stand, structs.replace(one, at=now, outcome=DueEnd.BEGUN, activity=new_id(now)))


def _refused(key: _Key, one: Occasion, why: str) -> Stand:
    return with_occasion(key.source.stand(key.id), structs.replace(one, outcome=DueEnd.REFUSED, reason=why[:_LONGEST]))


def _why(asking: Asking, refusal: MonitorError) -> str:
    """For who sees where it stands, and need not see what it is of: the activity tells those who may."""
    if refusal is asking.refusal:
        return refusal.message
    if isinstance(refusal, NotFound):
        return f"what it is for is gone, or {asking.caller.who.name} may not know of it any more"
    if isinstance(refusal, Forbidden):
        needs = asking.operation.needs
        powers = " and every host power of its config" if runs_code(needs) else ""
        return f"{asking.caller.who.name} may not do this: it needs {needs.value!r}{powers}"
    return "it could not be done then; its activity says why"
