"""What servers use of their hosts."""

from typing import ClassVar

from monitor.kernel.fleet import Trend, UsageSeries
from monitor.kernel.hostview import HostStats
from monitor.kernel.operation import Query
from monitor.kernel.stream import Stream


class RecentUsage(Query[UsageSeries], frozen=True, kw_only=True, tag="server.recent_usage"):
    """What the server used over the last hour, a sample every five seconds."""


class Trends(Query[tuple[Trend, ...]], frozen=True, kw_only=True, tag="server.trends"):
    """What each server the caller may read used over the last half hour, by name."""

    targeted: ClassVar[bool] = False


class Usage(Stream[HostStats], frozen=True, kw_only=True, tag="server.usage"):
    """System usage, a sample a second while somebody looks."""
