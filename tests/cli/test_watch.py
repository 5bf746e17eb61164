"""A topic that is watched through a pipe: rows one can read by a program, under headings that are said once."""

from typing import Any

import pytest
from msgspec import Struct

from monitor.cli.alerted import LiveAlerts, can_have_alerts
from monitor.cli.watch import watch_state
from monitor.kernel.alerts import Alert, AlertState, Severity, Subject
from monitor.kernel.clock import SystemClock
from monitor.kernel.fleet import PlacedContainer
from monitor.kernel.resource import Column, Resource
from monitor.kernel.stream import Item

COLUMNS = (Column("name", "Name"), Column("state", "State"))


class Thing(Struct):
    """What changes."""

    name: str
    state: str


def server(name: str) -> Resource[Any, Any, Thing]:
    now = SystemClock().now()
    status = Thing(name, "up")
    return Resource(
        id=f"id-{name}", name=name, revision=1, created=now, updated=now, config=None, info=None, status=status
    )


def alert(about: str, severity: Severity = Severity.WARNING, state: AlertState = AlertState.OPEN) -> Alert:
    subject = Subject(type="server", id=f"id-{about}", name=about)
    now = SystemClock().now()
    return Alert(id=f"a-{about}", rule="r", rule_name="cpu", subject=subject, severity=severity, state=state, since=now)


def test_headings_are_said_once_on_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    items = [
        Item(key="a", seq=1, data=Thing("web", "up")),
        Item(key="a", seq=2, data=Thing("web", "down")),
        Item(key="a", seq=3, data=None),
        Item(key="b", seq=4, data=Thing("db", "up")),
    ]
    watch_state(items, COLUMNS)
    said = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert said == [["NAME", "STATE"], ["web", "up"], ["web", "down"], ["a", "is", "gone"], ["db", "up"]]


def test_a_row_is_said_again_when_its_alert_changes(capsys: pytest.CaptureFixture[str]) -> None:
    items = [
        Item(key="id-web", data=server("web")),
        Item(key="id-db", data=server("db")),
        Item(key="a-web", data=alert("web")),
        Item(key="a-web", data=alert("web", Severity.CRITICAL)),
        Item(key="a-web", data=alert("web", Severity.CRITICAL)),
        Item(key="a-web", data=alert("web", Severity.CRITICAL, AlertState.RESOLVED)),
        Item(key="id-web", data=None),
    ]
    watch_state(items, (Column("status.state", "State"),), LiveAlerts("server", "", [alert("db")]))
    said = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert said == [
        ["NAME", "STATE", "ALERT"],
        ["web", "up"],
        ["db", "up", "warning"],
        ["web", "up", "warning"],
        ["web", "up", "critical"],
        ["web", "up"],
        ["id-web", "is", "gone"],
    ]


def test_what_has_no_alerts_is_not_asked_about() -> None:
    assert can_have_alerts("deployment", Resource[Any, Any, Any])
    assert not can_have_alerts("schedule", Resource[Any, Any, Any])
    assert can_have_alerts("server", PlacedContainer)
    assert not can_have_alerts("alert", Alert)
