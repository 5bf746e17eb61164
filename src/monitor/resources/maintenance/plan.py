"""Which maintenances make no sense, when one goes on and what it covers. Pure."""

from datetime import date, datetime, timedelta

from monitor.kernel.alerts import Subject
from monitor.kernel.errors import Invalid
from monitor.kernel.resource import StatusInput
from monitor.kernel.windows import Span, Weekday, Window, zone
from monitor.resources.maintenance.spec import MaintenanceConfig, MaintenanceInfo, MaintenanceStatus
from monitor.resources.maintenance.times import Daily, Once, Times, Weekly


def validate(old: MaintenanceConfig | None, new: MaintenanceConfig) -> None:
    """Refuse a zone and a day there is not."""
    try:
        zone(new.when.zone)
    except ValueError as wrong:
        raise Invalid.field("config.when.zone", str(wrong)) from None
    if isinstance(new.when, Once):
        try:
            date.fromisoformat(new.when.day)
        except ValueError:
            raise Invalid.field("config.when.day", f"there is no {new.when.day}") from None


def going(config: MaintenanceConfig, now: datetime) -> Span | None:
    """The one that goes on."""
    if not config.enabled:
        return None
    if isinstance(config.when, Once):
        span = _once(config.when)
        return span if span is not None and span.begin <= now < span.end else None
    return _window(config.when).open_at(now)


def occasion(config: MaintenanceConfig, now: datetime) -> MaintenanceInfo:
    """The one that goes on, else the next."""
    try:
        span = going(config, now)
        if span is not None:
            return MaintenanceInfo(begins=span.begin, ends=span.end, going=True)
        span = _coming(config, now)
    except ValueError:  # a zone this machine does not know any more
        return MaintenanceInfo()
    return MaintenanceInfo(begins=span.begin, ends=span.end) if span else MaintenanceInfo(over=config.enabled)


def covers_all(config: MaintenanceConfig) -> bool:
    """Whether everything is worked on."""
    return not config.servers and not config.tags


def covers(config: MaintenanceConfig, subject: Subject) -> bool:
    """Whether what an alert is about is worked on."""
    if covers_all(config):
        return True
    servers = {one.server for one in config.servers}
    return bool(servers & {subject.server, subject.id}) or bool(set(config.tags) & set(subject.tags))


def status(given: StatusInput[MaintenanceConfig, MaintenanceInfo]) -> MaintenanceStatus:
    """As lists and pages show it."""
    config, info = given.config, given.info
    known = info if config.enabled else MaintenanceInfo()
    state = "off" if not config.enabled else "now" if info.going else "over" if info.over else "planned"
    return MaintenanceStatus(state=state, begins=known.begins, ends=known.ends, text=_words(config), of=_scope(config))


def _coming(config: MaintenanceConfig, now: datetime) -> Span | None:
    if not config.enabled:
        return None
    if isinstance(config.when, Once):
        span = _once(config.when)
        return span if span is not None and span.begin > now else None
    begin = _window(config.when).next_after(now)
    return Span(begin, begin + timedelta(minutes=config.when.minutes))


def _once(when: Once) -> Span | None:
    return _window(when).on(date.fromisoformat(when.day))


def _window(when: Times) -> Window:
    days = frozenset(when.days) if isinstance(when, Weekly) else frozenset(Weekday)
    return Window(start=when.start, minutes=when.minutes, zone=when.zone, days=days)


def _words(config: MaintenanceConfig) -> str:
    when = config.when
    match when:
        case Once():
            first = when.day
        case Daily():
            first = "Every day"
        case Weekly():
            first = "Each " + ", ".join(day.value.capitalize() for day in Weekday if day in when.days)
    off = "" if config.enabled else ", switched off"
    return f"{first} at {when.start} {when.zone} for {_length(when.minutes)}{off}"


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def _scope(config: MaintenanceConfig) -> str:
    servers, tags = len(config.servers), config.tags
    if not servers and not tags:
        return "everything"
    named = [f"{servers} {'server' if servers == 1 else 'servers'}"] if servers else []
    return " and ".join([*named, *([f"what is tagged {', '.join(tags[:5])}"] if tags else [])])
