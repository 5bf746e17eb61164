"""Book: the queues and notes of targets while one edit changes them; what came of it is one set of changes."""

from collections.abc import Iterable
from typing import Any

from msgspec import structs

from monitor.core.catalog import info_kind
from monitor.core.collections import Collected
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.features.notifying.ranking import worst
from monitor.kernel.ids import derived_id
from monitor.resources.alert_target.info import KEPT, AlertTargetInfo, Delivery, DeliveryKind, DeliveryNote, Held
from monitor.resources.alert_target.spec import ALERT_TARGET, DELIVERIES

SHOWN = 60
"""Events a summary keeps; of more it is said how many."""


def queue_of(parts: Parts, target: str) -> list[Delivery]:
    """What waits for a target, in the order in which it is sent."""
    kept: Iterable[Delivery] = parts.collections.of(DELIVERIES, target)
    return sorted(kept, key=lambda one: one.place)


class Book:
    """Made while holding `memory.writing`; targets that are gone have nothing in it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._queues: dict[str, dict[str, Delivery]] = {}
        self._infos: dict[str, AlertTargetInfo] = {}

    def queue(self, target: str) -> dict[str, Delivery]:
        """By id, in the order in which they are sent; to be changed."""
        if target not in self._queues:
            kept = queue_of(self._parts, target)
            self._queues[target] = {one.id: one for one in kept}
        return self._queues[target]

    def add(self, target: str, delivery: Delivery) -> None:
        """Behind all others."""
        queue = self.queue(target)
        last = max((one.place for one in queue.values()), default=0)
        queue[delivery.id] = structs.replace(delivery, place=last + 1)

    def merge(self, target: str, ones: list[Delivery], heading: str) -> Delivery:
        """One instead of these, in the place of the first of them; it has waited as long as that one."""
        queue = self.queue(target)
        for one in ones:
            del queue[one.id]
        events = [event for one in ones for event in one.events]
        more = sum(one.more for one in ones) + max(len(events) - SHOWN, 0)
        first = ones[0]
        refused = all(one.refused for one in ones)
        merged = Delivery(
            id=derived_id(first.queued, f"{' '.join(one.id for one in ones)} {target}"),
            kind=DeliveryKind.SUMMARY,
            queued=first.queued,
            events=worst(events, SHOWN),
            more=more,
            heading=heading,
            held=first.held,
            place=first.place,
            tries=min(one.tries for one in ones),
            failed=min((one.failed for one in ones if one.failed), default=None),
            refused=refused,
            next=max((one.next for one in ones if one.next), default=None) if refused else None,
        )
        queue[merged.id] = merged
        ordered = sorted(queue.values(), key=lambda one: one.place)
        queue.clear()
        queue.update({one.id: one for one in ordered})
        return merged

    def info(self, target: str) -> AlertTargetInfo:
        """As it is, or is about to be."""
        record = self._parts.catalog.get(ALERT_TARGET.name, target)
        known: AlertTargetInfo = record.info if record else AlertTargetInfo()
        return self._infos.get(target) or known

    def change(self, target: str, **fields: Any) -> None:
        """Of its info."""
        self._infos[target] = structs.replace(self.info(target), **fields)

    def note(self, target: str, note: DeliveryNote) -> None:
        """What became of a delivery; one line each."""
        others = (one for one in self.info(target).log if one.id != note.id)
        self.change(target, log=(note, *others)[:KEPT])

    def changes(self, changes: Changes) -> bool:
        """Put all that differs into the changes; whether anything does."""
        for target, queue in self._queues.items():
            if self._parts.catalog.get(ALERT_TARGET.name, target) is None:
                continue
            before: dict[str, Delivery] = {one.id: one for one in self._parts.collections.of(DELIVERIES, target)}
            for id in before.keys() - queue.keys():
                changes.put(DELIVERIES.name, id, None)
            for id, item in queue.items():
                if before.get(id) != item:
                    changes.put(DELIVERIES.name, id, Collected(resource=target, item=item))
            held = sum(one.held is not Held.NO for one in queue.values())
            numbers = {"waiting": len(queue), "held": held, "refused": sum(one.refused for one in queue.values())}
            self.change(target, **numbers)
        for target, info in self._infos.items():
            if (record := self._parts.catalog.get(ALERT_TARGET.name, target)) is not None and record.info != info:
                changes.put(info_kind(ALERT_TARGET.name), target, info)
        return bool(changes.documents)
