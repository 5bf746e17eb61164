"""Config: what admins set on an alert target."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.alerts import AlertChange, Severity
from monitor.kernel.marks import SECRET, refers_to, secret_text, shown, text_form
from monitor.kernel.permission import Level
from monitor.notifier.services import parts_of
from monitor.resources.alert_target import text
from monitor.resources.alert_target.service_names import ServiceName
from monitor.resources.alert_target.times import Active, Always, Digest, NoDigest, NoQuiet, QuietTimes

_WHERE, _WHICH, _WHEN = "Where", "Which alerts", "When"
_Url = Annotated[str, Meta(min_length=1, max_length=4096)]
_Secret = Annotated[str, Meta(min_length=16, max_length=256, pattern=r"^[!-~]+$")]
_Tag = Annotated[str, Meta(min_length=1, max_length=63)]
_TypeName = Annotated[str, Meta(pattern=r"^[a-z_]{1,40}$")]


class OnServer(Struct, frozen=True, kw_only=True):
    """One server."""

    server: Annotated[str, refers_to("server", Level.READ), shown("Server", "By its name.")]


class AlertTargetConfig(Struct, frozen=True, kw_only=True):
    """What admins set on an alert target."""

    service: Annotated[ServiceName, shown("Service", "What takes the messages.", group=_WHERE)] = ServiceName.BROWSER
    url: Annotated[
        _Url | None,
        secret_text(parts_of),
        shown("URL", "Where, and with which token. Each service has its own form.", group=_WHERE),
    ] = None
    secret: Annotated[
        _Secret | None,
        SECRET,
        shown(
            "Signing secret",
            "Of a webhook alone: its deliveries are always signed with it. 16 characters or more.",
            group=_WHERE,
        ),
    ] = None
    enabled: Annotated[
        bool, shown("Switched on", "Off: nothing is sent, and nothing kept for later.", group=_WHERE)
    ] = True
    severity: Annotated[Severity, shown("At least", "Alerts that are less bad are none of its.", group=_WHICH)] = (
        Severity.WARNING
    )
    changes: Annotated[
        tuple[AlertChange, ...],
        Meta(min_length=1, max_length=6),
        shown("What of them", "Which changes of an alert it is told.", group=_WHICH),
    ] = tuple(AlertChange)
    types: Annotated[
        tuple[_TypeName, ...],
        Meta(max_length=20),
        shown("Only of these types", "`server`, `deployment`, `build`; none: all.", group=_WHICH),
    ] = ()
    tags: Annotated[
        tuple[_Tag, ...],
        Meta(max_length=50),
        shown("Only with these tags", "What the alert is about has one of them; none: all.", group=_WHICH),
    ] = ()
    servers: Annotated[
        tuple[OnServer, ...],
        Meta(max_length=200),
        text_form(text.server, "SERVER"),
        shown("Only on these servers", "None: all.", group=_WHICH),
    ] = ()
    log_lines: Annotated[
        bool,
        shown("With log lines", "The last lines of a container's log go with it, to all who read there.", group=_WHICH),
    ] = False
    active: Annotated[
        Active,
        text_form(text.active, text.ACTIVE),
        shown("Active", "What happens at other times is none of its.", group=_WHEN),
    ] = Always()
    quiet: Annotated[
        QuietTimes,
        text_form(text.quiet, text.QUIET),
        shown("Quiet hours", "What happens then is held, and sent as one summary at their end.", group=_WHEN),
    ] = NoQuiet()
    digest: Annotated[
        Digest,
        text_form(text.digest, text.DIGEST),
        shown("Daily digest", "What stands, and what happened since the one before.", group=_WHEN),
    ] = NoDigest()
