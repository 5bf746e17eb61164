"""What can be asked of targets beside what every type has."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from monitor.kernel.operation import Edit, Needs, Query
from monitor.kernel.permission import Access
from monitor.kernel.stream import Stream


class Tested(Struct, frozen=True, kw_only=True):
    """What became of a test message."""

    delivered: bool
    error: str = ""
    seconds: float


class TestTarget(Edit[Tested], frozen=True, kw_only=True, tag="alert_target.test"):
    """Send a test message now and say what happened; quiet hours and maintenance do not hold it."""

    __test__ = False  # no test of pytest's
    needs: ClassVar[Needs] = Access.ADMIN


class DeleteTarget(Edit[None], frozen=True, kw_only=True, tag="alert_target.delete"):
    """Delete it; what waits to be sent there is dropped, and the record says how much."""

    danger: ClassVar[bool] = True
    needs: ClassVar[Needs] = Access.ADMIN
    method: ClassVar[str] = "DELETE"


class KnownService(Struct, frozen=True, kw_only=True):
    """One that a target can be of."""

    name: str
    title: str
    form: str
    """How its URL is written."""
    schemes: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    """What may stand behind `?` in its URL."""
    docs: str = ""


class ListServices(Query[tuple[KnownService, ...]], frozen=True, kw_only=True, tag="alert_target.services"):
    """Which services there are, and how their URLs are written."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False


class Notice(Struct, frozen=True, kw_only=True):
    """What a browser shows."""

    id: str
    at: datetime
    title: str
    text: str
    severity: str
    """warning, critical, or empty: good news."""
    type: str = ""
    resource: str = ""
    """Id of what it is about; empty for a summary."""
    name: str = ""


class WatchNotices(Stream[Notice], frozen=True, kw_only=True, tag="alert_target.notices"):
    """What is sent to targets of the kind `browser` from now on, of what the caller may read."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False


OPERATIONS = (TestTarget, DeleteTarget, ListServices)
STREAMS = (WatchNotices,)
