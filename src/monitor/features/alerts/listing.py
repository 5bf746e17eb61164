"""Listing: which alerts a list holds, for one caller, within bounds however many there are."""

from datetime import UTC

import msgspec
from msgspec import structs

from monitor.core.caller import Caller
from monitor.core.listing import known_id
from monitor.core.parts import Parts
from monitor.features.alerts.keeper import Keeper
from monitor.features.alerts.record import AlertRecord
from monitor.features.alerts.spec import ListAlerts
from monitor.features.alerts.subjects import shown
from monitor.kernel.alerts import ALERT, Alert, AlertState
from monitor.kernel.ids import first_id
from monitor.kernel.resource import Page
from monitor.store.contract import Where

_SCAN = 200
_MOST_SCANNED = 2000
"""Alerts one request looks through; `next` goes on from there."""


class Listing:
    """Of one core. Those that go on come as they are now, whatever is written of them."""

    def __init__(self, parts: Parts, keeper: Keeper, record: AlertRecord) -> None:
        self._parts = parts
        self._keeper = keeper
        self._record = record

    async def page(self, caller: Caller, op: ListAlerts) -> Page[Alert]:
        """Newest first; `total` counts this page only where not all is looked through."""
        states = op.state or (AlertState.OPEN, AlertState.ACKNOWLEDGED, AlertState.RESOLVED)
        if AlertState.RESOLVED not in states:
            return self._of_current(caller, op, states)
        where = self._conditions(caller, op)
        current = {alert.id: alert for alert in self._keeper.current()}
        cursor, items, seen, more = op.cursor, list[Alert](), 0, True
        while more and len(items) < op.limit and seen < _MOST_SCANNED:
            found = await self._parts.memory.store.find(ALERT, where, descending=True, after=cursor, limit=_SCAN)
            more = len(found.docs) == _SCAN
            seen += len(found.docs)
            for doc in found.docs:
                cursor = doc.id
                alert = current.get(doc.id) or msgspec.json.decode(doc.body, type=Alert)
                if alert.state in states and _lasted(op, alert) and (told := self._told(caller, op, alert)) is not None:
                    items.append(told)
                    if len(items) == op.limit:
                        break
        full = len(items) == op.limit
        return Page(items=tuple(items), total=len(items), next=cursor if more or full else "")

    def _of_current(self, caller: Caller, op: ListAlerts, states: tuple[AlertState, ...]) -> Page[Alert]:
        """From memory: what goes on is at hand."""
        op = structs.replace(op, **self._ids(caller, op))
        found = [alert for alert in self._keeper.current() if alert.state in states and _fits(op, alert)]
        told = [one for alert in found if (one := self._told(caller, op, alert)) is not None]
        told.sort(key=lambda alert: alert.id, reverse=True)
        rest = [alert for alert in told if not op.cursor or alert.id < op.cursor]
        page = rest[: op.limit]
        return Page(items=tuple(page), total=len(told), next=page[-1].id if len(rest) > len(page) else "")

    def _told(self, caller: Caller, op: ListAlerts, alert: Alert) -> Alert | None:
        told = shown(self._parts, caller, alert)
        if told is None or not op.text:
            return told
        text = op.text.casefold()
        parts = (told.subject.name, told.subject.what, told.subject.server_name, told.message, told.rule_name)
        return told if any(text in part.casefold() for part in parts) else None

    def _conditions(self, caller: Caller, op: ListAlerts) -> list[Where]:
        ids = self._ids(caller, op)
        equal = {
            "rule": ids["rule"],
            "subject.type": op.type,
            "subject.id": ids["resource"],
            "subject.server": ids["server"],
        }
        where = [Where(path=path, equals=value) for path, value in equal.items() if value]
        if op.state:
            where.append(Where(path="state", among=tuple(state.value for state in op.state)))
        if op.severity:
            where.append(Where(path="severity", among=tuple(severity.value for severity in op.severity)))
        # An alert's id begins with the time at which its condition began to hold.
        if op.since is not None:
            where.append(Where(path="id", at_least=first_id(op.since)))
        if op.before is not None:
            where.append(Where(path="id", below=first_id(op.before)))
        if op.lasted_until is not None and op.state == (AlertState.RESOLVED,):
            # Without a zone: before any moment of that second. Those that go on have no such time to be found by.
            where.append(Where(path="resolved", at_least=f"{op.lasted_until.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"))
        return where

    def _ids(self, caller: Caller, op: ListAlerts) -> dict[str, str]:
        """Of what the fields of the operation name."""
        named = (("rule", "alert_rule", op.rule), ("resource", op.type, op.resource), ("server", "server", op.server))
        return {field: known_id(self._parts, caller, type, ref) for field, type, ref in named}


def _lasted(op: ListAlerts, alert: Alert) -> bool:
    return op.lasted_until is None or alert.resolved is None or alert.resolved >= op.lasted_until


def _fits(op: ListAlerts, alert: Alert) -> bool:
    """`op` with ids in place of names."""
    subject = alert.subject
    return (
        (not op.severity or alert.severity in op.severity)
        and (not op.rule or alert.rule == op.rule)
        and (not op.type or subject.type == op.type)
        and (not op.resource or subject.id == op.resource)
        and (not op.server or subject.server == op.server)
        and (op.since is None or alert.id >= first_id(op.since))
        and (op.before is None or alert.id < first_id(op.before))
    )
