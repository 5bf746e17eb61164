"""Gathering: alerts that come close to each other reach people as one message. Each waits a moment for more, unless one
is critical; then all go at once. What was tried, a digest and what has a heading go as they are, in their place.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.core.catalog import Record
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.features.notifying import course
from monitor.features.notifying.book import Book, queue_of
from monitor.kernel.alerts import Severity
from monitor.resources.alert_target.info import Delivery, DeliveryKind, Held
from monitor.resources.alert_target.service_names import ServiceName
from monitor.store.contract import Entry

MOMENT = timedelta(seconds=3)


def waiting(parts: Parts, target: str) -> list[Delivery]:
    """What may be sent to a target, in order."""
    return [one for one in queue_of(parts, target) if one.held is Held.NO]


def due(record: Record, ready: list[Delivery], now: datetime) -> datetime:
    """When the next of them, of which there are some, is sent: what was tried, as its course says; the rest soon."""
    if not record.stored.config.enabled:
        return now
    turn = course.turn(ready, record.info.trouble, now)
    first = turn.delivery
    fresh = [one for one in ready if not one.refused]
    if first.tries or not _is_for_people(record) or any(map(_is_urgent, fresh)) or first.queued > now:
        return turn.at
    return max(turn.at, first.queued + MOMENT)


async def gathered(parts: Parts, record: Record, *, since: datetime | None) -> Delivery | None:
    """What is sent now, together with what goes with it. `since`: what waits since before then goes as it is."""
    async with parts.memory.writing:
        ready, now = waiting(parts, record.id), parts.clock.now()
        if not ready:
            return None
        turn = course.turn(ready, record.info.trouble, now)
        if not record.stored.config.enabled:
            return ready[0]
        if turn.at > now:
            return None
        alone = since is not None and turn.delivery.queued <= since
        ones = together(ready, turn.delivery) if _is_for_people(record) and not alone else []
        if len(ones) < 2:
            return turn.delivery
        book, changes = Book(parts), Changes()
        merged = book.merge(record.id, ones, "")
        book.changes(changes)
        await parts.memory.commit(changes, Entry("deliveries_merged", now))
        return merged


def together(ready: Sequence[Delivery], chosen: Delivery) -> list[Delivery]:
    """Those that stand beside it and may be told in one message with it, so that nothing passes anything."""
    ones: list[Delivery] = []
    for one in ready:
        if one.refused:
            continue  # whatever is sent passes it
        if _may_be_merged(one):
            ones.append(one)
        elif chosen in ones:
            break
        else:
            ones = []
    return ones if chosen in ones else [chosen]


def _may_be_merged(one: Delivery) -> bool:
    return one.kind is not DeliveryKind.DIGEST and not one.heading and not one.tries


def _is_for_people(record: Record) -> bool:
    """Programs get each alert by itself, and browsers too: a person may know of one and not of another."""
    return record.stored.config.service not in (ServiceName.WEBHOOK, ServiceName.BROWSER)


def _is_urgent(one: Delivery) -> bool:
    return one.kind is not DeliveryKind.EVENT or one.events[0].alert.severity is Severity.CRITICAL
