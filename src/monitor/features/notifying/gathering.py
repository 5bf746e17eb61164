"""Gathering: alerts that come close to each other reach people as one message. Each waits a moment for more, unless one
is critical; then all go at once.
"""

from datetime import datetime, timedelta

from monitor.core.catalog import Record
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.features.notifying.book import Book, queue_of
from monitor.kernel.alerts import Severity
from monitor.resources.alert_target.info import Delivery, DeliveryKind, Held
from monitor.resources.alert_target.service_names import ServiceName
from monitor.store.contract import Entry

MOMENT = timedelta(seconds=3)
_TOGETHER = 2
"""So many become one message."""


def waiting(parts: Parts, target: str) -> list[Delivery]:
    """What may be sent to a target, in order."""
    return [one for one in queue_of(parts, target) if one.held is Held.NO]


def due(record: Record, ready: list[Delivery], now: datetime) -> datetime:
    """When the first of them, which there is, is sent: what was tried, as it says; the rest soon."""
    head = ready[0]
    if head.next is not None:
        return head.next
    if not _is_for_people(record) or any(map(_is_urgent, ready)) or head.queued > now:
        return now
    return head.queued + MOMENT


async def gathered(parts: Parts, record: Record, *, alone: bool) -> Delivery | None:
    """The first; several that wait for people, and were not tried yet, become one first, unless it is to go alone."""
    if alone or not _is_for_people(record):
        return next(iter(waiting(parts, record.id)), None)
    async with parts.memory.writing:
        ready = waiting(parts, record.id)
        alerts = [one for one in ready if one.kind is not DeliveryKind.DIGEST]
        if len(alerts) < _TOGETHER or ready[0].tries:
            return ready[0] if ready else None
        book, changes = Book(parts), Changes()
        merged = book.merge(record.id, alerts, "")
        book.changes(changes)
        await parts.memory.commit(changes, Entry("deliveries_merged", parts.clock.now()))
        return merged


def _is_for_people(record: Record) -> bool:
    """Programs get each alert by itself, and browsers too: a person may know of one and not of another."""
    return record.stored.config.service not in (ServiceName.WEBHOOK, ServiceName.BROWSER)


def _is_urgent(one: Delivery) -> bool:
    return one.kind is not DeliveryKind.EVENT or one.events[0].alert.severity is Severity.CRITICAL
