"""What an alert rule is: a condition, where it is looked for, its levels and times, and where these are others."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.alerts import Severity
from monitor.kernel.marks import shown, text_form
from monitor.kernel.operation import Needs, Query
from monitor.kernel.permission import Access
from monitor.kernel.resource import Column, ColumnKind, ResourceType
from monitor.kernel.times import EXAMPLE as TIME
from monitor.kernel.times import parse_time
from monitor.resources.alert_rule.conditions import Condition
from monitor.resources.alert_rule.scope import Everywhere, Scope
from monitor.resources.alert_rule.words import (
    CONDITION,
    OVERRIDE,
    SCOPE,
    condition_in_words,
    override_in_words,
    scope_in_words,
)

_Level = Annotated[float, Meta(ge=-1e18, le=1e18)] | None
_Seconds = Annotated[int, Meta(ge=0, le=604_800)]
_Moment = Annotated[datetime, Meta(tz=True)]


class Override(Struct, frozen=True, kw_only=True):
    """Other levels or times in one place, or none at all there. What is null is as the rule says."""

    scope: Annotated[Scope, shown("Where", "In which of the places the rule holds.")]
    warning: Annotated[_Level, shown("Warning", "The level there.")] = None
    critical: Annotated[_Level, shown("Critical", "The level there.")] = None
    lasts: Annotated[_Seconds | None, shown("For", "Seconds it must last there.")] = None
    off: Annotated[bool, shown("Off", "The rule does not hold there.")] = False


class AlertRuleConfig(Struct, frozen=True, kw_only=True):
    """What people set on an alert rule."""

    what: Annotated[
        Condition, text_form(condition_in_words, CONDITION), shown("What", "What is watched.", group="What")
    ]
    scope: Annotated[Scope, text_form(scope_in_words, SCOPE), shown("Where", "Of which resources.", group="What")] = (
        Everywhere()
    )
    enabled: Annotated[bool, shown("Enabled", "Off: it is not looked for, and what is open ends.", group="What")] = True
    warning: Annotated[
        _Level, shown("Warning", "The level from which on it is a warning; none: never.", group="Levels")
    ] = None
    critical: Annotated[
        _Level, shown("Critical", "The level from which on it is critical; none: never.", group="Levels")
    ] = None
    severity: Annotated[Severity, shown("Severity", "Of what has no levels: how bad it is.", group="Levels")] = (
        Severity.WARNING
    )
    margin: Annotated[
        float,
        Meta(ge=0, le=1e18),
        shown("Margin", "How far on the good side of its level a figure must be to be well again.", group="Levels"),
    ] = 0.0
    lasts: Annotated[
        _Seconds, shown("For", "Seconds it must last without a break before an alert opens.", group="Times")
    ] = 60
    calm: Annotated[
        _Seconds, shown("Well for", "Seconds it must be well without a break before it ends.", group="Times")
    ] = 60
    repeat: Annotated[
        int, Meta(ge=0, le=43_200), shown("Repeat", "Minutes after which it is told again; 0: never.", group="Times")
    ] = 0
    flaps: Annotated[
        int,
        Meta(ge=2, le=50),
        shown("Flaps after", "Times it becomes worse in the minutes below; then that is said, once.", group="Times"),
    ] = 4
    flap_minutes: Annotated[
        int, Meta(ge=1, le=1440), shown("Flapping minutes", "It has calmed after as long.", group="Times")
    ] = 30
    overrides: Annotated[
        tuple[Override, ...],
        Meta(max_length=200),
        text_form(override_in_words, OVERRIDE),
        shown(
            "Overrides",
            "Other levels in some places: one resource goes before a server, that before tags; the later of two alike.",
            group="Overrides",
        ),
    ] = ()


class AlertRuleInfo(Struct, frozen=True, kw_only=True):
    """What Monitor noted about a rule: nothing; its alerts are kept by themselves."""


class AlertRuleStatus(Struct, frozen=True, kw_only=True):
    """What a rule says, in words."""

    state: str = "on"
    """on, off, or nowhere: its scope holds nothing that what it watches could be about."""
    text: str = ""
    """`CPU from 90%, for 15 min`."""
    severity: str = ""
    """What its alerts may be, from the least: `warning`, `critical`, or `warning, critical`."""
    unit: str = ""
    """Of its levels, as measures name them; `hours`; empty where it has none."""


class WouldFire(Struct, frozen=True, kw_only=True):
    """One time an alert would have been open."""

    type: str
    id: str
    name: str
    what: str = ""
    severity: Severity
    """The worst it was."""
    since: datetime
    """When the condition began to hold."""
    opened: datetime
    resolved: datetime | None = None
    """Null: at the end of the time asked for it was open."""
    worst: float | None = None
    """The worst figure."""


class Overridden(Struct, frozen=True, kw_only=True):
    """What overrides make of a rule in one place."""

    id: str
    """Of the server or deployment."""
    warning: float | None = None
    critical: float | None = None
    lasts: int = 0
    off: bool = False
    """It does not hold there: nothing was looked at."""


class Rehearsal(Struct, frozen=True, kw_only=True):
    """When a rule would have opened alerts."""

    since: datetime
    until: datetime
    step: int
    """Seconds of one point of the past; what was shorter does not show."""
    looked_at: int
    """Of how many resources there was a past to look at."""
    fired: tuple[WouldFire, ...] = ()
    """Oldest first, 500 at most."""
    more: int = 0
    """So many are left out."""
    overridden: tuple[Overridden, ...] = ()
    """Where the rule is another one than elsewhere."""


class RehearseRule(Query[Rehearsal], frozen=True, kw_only=True, tag="alert_rule.rehearse"):
    """When a rule on figures would have opened alerts, on what is known of the past, of what the caller may read."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    method: ClassVar[str] = "POST"

    config: Annotated[AlertRuleConfig, shown("Rule", "Its config, as it would be saved.")]
    since: Annotated[
        _Moment | None,
        shown("Since", "A day ago by default; 31 days at most"),
        text_form(parse_time, TIME),
    ] = None
    until: Annotated[_Moment | None, shown("Until", "Now by default"), text_form(parse_time, TIME)] = None


ALERT_RULE: ResourceType[AlertRuleConfig, AlertRuleInfo, AlertRuleStatus] = ResourceType(
    name="alert_rule",
    plural="alert_rules",
    title="Alert rule",
    help="What is watched, and from when on people are told of it.",
    config=AlertRuleConfig,
    info=AlertRuleInfo,
    status=AlertRuleStatus,
    operations=(RehearseRule,),
    copies=True,
    columns=(
        Column("status.state", "State", ColumnKind.STATE),
        Column("status.text", "What"),
        Column("status.severity", "Severity"),
        Column("updated", "Changed", ColumnKind.TIME),
    ),
)
