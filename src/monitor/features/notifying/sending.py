"""Sending: what waits for each target, one after the other; targets beside each other, so many at once.

What was sent is taken off the queue afterwards: core may be killed in between, and then it is sent again, under the
same id. One that does not arrive is tried again, later each time, and given up in the end; course.py says when, and
what goes meanwhile.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from monitor.core import config as configs
from monitor.core.catalog import Record, resource_kind
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.core.settings import CoreSettings
from monitor.features.notifying import course, settling
from monitor.features.notifying.gathering import due, gathered, waiting
from monitor.features.notifying.places import Places
from monitor.features.notifying.settling import SWITCHED_OFF, Sent
from monitor.features.notifying.words import Message, Writer
from monitor.kernel.alerts import AlertEvent
from monitor.kernel.clock import Clock
from monitor.kernel.redact import Redactor
from monitor.notifier.services import SERVICES
from monitor.notifier.task import Endpoint, Outcome, Task
from monitor.resources.alert_target.info import Delivery, DeliveryKind
from monitor.resources.alert_target.service_names import ServiceName
from monitor.resources.alert_target.spec import ALERT_TARGET
from monitor.store.contract import Entry

if TYPE_CHECKING:
    from monitor.core.app import Core

Send = Callable[[Clock, Task], Awaitable[Outcome]]
"""Gives one message to one service; see child.py."""
NOTICES = "alert_notices"
"""The bus's topic of what browsers show."""
_SHORT_AFTER, _SHORT = 3, 400
"""After so many tries a message is no longer than that, without lines of a log."""
_ERROR = 400
_AFTER_A_BUG = timedelta(seconds=60)
log = logging.getLogger(__name__)


class Posted(Struct, frozen=True, kw_only=True):
    """What a webhook gets as its body."""

    delivery: str
    kind: DeliveryKind
    at: datetime
    subject: str
    text: str
    events: tuple[AlertEvent, ...] = ()
    more: int = 0


def redacted(outcome: Outcome, secrets: Iterable[str]) -> Outcome:
    """Its error in one line, without them; cut only then, so that nothing is left of one."""
    said = Redactor(secrets).redact_text(" ".join(outcome.error.split()))
    return Outcome(delivered=outcome.delivered, error=said[:_ERROR], refused=outcome.refused)


class Sending:
    """Of one core."""

    def __init__(self, core: "Core", wake: Callable[[], None]) -> None:
        self._core = core
        self._parts: Parts = core.parts
        self._settings: CoreSettings = core.settings
        self._wake = wake
        self._places = Places(core.parts.clock)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: dict[str, datetime] = {}
        self._at_once: set[str] = set()
        """Targets whose pause is over, since they were changed or a test went through."""
        self._since = core.parts.clock.now()
        self._met: set[str] = set()
        """Targets this life has begun to send to."""
        core.parts.memory.listen(resource_kind(ALERT_TARGET.name), self._changed)

    def turn(self, now: datetime) -> datetime | None:
        """Begin what is due; when the next is."""
        moments: list[datetime] = []
        for record in self._parts.catalog.by_name(ALERT_TARGET.name):
            if record.id in self._tasks or not (ready := waiting(self._parts, record.id)):
                continue
            begins = now if self._tried_anew(record, ready) else due(record, ready, now)
            begins = max(begins, self._again.get(record.id, now))
            if begins <= now:
                self._begin(record.id)
            else:
                moments.append(begins)
        return min(moments, default=None)

    def at_once(self, target: str) -> None:
        """Try again without waiting longer."""
        if self._parts.catalog.get(ALERT_TARGET.name, target) is not None:
            self._at_once.add(target)
        self._wake()

    async def stop(self) -> None:
        """End what goes on; it is sent again by the next core."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def test(self, record: Record, message: Message, id: str) -> Outcome:
        """One message now, in nobody's queue."""
        now = self._parts.clock.now()
        delivery = Delivery(id=id, kind=DeliveryKind.TEST, queued=now)
        return await self._sent(record, delivery, message)

    def writer(self, record: Record, tries: int = 0) -> Writer:
        """Who writes for a target. What was not taken several times is short: it may have been too much."""
        config = record.stored.config
        service, address = SERVICES.get(config.service.value), self._settings.public_url
        if tries >= _SHORT_AFTER and service is not None:
            return Writer(address, service, most=_SHORT)
        return Writer(address, service, log_lines=config.log_lines)

    def _changed(self, target: str, value: object) -> None:
        if value is None:
            self._at_once.discard(target)
            self._met.discard(target)
            self._again.pop(target, None)

    def _begin(self, target: str) -> None:
        task = self._tasks[target] = asyncio.create_task(self._next(target))
        task.add_done_callback(lambda done: self._done(target, done))

    def _done(self, target: str, task: asyncio.Task[None]) -> None:
        self._tasks.pop(target, None)
        self._again.pop(target, None)
        if not task.cancelled() and (failure := task.exception()) is not None:
            log.error("alert target %s cannot go on: %s", target, failure, exc_info=failure)
            if self._parts.catalog.get(ALERT_TARGET.name, target) is not None:
                self._again[target] = self._parts.clock.now() + _AFTER_A_BUG
        self._wake()

    def _tried_anew(self, record: Record, ready: list[Delivery]) -> bool:
        """Whether what failed before is to be tried now."""
        if record.id not in self._at_once:
            return False
        if record.info.trouble is None and not any(one.failed for one in ready):
            self._at_once.discard(record.id)
            return False
        return True

    async def _next(self, target: str) -> None:
        """What is next of a target's queue."""
        if target in self._at_once:
            self._at_once.discard(target)
            await self._commit(target, lambda _: settling.tried_anew(self._parts, target))
        record = self._parts.catalog.get(ALERT_TARGET.name, target)
        if record is None or not (ready := waiting(self._parts, target)):
            return
        first = course.turn(ready, record.info.trouble, self._parts.clock.now()).delivery
        # What a former life queued may have been under way when that ended: it goes again under its own id.
        since = None if target in self._met else self._since
        self._met.add(target)
        async with self._places.one(again=first.tries > 0):
            record = self._parts.catalog.get(ALERT_TARGET.name, target)
            one = await gathered(self._parts, record, since=since) if record else None
            if record is None or one is None:
                return
            message = self.writer(record, one.tries).message(one)
            outcome = await self._sent(record, one, message) if record.stored.config.enabled else SWITCHED_OFF
        sent = Sent(one, message.subject, outcome)
        await self._commit(target, lambda now: settling.settled(self._parts, target, sent, now))

    async def _commit(self, target: str, changes: Callable[[datetime], Changes]) -> None:
        """What was deleted meanwhile stays so."""
        async with self._parts.memory.writing:
            if self._parts.catalog.get(ALERT_TARGET.name, target) is None:
                return
            now = self._parts.clock.now()
            if (made := changes(now)).documents:
                await self._parts.memory.commit(made, Entry("delivery", now))

    async def _sent(self, record: Record, delivery: Delivery, message: Message) -> Outcome:
        config = record.stored.config
        if config.service is ServiceName.BROWSER:
            self._parts.bus.publish(NOTICES, delivery.id, (delivery, message, self.writer(record)))
            open_ones = self._parts.bus.watched(NOTICES)
            return Outcome(delivered=True, error="" if open_ones else "no browser was open")
        revealed: list[str] = []
        known = configs.reveal(self._parts, record.stored, revealed)
        task = Task(
            service=config.service.value,
            url=known.url,
            id=delivery.id,
            subject=message.subject,
            text=message.text,
            severity=message.severity,
            body=self._body(delivery, message) if config.service is ServiceName.WEBHOOK else "",
            secret=known.secret or "",
            own=self.own(),
            own_port=self._settings.port,
        )
        return redacted(await self._core.notify(self._parts.clock, task), revealed)

    def _body(self, delivery: Delivery, message: Message) -> str:
        posted = Posted(
            delivery=delivery.id,
            kind=delivery.kind,
            at=delivery.queued,
            subject=message.subject,
            text=message.text,
            events=delivery.events,
            more=delivery.more,
        )
        return msgspec.json.encode(posted).decode()

    def own(self) -> tuple[Endpoint, ...]:
        """Where peripheries listen; core's own port is refused at every address of this machine."""
        configs: list[Any] = [record.stored.config for record in self._parts.catalog.all("server").values()]
        return tuple(Endpoint(config.address, config.port) for config in configs if config.address)
