"""Rehearsal: when a rule would have opened alerts, by what history knows of the past. Nothing is stored or told."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from msgspec import structs

from monitor.core import config as configs
from monitor.core.catalog import Record
from monitor.core.context import QueryContext
from monitor.core.history.asked import past_of
from monitor.core.parts import Parts
from monitor.features.alerts.engine.standing import Standing
from monitor.features.alerts.engine.step import look
from monitor.features.alerts.engine.terms import Grade, Terms
from monitor.features.alerts.live import SEVERITIES
from monitor.features.alerts.past import Row, rows_of, wanted_of
from monitor.features.alerts.rulebook import terms_of
from monitor.kernel.errors import Invalid
from monitor.kernel.past import Past, PastQuery
from monitor.resources.alert_rule import plan
from monitor.resources.alert_rule.conditions import FIGURES, ContainerFigure
from monitor.resources.alert_rule.scope import Place, covers
from monitor.resources.alert_rule.spec import AlertRuleConfig, Overridden, Rehearsal, RehearseRule, WouldFire

_USUAL = timedelta(days=1)
_LONGEST = timedelta(days=31)
_POINTS = 2000
_MOST_FIRED = 500
_MOST_RESOURCES = 500


class Rehearsals:
    """Answers for one core. One at a time: each reads much of the past."""

    def __init__(self, parts: Parts, place: Callable[[Record], Place]) -> None:
        self._parts = parts
        self._place = place
        self._one = asyncio.Lock()

    async def answer(self, ctx: QueryContext, op: RehearseRule) -> Rehearsal:
        """Of what the caller may read. Invalid for a rule that could not be saved, or has no figures."""
        config = configs.resolve(self._parts, ctx.caller, op.config, {})
        plan.validate(None, config)
        if not isinstance(config.what, FIGURES):
            raise Invalid.field("config.what", "only of figures there is a past to look at")
        since, until = self._span(op)
        fired: list[WouldFire] = []
        looked_at, step = 0, 0
        subjects = self._subjects(ctx, config)
        async with self._one:
            for record, at in subjects:
                if at is None:
                    continue
                past = await self._past(record, config, since, until)
                looked_at += bool(past.series)
                step = max(step, past.step)
                fired += _fired(record, at, past, self._cores(record))
                await asyncio.sleep(0)
        fired.sort(key=lambda one: one.opened)
        return Rehearsal(
            since=since,
            until=until,
            step=step,
            looked_at=looked_at,
            fired=tuple(fired[:_MOST_FIRED]),
            more=max(len(fired) - _MOST_FIRED, 0),
            overridden=tuple(other for record, at in subjects if (other := _overridden(record, config, at))),
        )

    def _span(self, op: RehearseRule) -> tuple[datetime, datetime]:
        now = self._parts.clock.now()
        until = min(op.until or now, now)
        since = op.since or until - _USUAL
        if since >= until:
            raise Invalid.field("since", "is not before `until`, or lies in the future")
        if until - since > _LONGEST:
            raise Invalid.field("since", f"is more than {_LONGEST.days} days before `until`")
        return since, until

    def _subjects(self, ctx: QueryContext, config: AlertRuleConfig) -> list[tuple[Record, AlertRuleConfig | None]]:
        """With the rule as overrides make it there; None where they switch it off. Whether it is on does not matter."""
        type = "deployment" if isinstance(config.what, ContainerFigure) else "server"
        on = structs.replace(config, enabled=True)
        places = [
            (record, self._place(record))
            for record in self._parts.catalog.by_name(type)
            if self._parts.permit.readable(ctx.caller, type, record.id)
        ]
        found = [(record, plan.terms_at(on, place)) for record, place in places if covers(config.scope, place)]
        if len(found) > _MOST_RESOURCES:
            raise Invalid.field("config.scope", f"{len(found)} are in it; {_MOST_RESOURCES} at most can be looked at")
        return found

    async def _past(self, record: Record, config: AlertRuleConfig, since: datetime, until: datetime) -> Past:
        asked: PastQuery[Past] = PastQuery(since=since, until=until, metrics=wanted_of(config.what), points=_POINTS)
        return await past_of(self._parts, record, asked, "")

    def _cores(self, record: Record) -> int:
        view = self._parts.hosts.view(record.server)
        return len(view.stats.cores) if view is not None and view.stats is not None else 0


def _fired(record: Record, config: AlertRuleConfig, past: Past, cores: int) -> Iterable[WouldFire]:
    terms = structs.replace(terms_of(config), gap=max(45.0, past.step * 2.5))
    for thing, row in rows_of(config.what, past, cores).items():
        yield from _fired_of(record, thing, row, terms)


def _fired_of(record: Record, thing: str, row: Row, terms: Terms) -> Iterable[WouldFire]:
    standing, worst, grade = Standing(), None, Grade.WELL
    for at, value in row:
        step = look(standing, terms, at, value)
        now = step.standing
        if value is not None and (now.opened is not None or now.pending is not None):
            worst = value if worst is None else (min if terms.under else max)(worst, value)
        elif standing.opened is None:
            worst = None
        grade = max(grade, now.grade)
        if step.ended:
            yield _would(record, thing, standing, (grade, worst), at)
            worst, grade = None, Grade.WELL
        standing = now
    if standing.opened is not None:
        yield _would(record, thing, standing, (grade, worst), None)


def _overridden(record: Record, config: AlertRuleConfig, at: AlertRuleConfig | None) -> Overridden | None:
    """None where the rule is as everywhere."""
    if at is None:
        return Overridden(id=record.id, off=True)
    if (at.warning, at.critical, at.lasts) == (config.warning, config.critical, config.lasts):
        return None
    return Overridden(id=record.id, warning=at.warning, critical=at.critical, lasts=at.lasts)


def _would(
    record: Record, thing: str, standing: Standing, worst: tuple[Grade, float | None], ended: float | None
) -> WouldFire:
    grade, figure = worst
    opened = standing.opened or 0.0
    return WouldFire(
        type=record.type,
        id=record.id,
        name=record.stored.name,
        what=thing,
        severity=SEVERITIES[max(grade, Grade.WARNING)],
        since=datetime.fromtimestamp(standing.since or opened, UTC),
        opened=datetime.fromtimestamp(opened, UTC),
        resolved=datetime.fromtimestamp(ended, UTC) if ended is not None else None,
        worst=figure,
    )
