"""Which schedules make no sense, when one is due, and how it stands. Pure."""

from datetime import datetime

from msgspec import structs

from monitor.kernel.cron import Cron, cron
from monitor.kernel.errors import Invalid
from monitor.kernel.recurring import Rule, Stand
from monitor.kernel.resource import StatusInput
from monitor.kernel.windows import zone
from monitor.resources.schedule.spec import ScheduleConfig, ScheduleStatus, Upcoming

_SHOWN = 5
NOTHING = "it does nothing yet: say what"


def validate(old: ScheduleConfig | None, new: ScheduleConfig) -> None:
    """Refuse what never comes, and one that is switched on and does nothing."""
    _plan_of(new.when.cron, new.when.zone, "config.when.")
    if new.enabled and new.does is None:
        raise Invalid.field("config.does", "say what it does before it is switched on")
    if new.does is not None and new.does.operation.partition(".")[0] == "schedule":
        raise Invalid.field("config.does.operation", "a schedule runs no schedule: give what that one does")


def copied(config: ScheduleConfig) -> ScheduleConfig:
    """Switched off, or all would be done twice."""
    return structs.replace(config, enabled=False)


def hinders(given: StatusInput[ScheduleConfig, Stand], status: ScheduleStatus) -> dict[str, str]:
    """There is nothing to run before it is said."""
    del status
    return {} if given.config.does else {"schedule.run": NOTHING}


def rule_of(config: ScheduleConfig) -> Rule | None:
    """None while it is switched off."""
    if not config.enabled or config.does is None:
        return None
    return Rule(
        cron=config.when.cron,
        zone=config.when.zone,
        missed=config.missed,
        grace=config.grace * 60.0,
        overlap=config.overlap,
    )


def status(given: StatusInput[ScheduleConfig, Stand]) -> ScheduleStatus:
    """As lists and pages show it."""
    config, info = given.config, given.info
    state = "off"
    if config.enabled:
        state = "running" if info.going else "blocked" if info.blocked else "on"
    return ScheduleStatus(
        state=state,
        reason=info.blocked if config.enabled else "",
        text=_text(config),
        next=info.due if config.enabled else None,
        runs_as=given.set_by.get("enabled", ""),
        last=info.occasions[-1] if info.occasions else None,
    )


def upcoming(expression: str, zone_name: str, now: datetime) -> Upcoming:
    """Invalid, naming the field, where there is nothing to come."""
    plan, moments = _plan_of(expression, zone_name, ""), list[datetime]()
    at = plan.next_after(now)
    while at is not None and len(moments) < _SHOWN:
        moments.append(at)
        at = plan.next_after(at)
    return Upcoming(text=plan.text(), moments=tuple(moments))


def _plan_of(expression: str, zone_name: str, where: str) -> Cron:
    try:
        zone(zone_name)
    except ValueError as wrong:
        raise Invalid.field(f"{where}zone", str(wrong)) from None
    try:
        return Cron(expression, zone_name)
    except ValueError as wrong:
        raise Invalid.field(f"{where}cron", str(wrong)) from None


def _text(config: ScheduleConfig) -> str:
    try:
        return cron(config.when.cron, config.when.zone).text()
    except ValueError:  # a zone this machine does not know any more
        return f"{config.when.cron} {config.when.zone}"
