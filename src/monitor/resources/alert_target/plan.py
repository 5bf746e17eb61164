"""Which targets make no sense or are not safe, which events are for one, and how one stands. Pure."""

from datetime import datetime

from monitor.kernel.alerts import AlertEvent, Severity
from monitor.kernel.errors import Invalid
from monitor.kernel.hours import Hours
from monitor.kernel.resource import StatusInput
from monitor.kernel.windows import Span, zone
from monitor.notifier.services import SERVICES, check_url, check_webhook
from monitor.resources.alert_target.config import AlertTargetConfig
from monitor.resources.alert_target.info import AlertTargetInfo, AlertTargetStatus, DeliveryEnd, for_the_target
from monitor.resources.alert_target.service_names import ServiceName
from monitor.resources.alert_target.times import Only, Quiet

_BAD = (DeliveryEnd.FAILED, DeliveryEnd.GIVEN_UP)
_TITLES = {ServiceName.WEBHOOK: "Webhook", ServiceName.BROWSER: "Browser"}


def validate(old: AlertTargetConfig | None, new: AlertTargetConfig) -> None:
    """Refuse what cannot be sent to, what nothing may be sent to, and a secret that would go somewhere else."""
    fresh = old is None or new.service != old.service
    _check_url(new, fresh=fresh)
    _check_secret(new, fresh=fresh)
    for field in ("active", "quiet", "digest"):
        _check_zone(field, getattr(getattr(new, field), "zone", "UTC"))


def form_of(service: ServiceName) -> str:
    """How the URL is written."""
    known = SERVICES.get(service.value)
    return known.form if known else "https://HOST/PATH"


def title_of(service: ServiceName) -> str:
    """In words."""
    known = SERVICES.get(service.value)
    return known.title if known else _TITLES[service]


def status(given: StatusInput[AlertTargetConfig, AlertTargetInfo]) -> AlertTargetStatus:
    """As lists and pages show it."""
    config, info = given.config, given.info
    last = info.log[0] if info.log else None
    state = "off" if not config.enabled else "new" if last is None else "failing" if _fails(info) else "ok"
    return AlertTargetStatus(
        state=state,
        reason=((info.trouble and info.trouble.error) or (last and last.error) or "") if state == "failing" else "",
        service=title_of(config.service),
        waiting=info.waiting,
        waits=_waits(info),
        next=_next(info),
        last=last,
    )


def _fails(info: AlertTargetInfo) -> bool:
    return bool(info.trouble and info.trouble.tries) or info.log[0].end in _BAD


def _waits(info: AlertTargetInfo) -> str:
    """`for the end of quiet hours or a maintenance`; `2 for …, 1 was refused: tried again while others pass`."""
    rest, down = info.waiting - info.held - info.refused, info.trouble.tries if info.trouble else 0
    parts = [
        (rest, for_the_target(down) if down else "to be sent"),
        (info.refused, f"{'was' if info.refused == 1 else 'were'} refused, tried again while others pass"),
        (info.held, "for the end of quiet hours or a maintenance"),
    ]
    parts = [(number, said) for number, said in parts if number]
    return parts[0][1] if len(parts) == 1 else ", ".join(f"{number} {said}" for number, said in parts)


def _next(info: AlertTargetInfo) -> datetime | None:
    if info.trouble and info.trouble.next:
        return info.trouble.next
    again = [note.next for note in info.log if note.next]
    return min(again, default=None) if info.refused else None


def wants(config: AlertTargetConfig, event: AlertEvent, now: datetime) -> bool:
    """Whether an event is for it at all."""
    alert = event.alert
    subject = alert.subject
    servers = {one.server for one in config.servers}
    return (
        config.enabled
        and event.change in config.changes
        and (config.severity is Severity.WARNING or alert.severity is Severity.CRITICAL)
        and (not config.types or subject.type in config.types)
        and (not config.tags or bool(set(config.tags) & set(subject.tags)))
        and (not servers or subject.server in servers or subject.id in servers)
        and (not isinstance(config.active, Only) or _hours(config.active).open_at(now) is not None)
    )


def quiet_at(config: AlertTargetConfig, now: datetime) -> Span | None:
    """The quiet hours that go on now."""
    return _hours(config.quiet).open_at(now) if isinstance(config.quiet, Quiet) else None


def passes(config: AlertTargetConfig, event: AlertEvent) -> bool:
    """Whether quiet hours do not hold it."""
    quiet = config.quiet
    return isinstance(quiet, Quiet) and quiet.critical_passes and event.alert.severity is Severity.CRITICAL


def _hours(times: Only | Quiet) -> Hours:
    return Hours(start=times.start, end=times.end, zone=times.zone, days=frozenset(times.days))


def _check_secret(new: AlertTargetConfig, *, fresh: bool) -> None:
    if new.service is not ServiceName.WEBHOOK:
        if new.secret is not None:
            raise Invalid.field("config.secret", "only a webhook is signed: leave it out")
    elif new.secret is None and fresh:
        raise Invalid.field("config.secret", "give one: whoever receives it checks the signature with it")
    elif new.secret is None and new.url is not None:
        raise Invalid.field("config.secret", "give it anew with another URL: the stored one is for the old one")


def _check_url(new: AlertTargetConfig, *, fresh: bool) -> None:
    """`fresh`: what is stored, if anything, is of another service."""
    if new.service is ServiceName.BROWSER:
        if new.url is not None:
            raise Invalid.field("config.url", "a browser has none: leave it out")
        return
    if new.url is None:
        if fresh:
            raise Invalid.field("config.url", f"say where; write {form_of(new.service)}")
        return
    try:
        if new.service is ServiceName.WEBHOOK:
            check_webhook(new.url)
        else:
            check_url(new.service.value, new.url)
    except ValueError as wrong:
        raise Invalid.field("config.url", str(wrong)) from None


def _check_zone(field: str, name: str) -> None:
    try:
        zone(name)
    except ValueError as wrong:
        raise Invalid.field(f"config.{field}.zone", str(wrong)) from None
