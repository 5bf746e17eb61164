"""A server's live status from what core knows of its host. Pure."""

from monitor.kernel.hostview import HostStats, HostView, Link
from monitor.kernel.resource import StatusInput
from monitor.resources.server.spec import ServerConfig, ServerInfo, ServerStatus


def status(given: StatusInput[ServerConfig, ServerInfo]) -> ServerStatus:
    """up, down, waiting or disabled, with the newest figures."""
    if not given.config.enabled:
        return ServerStatus(state="disabled")
    if not given.info.pin or given.view is None:
        return ServerStatus(state="waiting", reason="no periphery has joined yet")
    view = given.view
    stats = view.stats if view.link is Link.UP else None
    return ServerStatus(
        state="up" if view.link is Link.UP else "down",
        docker=view.docker and view.link is Link.UP,
        reason=view.reason,
        since=view.since,
        containers=len(view.containers),
        running=_running(view),
        cpu=round(stats.cpu, 1) if stats else None,
        memory=_percent(stats.memory_used, stats.memory_total) if stats else None,
        disk=_fullest(stats) if stats else None,
        agent=view.agent,
    )


def _running(view: HostView) -> int:
    return sum(1 for c in view.containers.values() if c.state == "running")


def _fullest(stats: HostStats) -> float | None:
    return max((_percent(d.used, d.total) for d in stats.disks), default=None)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
