"""What can be asked about alerts."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta

from monitor.kernel.alerts import Alert, AlertState, Severity
from monitor.kernel.marks import shown, text_form
from monitor.kernel.operation import Edit, Needs, Query
from monitor.kernel.permission import Access
from monitor.kernel.resource import Page
from monitor.kernel.stream import Stream
from monitor.kernel.times import AHEAD, EXAMPLE, parse_ahead, parse_time

Moment = Annotated[datetime, Meta(tz=True)]


class ListAlerts(Query[Page[Alert]], frozen=True, kw_only=True, tag="alert.list"):
    """Alerts, newest first, of what the caller may read."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/alerts"

    state: Annotated[
        tuple[AlertState, ...], Meta(max_length=4), shown("State", "Any of these; without one all but pending")
    ] = ()
    severity: Annotated[tuple[Severity, ...], Meta(max_length=2), shown("Severity", "Any of these")] = ()
    rule: Annotated[str, Meta(max_length=63), shown("Rule", "Name or id")] = ""
    type: Annotated[str, Meta(max_length=63), shown("Type", "server, deployment or build")] = ""
    resource: Annotated[str, Meta(max_length=63), shown("Resource", "Id, or with the type its name")] = ""
    server: Annotated[str, Meta(max_length=63), shown("Server", "Only on this server; name or id")] = ""
    text: Annotated[str, Meta(max_length=200), shown("Text", "In the name or the message")] = ""
    since: Annotated[
        Moment | None, shown("Since", "Only those that began then or later"), text_form(parse_time, EXAMPLE)
    ] = None
    before: Annotated[
        Moment | None, shown("Before", "Only those that began earlier"), text_form(parse_time, EXAMPLE)
    ] = None
    lasted_until: Annotated[
        Moment | None,
        shown("Lasted until", "Only those that were not over by then; with Before: all that were so within a time"),
        text_form(parse_time, EXAMPLE),
    ] = None
    cursor: str = ""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class GetAlert(Query[Alert], frozen=True, kw_only=True, tag="alert.get"):
    """One alert."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    path: ClassVar[str] = "/alerts/{target}"


class AcknowledgeAlert(Edit[Alert], frozen=True, kw_only=True, tag="alert.acknowledge"):
    """Say that you have seen it: it is not told again unless it becomes worse, ends, or the time given is over. Takes
    execute on what it is about.
    """

    needs: ClassVar[Needs] = Access.SIGNED_IN
    path: ClassVar[str] = "/alerts/{target}/acknowledge"
    title: ClassVar[str] = "Acknowledge"

    until: Annotated[Moment | None, shown("Until", "Empty: until it ends"), text_form(parse_ahead, AHEAD)] = None
    comment: Annotated[str, Meta(max_length=500), shown("Comment", "What others should know")] = ""


class UnacknowledgeAlert(Edit[Alert], frozen=True, kw_only=True, tag="alert.unacknowledge"):
    """Take that back: it is told again as its rule says. Takes execute on what it is about."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    path: ClassVar[str] = "/alerts/{target}/unacknowledge"


class WatchAlerts(Stream[Alert], frozen=True, kw_only=True, tag="alert.watch"):
    """Every alert that is open or acknowledged, and each change of one, live, by its id; one that ends is told of as
    resolved. Of what the caller may read.
    """

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False

    pending: bool = False
    """Also those whose condition does not last long enough yet; such a one may go without having been one."""


OPERATIONS = (ListAlerts, GetAlert, AcknowledgeAlert, UnacknowledgeAlert)
STREAMS = (WatchAlerts,)
