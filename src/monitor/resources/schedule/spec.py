"""What a schedule is: an action, when it is asked for, and what becomes of a run that cannot be then."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.asked import ASKS, EXAMPLE, AskedAction, asked_in_words
from monitor.kernel.marks import STANDING, shown, text_form, worded
from monitor.kernel.operation import Action, Needs, Query
from monitor.kernel.permission import Access, Level
from monitor.kernel.recurring import Missed, Occasion, Overlap, Stand
from monitor.kernel.resource import Column, ColumnKind, ResourceType
from monitor.kernel.when import CRON, ZONE, CronText, When, when_in_words
from monitor.kernel.when import EXAMPLE as WHEN
from monitor.kernel.windows import TimeZone


class ScheduleConfig(Struct, frozen=True, kw_only=True):
    """What people set on a schedule. Whoever changes what it does, or when, stands for it from then on."""

    does: Annotated[
        AskedAction | None,
        ASKS,
        STANDING,
        text_form(asked_in_words, EXAMPLE),
        shown("What", "The action, as if you asked for it then.", group="What"),
    ] = None
    when: Annotated[
        When, STANDING, text_form(when_in_words, WHEN), shown("When", "By the clock of its time zone.", group="When")
    ] = When()
    enabled: Annotated[
        bool, STANDING, shown("Switched on", "It runs with the rights of whoever saves this.", group="When")
    ] = False
    missed: Annotated[
        Missed,
        worded({Missed.SKIP: "Leave it out", Missed.RUN_ONCE: "Run once, late"}),
        shown("Missed", "What becomes of a run that was due while core was down.", group="When it cannot run"),
    ] = Missed.SKIP
    grace: Annotated[
        int,
        Meta(ge=1, le=10_080),
        shown("Grace", "Minutes after which a missed run is not caught up any more.", group="When it cannot run"),
    ] = 60
    overlap: Annotated[
        Overlap,
        worded({Overlap.SKIP: "Leave it out", Overlap.WAIT: "Wait for its end"}),
        shown("Overlap", "What becomes of a run while the one before it goes on.", group="When it cannot run"),
    ] = Overlap.SKIP


class ScheduleStatus(Struct, frozen=True, kw_only=True):
    """How a schedule stands."""

    state: str = "off"
    """off, on, running, or blocked: a run would be refused now."""
    reason: str = ""
    """Why it is blocked."""
    text: str = ""
    """When, in words."""
    next: datetime | None = None
    runs_as: str = ""
    """Who stands for it."""
    last: Occasion | None = None
    """What became of the newest run that was due."""


class Upcoming(Struct, frozen=True, kw_only=True):
    """When something would be due."""

    text: str
    """In words."""
    moments: tuple[datetime, ...]
    """The next five."""


class PreviewSchedule(Query[Upcoming], frozen=True, kw_only=True, tag="schedule.preview"):
    """What an expression means, and the next five moments it is due."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False

    cron: Annotated[CronText, CRON] = "0 3 * * *"
    zone: Annotated[TimeZone, ZONE] = "UTC"


class RunSchedule(Action, frozen=True, kw_only=True, tag="schedule.run"):
    """Have what it does done now, as whoever asks, with the right that takes; when it is due changes nothing."""

    title: ClassVar[str] = "Run now"
    needs: ClassVar[Needs] = Level.READ
    each: ClassVar[bool] = True
    counts: ClassVar[bool] = False


SCHEDULE: ResourceType[ScheduleConfig, Stand, ScheduleStatus] = ResourceType(
    name="schedule",
    plural="schedules",
    title="Schedule",
    help="An action asked for by the clock.",
    config=ScheduleConfig,
    info=Stand,
    status=ScheduleStatus,
    operations=(PreviewSchedule, RunSchedule),
    copies=True,
    columns=(
        Column("status.state", "State", ColumnKind.STATE),
        Column("config.does.operation", "What"),
        Column("status.text", "When"),
        Column("status.next", "Next", ColumnKind.TIME),
        Column("status.last.outcome", "Last"),
    ),
)
