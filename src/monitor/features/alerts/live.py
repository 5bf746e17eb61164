"""Live: one figure of one rule that is not at rest, with its alert as it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from msgspec import structs

from monitor.features.alerts.causes import Cause
from monitor.features.alerts.engine.standing import Standing
from monitor.features.alerts.engine.terms import Grade
from monitor.features.alerts.rulebook import Watch
from monitor.features.alerts.stored import Kept, Key
from monitor.features.alerts.words import Told, sentence
from monitor.kernel.alerts import MOST_MOMENTS, Alert, AlertChange, AlertState, Moment, Severity, Subject
from monitor.resources.alert_rule.conditions import FIGURES

NOT_ACKNOWLEDGED: dict[str, Any] = {
    "acknowledged_by": "",
    "acknowledged_at": None,
    "acknowledged_until": None,
    "comment": "",
}
NO_CULPRIT: dict[str, Any] = {"culprit": "", "culprit_of": "", "culprit_process": ""}
SEVERITIES = {Grade.WARNING: Severity.WARNING, Grade.CRITICAL: Severity.CRITICAL}


@dataclass(slots=True)
class Seen:
    """What was found at one look."""

    at: float
    value: float | None
    """None: not known."""
    subject: Callable[[], Subject]
    """Who it is about, asked only where an alert is made."""
    text: str = ""
    """What there is to say of a condition."""
    since: datetime | None = None
    """When it began, where somebody knows better."""
    culprit: Callable[[], tuple[str, str]] | None = None
    """Who likely causes it: what to say, and the deployment it is."""
    activity: str = ""
    cause: Cause | None = None
    """What explains it, where that is an alert too."""


@dataclass(slots=True)
class Live:
    """Changed in place by the keeper alone."""

    key: Key
    watched: str
    server: str
    """Id of the one it is on now; empty once nobody knows."""
    standing: Standing = field(default_factory=Standing)
    alert: Alert | None = None
    """Pending too."""
    looked: float = 0.0
    """When the figure came last, known or not."""
    explains: Cause | None = None
    """As what it explains others."""
    cause: Cause | None = None
    """What explains it, where that is an alert too."""
    shown: float = 0.0
    """When the alert was shown last."""
    text: str = ""
    """What there was to say of the condition while it was bad."""

    @property
    def is_open(self) -> bool:
        """Whether an incident goes on."""
        return self.standing.opened is not None

    def kept(self) -> Kept:
        """As it is stored."""
        alert = self.alert.id if self.alert is not None and self.is_open else ""
        return Kept(
            rule=self.key.rule,
            type=self.key.type,
            id=self.key.id,
            thing=self.key.thing,
            watched=self.watched,
            standing=self.standing,
            alert=alert,
            text=self.text,
        )


def state_of(standing: Standing) -> AlertState:
    """Of an alert that has not ended."""
    if standing.opened is None:
        return AlertState.PENDING
    return AlertState.ACKNOWLEDGED if standing.acknowledged else AlertState.OPEN


def alert_of(live: Live, watch: Watch, seen: Seen, id: str, *, news: bool) -> Alert:
    """The alert after a look. `news`: something happened to it, and who likely causes it is looked for."""
    standing, old = live.standing, live.alert
    grade = standing.grade or grade_now(watch, seen)
    since = _since(standing, old, seen)
    severity = SEVERITIES.get(grade, old.severity if old else Severity.WARNING)
    subject = old.subject if old else seen.subject()
    has_figure = isinstance(watch.what, FIGURES)
    limit = watch.terms.limit(Grade.CRITICAL if severity is Severity.CRITICAL else Grade.WARNING)
    values: dict[str, Any] = {
        "severity": severity,
        "state": state_of(standing),
        "since": since,
        "opened": _moment(standing.opened),
        "value": seen.value if has_figure else None,
        "limit": limit if has_figure else None,
        "unit": watch.unit,
        "message": sentence(watch, subject, Told(seen.value, limit, live.text, since, seen.at)),
        "rule_name": watch.name,
        "flapping": standing.flapping,
    }
    if news and has_figure and seen.culprit:
        said, of = seen.culprit()
        values |= {**NO_CULPRIT, "culprit": said, "culprit_of": of}
    if seen.activity:
        values["activity"] = seen.activity
    if not standing.acknowledged:
        values |= NOT_ACKNOWLEDGED
    if old is not None:
        return structs.replace(old, **values)
    return Alert(id=id, rule=watch.rule, rule_kind=watch.kind, subject=subject, **values)


def with_moment(alert: Alert, change: AlertChange, at: datetime) -> Alert:
    """The alert with one more thing people are told of it."""
    moments = (*alert.moments, Moment(at=at, change=change))
    if len(moments) > MOST_MOMENTS:
        moments = (moments[0], *moments[-MOST_MOMENTS + 1 :])
    return structs.replace(alert, moments=moments)


def grade_now(watch: Watch, seen: Seen) -> Grade:
    """How bad it is at this look, whether or not it has lasted."""
    if seen.value is None:
        return Grade.WELL
    for grade in (Grade.CRITICAL, Grade.WARNING):
        if watch.terms.is_bad(grade, seen.value):
            return grade
    return Grade.WELL


def _since(standing: Standing, old: Alert | None, seen: Seen) -> datetime:
    if old is not None and old.opened is not None:
        return old.since
    moments = [at for at in (standing.since, standing.pending) if at is not None]
    known = datetime.fromtimestamp(min(moments, default=seen.at), UTC)
    return min(known, seen.since) if seen.since is not None else known


def _moment(at: float | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC)
