"""Told: the way from an alert to its messages, read off the queues and logs of targets."""

from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.parts import Parts
from monitor.features.notifying import course
from monitor.features.notifying.book import queue_of
from monitor.features.notifying.holding import Times
from monitor.features.notifying.spec import Notification, NotificationState
from monitor.resources.alert_target.info import Delivery, DeliveryNote, Held
from monitor.resources.alert_target.spec import ALERT_TARGET


def notifications(parts: Parts, caller: Caller, alert: str) -> tuple[Notification, ...]:
    """Of targets the caller may read, newest first."""
    times = Times(parts, parts.clock.now())
    targets = parts.catalog.by_name(ALERT_TARGET.name)
    readable = [one for one in targets if parts.permit.readable(caller, ALERT_TARGET.name, one.id)]
    found = [each for record in readable for each in _of_target(parts, record, alert, times)]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _of_target(parts: Parts, record: Record, alert: str, times: Times) -> list[Notification]:
    waiting = {one.id: one for one in queue_of(parts, record.id) if alert in one.alerts}
    notes: dict[str, DeliveryNote] = {note.id: note for note in record.info.log if alert in note.alerts}
    ended = [_ended(record, note) for id, note in notes.items() if id not in waiting]
    return ended + [_waits(record, one, notes.get(one.id), times) for one in waiting.values()]


def _ended(record: Record, note: DeliveryNote) -> Notification:
    return Notification(
        target=record.id,
        name=record.stored.name,
        at=note.at,
        kind=note.kind,
        state=NotificationState(note.end.value),
        tries=note.tries,
        error=note.error,
    )


def _waits(record: Record, one: Delivery, note: DeliveryNote | None, times: Times) -> Notification:
    held, trouble = one.held is not Held.NO, record.info.trouble
    until = times.until(record, one) if held else course.next_try(one, trouble)
    stalled = trouble.tries if trouble and not held and not one.tries else 0
    return Notification(
        target=record.id,
        name=record.stored.name,
        at=note.at if note else one.queued,
        kind=one.kind,
        state=NotificationState.FAILED if one.tries else NotificationState.WAITING,
        held=None if one.held is Held.NO else one.held,
        next=until,
        tries=one.tries,
        stalled=stalled,
        error=note.error if note else trouble.error if trouble and (stalled or one.tries) else "",
    )
