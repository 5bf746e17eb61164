"""Messages about a host's usage."""

from monitor.kernel.call import Feed
from monitor.kernel.hostview import HostStats


class LiveStats(Feed[HostStats], frozen=True, kw_only=True, tag="stats.live"):
    """One sample a second while it is open; core opens it while somebody looks."""

    every: float = 1.0
