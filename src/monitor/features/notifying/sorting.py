"""Sorting: from the outbox to the queues of targets, in the commit that takes the event away; what is held, and what
becomes of it afterwards; digests.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import structs

from monitor.core.catalog import Record
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.features.notifying.book import SHOWN, Book
from monitor.features.notifying.holding import Times
from monitor.features.notifying.occasions import Occasions
from monitor.features.notifying.ranking import worst
from monitor.features.notifying.stored import STANDING, Standing
from monitor.features.notifying.words import counted, subject
from monitor.kernel.alerts import ALERT_EVENT, AlertChange, AlertEvent
from monitor.kernel.cron import cron
from monitor.kernel.hours import expression
from monitor.kernel.ids import derived_id
from monitor.resources.alert_target import plan
from monitor.resources.alert_target.info import MOST, Delivery, DeliveryEnd, DeliveryKind, DeliveryNote, Held
from monitor.resources.alert_target.spec import ALERT_TARGET, DELIVERIES
from monitor.resources.alert_target.times import Always, DailyDigest


class Sorter:
    """Of one core. `sort` is called while holding `memory.writing`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._occasions = Occasions(parts)

    def due(self, now: datetime) -> datetime | None:
        """When there is something to sort; now or earlier: at once. None: not until something changes."""
        if self._parts.memory.all(ALERT_EVENT):
            return now
        moments: list[datetime] = []
        times = Times(self._parts, now)
        for record in self._targets():
            moments += [times.until(record, held) or now for held in self._held(record.id)]
            if (at := self._digest_at(record, times)) is not None:
                moments.append(at)
        if (at := self._occasions.due(now)) is not None:
            moments.append(at)
        return min(moments, default=None)

    def sort(self, now: datetime) -> Changes:
        """Everything that is due; empty where nothing is."""
        changes, book, times = Changes(), Book(self._parts), Times(self._parts, now)
        for id, event in sorted(self._parts.memory.all(ALERT_EVENT).items()):
            changes.put(ALERT_EVENT, id, None)
            self._stands(changes, event)
            for record in self._targets():
                self._queue(book, record, event, times)
        for record in self._targets():
            self._release(book, record, times)
            self._digest(book, changes, record, times)
            self._bound(book, record.id)
        self._occasions.note(changes, now)
        book.changes(changes)
        return changes

    def _targets(self) -> list[Record]:
        return self._parts.catalog.by_name(ALERT_TARGET.name)

    def _held(self, target: str) -> list[Delivery]:
        kept: list[Delivery] = self._parts.collections.of(DELIVERIES, target)
        return [one for one in kept if one.held is not Held.NO]

    def _stands(self, changes: Changes, event: AlertEvent) -> None:
        gone = event.change is AlertChange.RESOLVED
        stands = Standing(event=_without_lines(event), since=event.alert.since)
        if not gone or self._parts.memory.get(STANDING, event.alert.id) is not None:
            changes.put(STANDING, event.alert.id, None if gone else stands)

    def _queue(self, book: Book, record: Record, event: AlertEvent, times: Times) -> None:
        config, now = record.stored.config, times.now
        if not plan.wants(config, event, now):
            return
        held, _ = times.hold(record, event)
        if isinstance(config.digest, DailyDigest):
            if held is not Held.MAINTENANCE:
                happened = book.info(record.id).happened
                word = event.change.value
                book.change(record.id, happened={**happened, word: happened.get(word, 0) + 1})
            if config.digest.only:
                return
        id = derived_id(event.at, f"{event.id} {record.id}")
        event = event if config.log_lines else _without_lines(event)
        book.add(record.id, Delivery(id=id, kind=DeliveryKind.EVENT, queued=now, events=(event,), held=held))

    def _release(self, book: Book, record: Record, times: Times) -> None:
        """What is held no longer becomes one message, as far as there is anything left to tell."""
        queue, now = book.queue(record.id), times.now
        over = [one for one in queue.values() if one.held is not Held.NO and times.until(record, one) is None]
        if not over:
            return
        for one in over:
            del queue[one.id]
        worked = any(one.held is Held.MAINTENANCE for one in over)
        told = self._worth_telling(over)
        if not told:
            book.note(record.id, _nothing_left(over, now))
            return
        why = "the maintenance" if worked else "quiet hours"
        book.add(record.id, summary(told, now, f"Held during {why}:", record.id))

    def _worth_telling(self, over: list[Delivery]) -> list[AlertEvent]:
        """Of what came and went in a maintenance nothing, of the rest there how it stands; in quiet hours all."""
        events = [(one.held, event) for one in over for event in one.events]
        first: dict[str, AlertEvent] = {}
        last: dict[str, AlertEvent] = {}
        for _, event in events:
            first.setdefault(event.alert.id, event)
            last[event.alert.id] = event
        told: list[AlertEvent] = []
        for held, event in events:
            id = event.alert.id
            if held is Held.QUIET:
                told.append(event)
            elif event is last[id]:
                stands: Standing | None = self._parts.memory.get(STANDING, id)
                came_and_went = first[id].change is AlertChange.OPENED and stands is None
                if not came_and_went:
                    told.append(event)
        return told

    def _digest_at(self, record: Record, times: Times) -> datetime | None:
        """At its time; of a maintenance of everything at the end."""
        config = record.stored.config
        if not config.enabled or not isinstance(config.digest, DailyDigest):
            return None
        since, now = record.info.digested, times.now
        if since is None:
            return now
        at = cron(expression(config.digest.at), config.digest.zone).next_after(min(since, now))
        return max(at, times.all_held or at) if at is not None else None

    def _digest(self, book: Book, changes: Changes, record: Record, times: Times) -> None:
        due, now = self._digest_at(record, times), times.now
        if due is None or due > now:
            return
        if record.info.digested is None:  # the first one tells of what happens from now on
            book.change(record.id, digested=now)
            return
        happened = book.info(record.id).happened
        book.change(record.id, digested=now, happened={})
        ours = [event for event in self._standing(changes) if _is_of(record.stored.config, event)]
        told = [event for event in ours if not times.is_worked_on(event)]
        book.add(record.id, digest(told, len(ours) - len(told), happened, now, record.id))

    def _standing(self, changes: Changes) -> list[AlertEvent]:
        """As they will be after these changes, oldest first."""
        known: dict[str, Any] = dict(self._parts.memory.all(STANDING))
        for (kind, id), value in changes.documents.items():
            if kind == STANDING:
                known[id] = value
        found: Iterable[Standing] = (one for one in known.values() if one is not None)
        return [one.event for one in sorted(found, key=lambda one: one.since)]

    def _bound(self, book: Book, target: str) -> None:
        """The oldest of too many become one that says how many they were; none passes a digest."""
        for held in Held:
            ones = [one for one in book.queue(target).values() if one.held is held]
            excess = sum(one.kind is not DeliveryKind.DIGEST for one in ones) - MOST
            while excess > 0:
                oldest = max(_stretches(ones), key=len)[: excess + 1]
                if len(oldest) < 2:
                    break
                book.merge(target, oldest, "More waited than is kept one by one:")
                excess -= len(oldest) - 1
                ones = [one for one in book.queue(target).values() if one.held is held]


def summary(events: list[AlertEvent], now: datetime, heading: str, target: str) -> Delivery:
    """Of one event that one, of several one message."""
    id = derived_id(now, f"{events[0].id} {len(events)} {target}")
    if len(events) == 1:
        return Delivery(id=id, kind=DeliveryKind.EVENT, queued=now, events=(events[0],))
    shown = worst(events, SHOWN)
    more = len(events) - len(shown)
    return Delivery(id=id, kind=DeliveryKind.SUMMARY, queued=now, events=shown, more=more, heading=heading)


def digest(
    standing: list[AlertEvent], worked_on: int, happened: dict[str, int], now: datetime, target: str
) -> Delivery:
    """Of what stands and how much happened, and how much of it stands where a maintenance goes on."""
    said = ", ".join(f"{number} {word}" for word, number in sorted(happened.items()))
    return Delivery(
        id=derived_id(now, f"digest {target}"),
        kind=DeliveryKind.DIGEST,
        queued=now,
        events=worst(standing, SHOWN),
        more=max(len(standing) - SHOWN, 0),
        heading=f"Since the last digest: {said or 'nothing happened'}.",
        worked_on=worked_on,
    )


def _stretches(ones: list[Delivery]) -> list[list[Delivery]]:
    """What may become one: stands between digests, and what is refused by itself, for that is passed anyway."""
    refused: list[Delivery] = []
    found = [refused, []]
    for one in ones:
        if one.kind is DeliveryKind.DIGEST:
            found.append([])
        else:
            (refused if one.refused else found[-1]).append(one)
    return found


def _is_of(config: Any, event: AlertEvent) -> bool:
    """Whether an alert that stands would be told there, whatever happened to it last and whenever."""
    anything = structs.replace(config, changes=tuple(AlertChange), active=Always())
    return plan.wants(anything, event, event.at)


def _without_lines(event: AlertEvent) -> AlertEvent:
    return structs.replace(event, alert=structs.replace(event.alert, lines=())) if event.alert.lines else event


def _nothing_left(over: list[Delivery], now: datetime) -> DeliveryNote:
    number = sum(len(one.events) + one.more for one in over)
    return DeliveryNote(
        id=over[-1].id,
        at=now,
        kind=over[-1].kind,
        text=subject(over[-1]) if len(over) == 1 else counted(number, "message", "messages"),
        end=DeliveryEnd.DROPPED,
        tries=0,
        error="it came and went during a maintenance",
        alerts=tuple(dict.fromkeys(id for one in over for id in one.alerts)),
    )
