"""Settling: what a queue and its target's log look like after one message was sent, or was not."""

from datetime import datetime

from msgspec import Struct, structs

from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.features.notifying import course
from monitor.features.notifying.book import Book
from monitor.features.notifying.words import subject
from monitor.notifier.task import Outcome
from monitor.resources.alert_target.info import Delivery, DeliveryEnd, DeliveryKind, DeliveryNote, Held

SWITCHED_OFF = Outcome(delivered=False, error="the target is switched off")
_OVERTAKEN = "what came later of the same alert arrived"


class Sent(Struct, frozen=True):
    """One message, and what became of it."""

    delivery: Delivery
    said: str
    """Its subject."""
    outcome: Outcome


def settled(parts: Parts, target: str, sent: Sent, now: datetime) -> Changes:
    """Made while holding `memory.writing`."""
    book, changes = Book(parts), Changes()
    if sent.outcome.delivered:
        _delivered(book, target, sent, now)
    elif sent.outcome is SWITCHED_OFF:
        book.queue(target).pop(sent.delivery.id, None)
        book.note(target, _note(sent, now, DeliveryEnd.GIVEN_UP))
    else:
        _failed(book, target, sent, now)
    book.changes(changes)
    return changes


def tried_anew(parts: Parts, target: str) -> Changes:
    """As if nothing had failed: somebody changed the target, or tested it. Empty where nothing had."""
    book, changes = Book(parts), Changes()
    queue = book.queue(target)
    for id, one in queue.items():
        if one.failed is not None:
            queue[id] = structs.replace(one, failed=None, refused=False, next=None)
    if book.info(target).trouble is not None:
        book.change(target, trouble=None)
    book.changes(changes)
    return changes


def _delivered(book: Book, target: str, sent: Sent, now: datetime) -> None:
    queue = book.queue(target)
    queue.pop(sent.delivery.id, None)
    book.change(target, trouble=None)
    book.note(target, _note(sent, now, DeliveryEnd.DELIVERED))
    for one in list(queue.values()):
        left = course.without_told(one, sent.delivery) if one.held is Held.NO else one
        if left is None:
            del queue[one.id]
            over = Sent(one, subject(one), Outcome(delivered=False, error=_OVERTAKEN))
            book.note(target, _note(over, now, DeliveryEnd.DROPPED, tries=one.tries))
        else:
            queue[one.id] = left
    _renote(book, target, "")


def _failed(book: Book, target: str, sent: Sent, now: datetime) -> None:
    queue, outcome = book.queue(target), sent.outcome
    after, trouble = course.failed(sent.delivery, book.info(target).trouble, outcome, target, now)
    book.change(target, trouble=trouble)
    late = course.is_too_old(after, trouble, now)
    if after.id in queue:
        queue[after.id] = after
        if late:
            del queue[after.id]
    end = DeliveryEnd.GIVEN_UP if late else DeliveryEnd.FAILED
    book.note(target, _note(sent, now, end))
    for one in list(queue.values()):
        if one.held is Held.NO and course.is_too_old(one, trouble, now):
            del queue[one.id]
            other = Sent(one, subject(one), outcome)
            book.note(target, _note(other, now, DeliveryEnd.GIVEN_UP, tries=one.tries))
    _renote(book, target, after.id)


def _renote(book: Book, target: str, newest: str) -> None:
    """What the log says of those that wait, as it is now: others may have been told or tried in between."""
    queue, trouble = book.queue(target), book.info(target).trouble

    def renoted(note: DeliveryNote) -> DeliveryNote:
        if note.end is not DeliveryEnd.FAILED or note.kind is DeliveryKind.TEST:
            return note
        if (one := queue.get(note.id)) is None:
            return structs.replace(note, next=None)
        again = course.next_try(one, trouble) if one.refused or one.id == newest else None
        return structs.replace(note, alerts=one.alerts, next=again)

    book.change(target, log=tuple(map(renoted, book.info(target).log)))


def _note(sent: Sent, now: datetime, end: DeliveryEnd, *, tries: int | None = None) -> DeliveryNote:
    one = sent.delivery
    return DeliveryNote(
        id=one.id,
        at=now,
        kind=one.kind,
        text=sent.said if one.kind is not DeliveryKind.EVENT else subject(one),
        end=end,
        tries=one.tries + 1 if tries is None else tries,
        error=sent.outcome.error,
        alerts=one.alerts,
    )
