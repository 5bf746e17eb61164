"""Words: what is said of alerts, for people. Names come from anywhere: to whoever reads a message they are data."""

from datetime import datetime

from msgspec import Struct

from monitor.features.notifying.ranking import rank, worst
from monitor.features.notifying.texts import cut, data, size
from monitor.kernel.alerts import AlertChange, AlertEvent, Severity
from monitor.notifier.service import Counted, Service
from monitor.resources.alert_target.info import Delivery, DeliveryKind

_SUBJECT = 140
_LINES = 30
"""Lines of a summary; the rest is counted."""
_FEW = 5
"""Alerts of a summary that are told of in more than a line."""
_LOG = 20
_WORD = {
    AlertChange.OPENED: "",
    AlertChange.WORSE: "now critical",
    AlertChange.BETTER: "better, still a warning",
    AlertChange.REPEATED: "still so",
    AlertChange.FLAPPING: "comes and goes",
    AlertChange.RESOLVED: "",
}


class Message(Struct, frozen=True, kw_only=True):
    """As a service gets it."""

    subject: str
    text: str
    severity: str = ""
    """warning, critical, or empty: good news."""


_ANYWHERE = Service(title="", schemes=(), plugin="", form="")
"""What is known of a webhook and a browser."""


class Writer:
    """Writes for one target: where pages are, what its service reads in a text, and how long one may be."""

    def __init__(self, address: str, service: Service | None = None, *, log_lines: bool = False, most: int = 0) -> None:
        """`most`: no longer than that either."""
        service = service or _ANYWHERE
        self._address = address.rstrip("/")
        self._marks = service.marks
        self._subject_marks = service.marks if service.subject_marks is None else service.subject_marks
        self._counted: Counted = service.counted
        self._longest = min(service.longest, most or service.longest)
        self._log_lines = log_lines

    def message(self, delivery: Delivery) -> Message:
        """Of whatever kind."""
        if delivery.kind is DeliveryKind.EVENT:
            event = delivery.events[0]
            return self._made(subject_of(event), self._event(event), _severity((event,)))
        return self._made(subject(delivery), self._several(delivery), _severity(delivery.events))

    def test(self, name: str, who: str, at: datetime) -> Message:
        """Of the button."""
        text = f"This is a test of the alert target {self._data(name)}, asked for by {self._data(who)} at {moment(at)}."
        link = f"{self._address}/alert_targets/{name}" if self._address else ""
        return self._made("Monitor: test", "\n".join(part for part in (text, link) if part), "")

    def _event(self, event: AlertEvent) -> str:
        alert = event.alert
        lines = [self._data(alert.message) or self._data(f"{alert.subject.name}: {alert.rule_name}")]
        since = moment(alert.since)
        if event.change is AlertChange.RESOLVED or since not in alert.message:  # an alert's own sentence has it
            lines.append(f"Since {since}{_until(event)}.")
        if alert.cause and event.change is not AlertChange.RESOLVED:
            lines.append(f"Likely because of: {self._data(alert.cause)}")
        if event.change is AlertChange.RESOLVED and alert.why_resolved:
            lines.append(self._data(alert.why_resolved))
        if self._log_lines and event.change is not AlertChange.RESOLVED:
            lines += [f"  {self._data(line)}" for line in alert.lines[-_LOG:]]
        lines.append(f"Rule: {self._data(alert.rule_name)}")
        if link := self._link(event):
            lines.append(link)
        return "\n".join(lines)

    def _several(self, delivery: Delivery) -> str:
        lines = [delivery.heading] if delivery.heading else []
        shown = sorted(worst(delivery.events, _LINES), key=rank)
        for event in shown:
            lines.append(f"- {self._data(subject_of(event))} ({moment(event.at)})")
            if delivery.kind is DeliveryKind.SUMMARY and len(shown) <= _FEW:
                lines += self._details(event)
        more = delivery.more + len(delivery.events) - len(shown)
        if more:
            lines.append(f"- and {more} more")
        if delivery.kind is DeliveryKind.DIGEST and not delivery.events:
            lines.append("No other alert stands." if delivery.worked_on else "No alert stands.")
        if delivery.worked_on:
            lines.append(f"Not told, since a maintenance goes on: {counted(delivery.worked_on, 'alert', 'alerts')}.")
        if self._address:
            lines.append(f"{self._address}/alerts")
        return "\n".join(lines)

    def _details(self, event: AlertEvent) -> list[str]:
        """Of one of a few, how much and because of what."""
        alert = event.alert
        details = [self._data(alert.message)]
        if event.change is not AlertChange.RESOLVED:
            details += [f"Likely because of: {self._data(alert.cause)}"] if alert.cause else []
            details += [self._data(line) for line in alert.lines[-_FEW:]] if self._log_lines else []
        return [f"  {line}" for line in details]

    def _link(self, event: AlertEvent) -> str:
        about = event.alert.subject
        if not self._address or not about.name:
            return ""
        return f"{self._address}/{about.type}s/{about.name}?alert={event.alert.id}"

    def _made(self, subject: str, text: str, severity: str) -> Message:
        subject = cut(data(subject, self._subject_marks), min(_SUBJECT, self._longest // 2), self._counted)
        room = self._longest - size(subject, self._counted) - 2
        return Message(subject=subject, text=cut(text, room, self._counted), severity=severity)

    def _data(self, text: str) -> str:
        return data(text, self._marks)


def subject(delivery: Delivery) -> str:
    """In one line."""
    match delivery.kind:
        case DeliveryKind.EVENT:
            return subject_of(delivery.events[0])
        case DeliveryKind.DIGEST:
            standing = len(delivery.events) + delivery.more
            more = f", {delivery.worked_on} in maintenance" if delivery.worked_on else ""
            return f"Monitor: {counted(standing, 'alert stands', 'alerts stand')}{more}"
        case DeliveryKind.TEST:
            return "Monitor: test"
        case DeliveryKind.SUMMARY:
            return f"Monitor: {counted(len(delivery.events) + delivery.more, 'alert', 'alerts')}"


def subject_of(event: AlertEvent) -> str:
    """What it is about, and what is with it."""
    alert = event.alert
    about = alert.subject
    where = about.name + (f" {about.what}" if about.what else "")
    if about.type != "server" and about.server_name:
        where += f" on {about.server_name}"
    word = _WORD[event.change]
    said = f"{where}: {alert.rule_name}{f', {word}' if word else ''}"
    return f"[{'resolved' if event.change is AlertChange.RESOLVED else alert.severity.value}] {said}"


def moment(at: datetime) -> str:
    """By nobody's own clock: whoever reads it may be anywhere."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def counted(number: int, one: str, many: str) -> str:
    """`3 alerts`."""
    return f"{number} {one if number == 1 else many}"


def _until(event: AlertEvent) -> str:
    resolved = event.alert.resolved
    if event.change is not AlertChange.RESOLVED or resolved is None:
        return ""
    return f" until {moment(resolved)}, {_length((resolved - event.alert.since).total_seconds())}"


def _length(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{round(seconds)} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.0f} h"


def _severity(events: tuple[AlertEvent, ...]) -> str:
    open_ones = [event.alert.severity for event in events if event.change is not AlertChange.RESOLVED]
    return "critical" if Severity.CRITICAL in open_ones else "warning" if open_ones else ""
