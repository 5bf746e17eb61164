"""Alerts: what they are and what is told of them, as the record keeps it and whoever sends it on reads it. Pure."""

import re
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

_SINCE = re.compile(r", since \d{4}-\d\d-\d\d \d\d:\d\d UTC.*$", re.DOTALL)


class Severity(StrEnum):
    """How bad it is."""

    WARNING = "warning"
    CRITICAL = "critical"


class AlertState(StrEnum):
    """Where an alert stands."""

    PENDING = "pending"
    """The condition holds, not yet for as long as its rule asks."""
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    """Somebody has seen it; until when is with it, or until it is resolved."""
    RESOLVED = "resolved"


class QuietBy(StrEnum):
    """Why nobody is told of an alert that is open."""

    NO = ""
    EXPLAINED = "explained"
    """Another alert says why."""
    MAINTENANCE = "maintenance"
    """One that goes on covers it."""


class AlertChange(StrEnum):
    """What happened to an alert that people are told of."""

    OPENED = "opened"
    WORSE = "worse"
    """From warning to critical."""
    BETTER = "better"
    """From critical to warning."""
    REPEATED = "repeated"
    """Still so, after as long as its rule says."""
    FLAPPING = "flapping"
    """It comes and goes; said once instead of each time."""
    RESOLVED = "resolved"


class Subject(Struct, frozen=True, kw_only=True):
    """What an alert is about."""

    type: str
    """Of a resource: server, deployment, build."""
    id: str
    name: str
    """As it was called then."""
    what: str = ""
    """The thing of it that is meant: a mount, an interface, a container that is no deployment's."""
    server: str = ""
    """Id of the server it is on; of a server its own."""
    server_name: str = ""
    """What that was called then; shown to who may read it."""
    tags: tuple[str, ...] = ()
    """Its own, and its server's."""


class Moment(Struct, frozen=True, kw_only=True):
    """One of the times at which people were told of an alert."""

    at: datetime
    change: AlertChange


MOST_MOMENTS = 50
"""An alert remembers so many; of more the first, when it opened, and the last."""


class Alert(Struct, frozen=True, kw_only=True):
    """One incident: from the moment its condition first held to the end of it."""

    id: str
    """A ULID."""
    rule: str
    """Id of the rule."""
    rule_name: str
    subject: Subject
    severity: Severity
    state: AlertState
    since: datetime
    """When the condition began to hold."""
    opened: datetime | None = None
    resolved: datetime | None = None
    value: float | None = None
    """The figure lately; null where there is none."""
    limit: float | None = None
    """What it went over."""
    unit: str = ""
    """As kernel/measures.py names them; empty without a figure."""
    message: str = ""
    """What, where, since when and how much, in one sentence."""
    culprit: str = ""
    """Who likely causes it: the top container."""
    culprit_of: str = ""
    """Id of the deployment that container is; empty for one that is nobody's."""
    culprit_process: str = ""
    """Its busiest or largest process; or, without a culprit, one of the host's that is in none. By its name alone."""
    rule_kind: str = ""
    """The kind of what its rule watches: `server_figure`, `exited`, `failed`, …"""
    lines: tuple[str, ...] = ()
    """The last of its log, for who may read that; never sent to whoever may not."""
    why_resolved: str = ""
    """Not because it got better: its rule or subject is gone, or the rule was changed."""
    acknowledged_by: str = ""
    """Name of the user."""
    acknowledged_at: datetime | None = None
    acknowledged_until: datetime | None = None
    comment: str = ""
    """What was said on acknowledging it."""
    activity: str = ""
    """Id of the activity it is about, where a build or deploy failed."""
    flapping: bool = False
    silenced_by: str = ""
    """Id of the alert that explains this one: its server is down, or the same thing says more. Nothing new is told of
    it meanwhile.
    """
    explained_as: str = ""
    """The `rule_kind` of that alert."""
    quiet: QuietBy = QuietBy.NO
    """Why nobody is told of it now; said to who asks, though he may not read what it is quiet for."""
    moments: tuple[Moment, ...] = ()
    """What people were told of it, oldest first."""

    @property
    def said(self) -> str:
        """The message without since when and for how long: lists have columns for that."""
        return _SINCE.sub("", self.message)

    @property
    def short(self) -> str:
        """What is said, and the likely cause."""
        return f"{self.said}; likely cause: {self.cause}" if self.cause else self.said

    @property
    def cause(self) -> str:
        """Who likely causes it, in one line."""
        return "; ".join(said for said in (self.culprit, self.culprit_process) if said)


class AlertEvent(Struct, frozen=True, kw_only=True):
    """One thing to be told of: written in the same commit as the change itself, so that none is ever lost."""

    id: str
    """A ULID: in the order in which they happened."""
    at: datetime
    change: AlertChange
    alert: Alert
    """As it stood then."""


ALERT = "alert"
"""Kind of the documents of alerts."""
ALERT_EVENT = "alert_event"
"""Kind of the documents of events: an outbox. The sender takes each away once it has queued what is to be sent."""
