"""What people ask of alerts, answered: each sees those of what he may read."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from msgspec import structs

from monitor.core.context import QueryContext
from monitor.core.edit_context import EditContext
from monitor.core.topic import keyed
from monitor.features.alerts.defaults import make_defaults
from monitor.features.alerts.engine.standing import Standing
from monitor.features.alerts.engine.step import acknowledge, unacknowledge
from monitor.features.alerts.listing import Listing
from monitor.features.alerts.live import NOT_ACKNOWLEDGED, Live
from monitor.features.alerts.record import ALERTS
from monitor.features.alerts.rehearsal import Rehearsals
from monitor.features.alerts.spec import AcknowledgeAlert, GetAlert, ListAlerts, UnacknowledgeAlert, WatchAlerts
from monitor.features.alerts.stored import STANDING
from monitor.features.alerts.subjects import may_acknowledge, shown
from monitor.features.alerts.watching import Watching
from monitor.kernel.alerts import ALERT, Alert, AlertState
from monitor.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.resource import Page
from monitor.kernel.stream import Item, Snapshot, StreamHandler
from monitor.resources.alert_rule.spec import Rehearsal, RehearseRule

if TYPE_CHECKING:
    from monitor.core.app import Core

_LONG = timedelta(days=3650)


class Alerts:
    """Of one core: what watches, and what people ask of it."""

    def __init__(self, core: "Core") -> None:
        self._parts = core.parts
        self._keep = timedelta(days=core.settings.keep_alerts)
        self._watching = Watching(core)
        self._listing = Listing(core.parts, self._watching.keeper, self._watching.record)
        self._rehearsals = Rehearsals(core.parts, self._watching.book.place)

    def handlers(self) -> tuple[Handler | StreamHandler, ...]:
        """One per operation and topic."""
        return (
            AnswerHandler(ListAlerts, self.list),
            AnswerHandler(GetAlert, self.get),
            AnswerHandler(AcknowledgeAlert, self.acknowledge),
            AnswerHandler(UnacknowledgeAlert, self.unacknowledge),
            AnswerHandler(RehearseRule, self.rehearse),
            StreamHandler(WatchAlerts, self.watch),
        )

    async def load(self) -> None:
        """What a former life of core left; the first one makes the default rules."""
        await make_defaults(self._parts)
        await self._watching.load()

    def start(self) -> None:
        """Watch from now on."""
        self._watching.start(self._keep)

    async def stop(self, *, write: bool = True) -> None:
        """Let go."""
        await self._watching.stop(write=write)

    async def list(self, ctx: QueryContext, op: ListAlerts) -> Page[Alert]:
        """A page of them."""
        return await self._listing.page(ctx.caller, op)

    async def get(self, ctx: QueryContext, op: GetAlert) -> Alert:
        """One."""
        return await self._need(ctx, op.target)

    async def acknowledge(self, ctx: EditContext, op: AcknowledgeAlert) -> Alert:
        """The change and its record are one write."""
        now = ctx.now()
        if op.until is not None and not now < op.until <= now + _LONG:
            raise Invalid.field("until", "lies in the past, or more than ten years ahead")
        live, alert = await self._going_on(ctx, op.target)
        until = op.until.timestamp() if op.until else None
        ctx.summary(f"acknowledged: {alert.message}"[:300])
        return self._change(
            ctx,
            live,
            alert,
            lambda standing: acknowledge(standing, until),
            state=AlertState.ACKNOWLEDGED,
            acknowledged_by=ctx.who.name,
            acknowledged_at=now,
            acknowledged_until=op.until,
            comment=op.comment,
        )

    async def unacknowledge(self, ctx: EditContext, op: UnacknowledgeAlert) -> Alert:
        """It is told again."""
        live, alert = await self._going_on(ctx, op.target)
        if alert.state is not AlertState.ACKNOWLEDGED:
            raise Conflict("nobody has acknowledged it")
        ctx.summary(f"took back that it is acknowledged: {alert.message}"[:300])
        return self._change(ctx, live, alert, unacknowledge, state=AlertState.OPEN, **NOT_ACKNOWLEDGED)

    async def rehearse(self, ctx: QueryContext, op: RehearseRule) -> Rehearsal:
        """On what history has."""
        return await self._rehearsals.answer(ctx, op)

    def watch(self, ctx: QueryContext, topic: WatchAlerts) -> AsyncIterator[Item[Alert] | Snapshot]:
        """Those that go on, then every change."""

        def show(id: str, alert: Alert) -> Alert | None:
            pending = alert.state is AlertState.PENDING
            return None if pending and not topic.pending else shown(self._parts, ctx.caller, alert)

        keeper = self._watching.keeper
        return keyed(self._parts.bus, ALERTS, lambda: [(alert.id, alert) for alert in keeper.current()], show)

    async def _need(self, ctx: QueryContext, id: str) -> Alert:
        live = self._watching.keeper.by_alert(id)
        alert = live.alert if live is not None else await self._watching.record.stored(id)
        told = shown(self._parts, ctx.caller, alert) if alert is not None else None
        if told is None:
            raise NotFound("there is no such alert")
        return told

    async def _going_on(self, ctx: EditContext, id: str) -> tuple[Live, Alert]:
        """One that is open, for who may work on what it is about."""
        await self._need(ctx, id)
        live = self._watching.keeper.by_alert(id)
        if live is None or live.alert is None or not live.is_open:
            raise Conflict("it is not open: it has ended, or does not last long enough yet")
        if not may_acknowledge(self._parts, ctx.caller, live.alert):
            raise Forbidden("acknowledging needs 'execute' on what it is about", hint="Ask an admin to grant it.")
        subject = live.alert.subject
        ctx.on(subject.type, subject.id, subject.name)
        return live, live.alert

    def _change(
        self, ctx: EditContext, live: Live, alert: Alert, move: Callable[[Standing], Standing], **words: Any
    ) -> Alert:
        changed = structs.replace(alert, **words)
        kept = structs.replace(live.kept(), standing=move(live.standing))
        ctx.changes.put(ALERT, alert.id, changed)
        ctx.changes.put(STANDING, live.key.document, kept)

        def then() -> None:
            """What happened to it meanwhile stays; it is written once more with that."""
            if live.alert is not None and live.alert.id == alert.id:
                after = structs.replace(live.alert, **words)
                self._watching.keeper.change(live, move(live.standing), after)
                self._watching.changed()

        ctx.after.append(then)
        return shown(self._parts, ctx.caller, changed) or changed
