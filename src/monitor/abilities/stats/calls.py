"""Messages about a host's usage."""

from typing import Annotated

from msgspec import Meta

from monitor.kernel.call import Call, Feed
from monitor.kernel.hostview import HostStats
from monitor.kernel.insides import MOST_PROCESSES, Process


class LiveStats(Feed[HostStats], frozen=True, kw_only=True, tag="stats.live"):
    """One sample a second while it is open; core opens it while somebody looks."""

    every: float = 1.0


class ListHostProcesses(
    Call[Annotated[tuple[Process, ...], Meta(max_length=MOST_PROCESSES)]],
    frozen=True,
    kw_only=True,
    tag="stats.processes",
):
    """The host's processes that use the most cpu, by two looks a second apart; names without arguments."""
