"""Record: what is new of alerts, written in few commits: each alert together with what people are told of it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

import msgspec
from msgspec import structs

from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.features.alerts.asking import Ask, Asking
from monitor.features.alerts.culprits import Fields
from monitor.features.alerts.live import Live
from monitor.features.alerts.stored import STANDING, Kept
from monitor.kernel.alerts import ALERT, ALERT_EVENT, Alert, AlertChange, AlertEvent, AlertState
from monitor.kernel.errors import MonitorError
from monitor.kernel.ids import first_id, new_id
from monitor.store.contract import Delete, Entry, Where

ALERTS = "alerts"
"""The bus's topic: alerts by their ids; None for a pending one that came to nothing."""
_MOST = 1000
"""Figures whose news go into one commit."""
_AGAIN = 2.0
_PAGE = 500
log = logging.getLogger(__name__)


class Told(NamedTuple):
    """What people are to be told."""

    number: int
    change: AlertChange
    alert: Alert


@dataclass(slots=True)
class Waiting:
    """What is to be written of one figure: all of it in one commit, so that none says what the others do not know."""

    kept: Kept | None = None
    alerts: dict[str, Alert] = field(default_factory=dict[str, Alert])
    told: list[Told] = field(default_factory=list[Told])

    def after(self, older: "Waiting") -> "Waiting":
        """With what was to be written before, and could not be."""
        return Waiting(self.kept, {**older.alerts, **self.alerts}, [*older.told, *self.told])


async def stored_alert(parts: Parts, id: str) -> Alert | None:
    """As it stands in the store."""
    doc = await parts.memory.store.get(ALERT, id)
    return msgspec.json.decode(doc.body, type=Alert) if doc else None


class AlertRecord:
    """Of one core. What is put here waits in memory until it is written, in order; nothing is left out."""

    def __init__(self, parts: Parts, ask: Ask, keep: Callable[[str, Fields], None]) -> None:
        """What a host says of an alert (`ask`) goes into what is written of it, and to `keep`."""
        self._parts = parts
        self._keep = keep
        self._waiting: dict[str, Waiting] = {}
        self._writing: dict[str, Waiting] = {}
        self._number = 0
        self._news = asyncio.Event()
        self._asking = Asking(parts.clock, ask, self._came, self._news.set)
        self._task: asyncio.Task[None] | None = None
        self._last: datetime | None = None

    def start(self) -> None:
        """Write from now on."""
        self._task = asyncio.create_task(self._run(), name="alerts")

    async def stop(self) -> None:
        """Write what is left, and no more."""
        await self.end()
        try:
            await self._write_all()
        except MonitorError as failure:
            log.error("alerts cannot be written: %s", failure.message)

    async def end(self) -> None:
        """Stop without writing, as a killed core does."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._asking.end()

    def put(self, live: Live, alert: Alert) -> None:
        """An alert is another."""
        self._of(live).alerts[alert.id] = alert

    def put_standing(self, live: Live) -> None:
        """What is remembered of it is."""
        self._of(live)

    def tell(self, live: Live, change: AlertChange, alert: Alert) -> None:
        """People are to be told."""
        self._number += 1
        waiting = self._of(live)
        waiting.told.append(Told(self._number, change, alert))
        waiting.alerts[alert.id] = alert
        self._asking.begin(live.key.document, change, alert)

    def show(self, alert: Alert) -> None:
        """To who looks now."""
        self._parts.bus.publish(ALERTS, alert.id, alert)

    def hide(self, id: str) -> None:
        """It was pending, and is not there any more."""
        self._parts.bus.publish(ALERTS, id, None)

    async def stored(self, id: str) -> Alert | None:
        """One that is written, or about to be."""
        for waiting in (*self._waiting.values(), *self._writing.values()):
            if id in waiting.alerts:
                return waiting.alerts[id]
        return await stored_alert(self._parts, id)

    async def load(self) -> list[tuple[Kept, Alert | None]]:
        """What a former life of core left, each with the alert that goes on."""
        found: list[tuple[Kept, Alert | None]] = []
        for doc in await self._parts.memory.store.all(STANDING):
            kept = msgspec.json.decode(doc.body, type=Kept)
            found.append((kept, await self.stored(kept.alert) if kept.alert else None))
        return found

    async def tidy(self, keep: timedelta) -> None:
        """Forget alerts that ended, and events nobody took, so long ago."""
        before = first_id(self._parts.clock.now() - keep)
        over = Where(path="state", equals=AlertState.RESOLVED.value)
        while True:
            old = await self._parts.memory.store.find(ALERT, [Where(path="id", below=before), over], limit=_PAGE)
            if old.docs:
                await self._parts.memory.store.commit(deletes=[Delete(ALERT, doc.id) for doc in old.docs])
            if len(old.docs) < _PAGE:
                break
        stale = [doc.id for doc in await self._parts.memory.store.all(ALERT_EVENT) if doc.id < before]
        if stale:
            await self._parts.memory.store.commit(deletes=[Delete(ALERT_EVENT, id) for id in stale])

    def _of(self, live: Live) -> Waiting:
        waiting = self._waiting.setdefault(live.key.document, Waiting())
        waiting.kept = None if live.standing.idle else live.kept()
        self._news.set()
        return waiting

    async def _run(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self._write_all()
            except MonitorError as failure:
                log.error("alerts cannot be written now: %s", failure.message)
            except Exception:
                log.exception("writing alerts failed; it is tried again")
            if self._ready():
                self._news.set()
                await self._parts.clock.sleep(_AGAIN)

    def _ready(self) -> list[str]:
        """Documents that wait for no host."""
        return list(islice((document for document in self._waiting if document not in self._asking), _MOST))

    async def _write_all(self) -> None:
        while ready := self._ready():
            part = {document: self._waiting.pop(document) for document in ready}
            self._writing = part
            try:
                await self._parts.memory.commit(self._changes(part), Entry("alerts", self._parts.clock.now()))
            except BaseException:
                for document, older in part.items():
                    newer = self._waiting.get(document)
                    self._waiting[document] = newer.after(older) if newer else older
                raise
            finally:
                self._writing = {}

    def _changes(self, part: dict[str, Waiting]) -> Changes:
        changes = Changes()
        for document, waiting in part.items():
            changes.put(STANDING, document, waiting.kept)
            for id, alert in waiting.alerts.items():
                changes.put(ALERT, id, alert)
        for told in sorted(one for waiting in part.values() for one in waiting.told):
            event = AlertEvent(id=self._next_id(), at=self._parts.clock.now(), change=told.change, alert=told.alert)
            changes.put(ALERT_EVENT, event.id, event)
        return changes

    def _came(self, id: str, fields: Fields) -> None:
        """Its host has said something of an alert that waits for it."""
        self._keep(id, fields)
        for waiting in self._waiting.values():
            if id in waiting.alerts:
                waiting.alerts[id] = structs.replace(waiting.alerts[id], **fields)
            waiting.told = [
                one._replace(alert=structs.replace(one.alert, **fields)) if one.alert.id == id else one
                for one in waiting.told
            ]

    def _next_id(self) -> str:
        """Events stand in the order in which they happened, also within a millisecond."""
        now = self._parts.clock.now()
        if self._last is not None:
            now = max(now, self._last + timedelta(milliseconds=1))
        self._last = now
        return new_id(now)
