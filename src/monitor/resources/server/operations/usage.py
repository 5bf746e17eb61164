"""What servers use of their hosts."""

from typing import Annotated, ClassVar

from msgspec import Meta

from monitor.kernel.fleet import Trend
from monitor.kernel.hostview import HostStats
from monitor.kernel.insides import BusyProcesses, Process
from monitor.kernel.marks import shown
from monitor.kernel.operation import Needs, Query
from monitor.kernel.past import Past, PastQuery
from monitor.kernel.permission import Right
from monitor.kernel.stream import Stream


class UsageHistory(PastQuery[Past], frozen=True, kw_only=True, tag="server.usage_history"):
    """What the server used over a time, as finely as it is kept."""


class ContainerUsageHistory(PastQuery[Past], frozen=True, kw_only=True, tag="server.container_usage_history"):
    """What a container that belongs to no deployment used over a time, whichever had the name."""

    needs: ClassVar[Needs] = Right.UNMANAGED

    container: Annotated[
        str,
        Meta(min_length=1, max_length=255),
        shown("Container", "Name of a container that belongs to no deployment."),
    ]


class HostProcesses(Query[tuple[Process, ...]], frozen=True, kw_only=True, tag="server.processes"):
    """The host's processes that use the most cpu now, the containers' too; names without arguments."""

    needs: ClassVar[Needs] = Right.PROCESSES


class Trends(Query[tuple[Trend, ...]], frozen=True, kw_only=True, tag="server.trends"):
    """What each server the caller may read used over the last half hour, by name."""

    targeted: ClassVar[bool] = False


class Usage(Stream[HostStats], frozen=True, kw_only=True, tag="server.usage"):
    """System usage, a sample a second while somebody looks."""


class Top(Stream[BusyProcesses], frozen=True, kw_only=True, tag="server.top"):
    """The processes that use the most cpu, live, every two seconds while somebody looks; names without arguments."""

    needs: ClassVar[Needs] = Right.PROCESSES


USAGE = (UsageHistory, ContainerUsageHistory, Trends, HostProcesses)
