"""Notifying, as people ask for it, and what goes on by itself."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import structs

from monitor.core.catalog import resource_kind
from monitor.core.context import QueryContext
from monitor.core.edit_context import EditContext
from monitor.core.memory import Changes
from monitor.core.topic import keyed
from monitor.features.alerts.record import stored_alert
from monitor.features.alerts.subjects import may_read, shown
from monitor.features.notifying.book import Book
from monitor.features.notifying.heartbeat import Heartbeat
from monitor.features.notifying.sending import NOTICES, Sending
from monitor.features.notifying.sorting import Sorter
from monitor.features.notifying.spec import AlertNotifications, Notification
from monitor.features.notifying.told import notifications
from monitor.features.notifying.words import Message, Writer
from monitor.kernel.alerts import ALERT_EVENT
from monitor.kernel.errors import NotFound
from monitor.kernel.ids import new_id
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.stream import Item, Snapshot, StreamHandler
from monitor.resources.alert_target.info import Delivery, DeliveryEnd, DeliveryKind, DeliveryNote
from monitor.resources.alert_target.operations import Notice, Tested, TestTarget, WatchNotices
from monitor.resources.alert_target.spec import ALERT_TARGET, DELIVERIES
from monitor.resources.maintenance.spec import MAINTENANCE
from monitor.store.contract import Entry

if TYPE_CHECKING:
    from monitor.core.app import Core

_AFTER_A_BUG = timedelta(seconds=60)
log = logging.getLogger(__name__)


class Notifying:
    """Of one core."""

    def __init__(self, core: "Core") -> None:
        self._parts = core.parts
        self._sorter = Sorter(core.parts)
        self._sorting: asyncio.Task[None] | None = None
        self._not_before: datetime | None = None
        self._planner = core.timer.add("notifying", self.turn)
        self._sending = Sending(core, self._planner.wake)
        self._heartbeat = Heartbeat(core, self._sending.own)
        for kind in (ALERT_EVENT, DELIVERIES.name, resource_kind(MAINTENANCE.name)):
            core.parts.memory.listen(kind, lambda _, __: self._planner.wake())
        core.parts.memory.listen(resource_kind(ALERT_TARGET.name), lambda target, _: self._sending.at_once(target))

    def handlers(self) -> tuple[Handler | StreamHandler, ...]:
        """What can be asked for."""
        return (
            AnswerHandler(TestTarget, self.tested, before=self.test),
            AnswerHandler(AlertNotifications, self.notifications),
            StreamHandler(WatchNotices, self.notices),
        )

    async def stop(self) -> None:
        """End what goes on."""
        if self._sorting is not None:
            self._sorting.cancel()
            await asyncio.gather(self._sorting, return_exceptions=True)
        await self._heartbeat.stop()
        await self._sending.stop()

    def turn(self) -> datetime | None:
        """Sort and send what is due; when the next is."""
        now = self._parts.clock.now()
        moments: list[datetime] = []
        due = self._sorter.due(now)
        if due is not None and self._not_before is not None:
            due = max(due, self._not_before)
        if due is not None and due <= now and self._sorting is None:
            self._sorting = asyncio.create_task(self._sort())
            self._sorting.add_done_callback(self._sorted)
        elif due is not None and due > now:
            moments.append(due)
        if (later := self._sending.turn(now)) is not None:
            moments.append(later)
        return min(moments, default=None)

    async def test(self, ctx: QueryContext, op: TestTarget) -> tuple[Tested, DeliveryNote]:
        """Before edits are held up: it takes as long as the service does."""
        record, begun = ctx.record, self._parts.clock.monotonic()
        now = self._parts.clock.now()
        message: Message = self._sending.writer(record).test(record.stored.name, ctx.who.name, now)
        id = new_id(now)
        outcome = await self._sending.test(record, message, id)
        seconds = round(self._parts.clock.monotonic() - begun, 1)
        end = DeliveryEnd.DELIVERED if outcome.delivered else DeliveryEnd.FAILED
        note = DeliveryNote(
            id=id,
            at=self._parts.clock.now(),
            kind=DeliveryKind.TEST,
            text=message.subject,
            end=end,
            error=outcome.error,
        )
        # What browsers are told is done with, whether or not one is open; a test asks whether anybody saw it.
        arrived = outcome.delivered and not outcome.error
        return Tested(delivered=arrived, error=outcome.error, seconds=seconds), note

    async def tested(self, ctx: EditContext, op: TestTarget) -> Tested:
        """Note it, and send at once what waited, if it went through."""
        tested, note = ctx.prepared
        book = Book(self._parts)
        book.note(ctx.record.id, note)
        book.changes(ctx.changes)
        ctx.summary("delivered" if tested.delivered else f"not delivered: {tested.error}")
        if tested.delivered:
            id = ctx.record.id
            ctx.after.append(lambda: self._sending.at_once(id))
        return tested

    async def notifications(self, ctx: QueryContext, op: AlertNotifications) -> tuple[Notification, ...]:
        """Of an alert the caller may read; it stands in the store before anything is told of it."""
        alert = await stored_alert(self._parts, op.target)
        if alert is None or not may_read(self._parts, ctx.caller, alert):
            raise NotFound("there is no such alert")
        return notifications(self._parts, ctx.caller, op.target)

    def notices(self, ctx: QueryContext, op: WatchNotices) -> AsyncIterator[Item[Notice] | Snapshot]:
        """From now on; of what the caller may read."""

        def show(key: str, value: tuple[Delivery, Message, Writer]) -> Notice | None:
            return self._notice(ctx, *value)

        return keyed(self._parts.bus, NOTICES, list, show)

    def _notice(self, ctx: QueryContext, delivery: Delivery, message: Message, writer: Writer) -> Notice | None:
        """In the words of what this caller may know of each alert."""
        alerts = [shown(self._parts, ctx.caller, event.alert) for event in delivery.events]
        mine = [structs.replace(e, alert=a) for e, a in zip(delivery.events, alerts, strict=True) if a is not None]
        if len(mine) != len(delivery.events) or (not mine and not ctx.caller.admin):
            return None  # a summary that names what he may not know of is not his
        if mine:
            message = writer.message(structs.replace(delivery, events=tuple(mine)))
        about = mine[-1].alert.subject if len(mine) == 1 else None
        return Notice(
            id=delivery.id,
            at=delivery.queued,
            title=message.subject,
            text=message.text,
            severity=message.severity,
            type=about.type if about else "",
            resource=about.id if about else "",
            name=about.name if about else "",
        )

    async def _sort(self) -> None:
        async with self._parts.memory.writing:
            now = self._parts.clock.now()
            changes: Changes = self._sorter.sort(now)
            if changes.documents:
                await self._parts.memory.commit(changes, Entry("alerts_queued", now))

    def _sorted(self, task: asyncio.Task[None]) -> None:
        self._sorting, self._not_before = None, None
        if not task.cancelled() and (failure := task.exception()) is not None:
            log.error("alerts cannot be queued: %s", failure, exc_info=failure)
            self._not_before = self._parts.clock.now() + _AFTER_A_BUG
        self._planner.wake()
