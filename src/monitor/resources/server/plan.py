"""A server's live status from what core knows of its host. Pure."""

from typing import Any

from monitor.kernel.hostview import HostStats, HostView, Link, percent, three_digits
from monitor.kernel.resource import StatusInput
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.info import ServerInfo, ServerStatus
from monitor.resources.server.rules import check_rules


def validate(old: ServerConfig | None, new: ServerConfig) -> None:
    """Refuse a clean-up that says nothing."""
    del old
    check_rules(new.clean_up)


def status(given: StatusInput[ServerConfig, ServerInfo]) -> ServerStatus:
    """up, down, waiting or disabled, with the newest figures."""
    if not given.config.enabled:
        return ServerStatus(state="disabled")
    if not given.info.pin or given.view is None:
        return ServerStatus(state="waiting", reason="no periphery has joined yet")
    view = given.view
    up = view.link is Link.UP
    return ServerStatus(
        state="up" if up else "down",
        docker=view.docker and up,
        reason=view.reason,
        since=view.since,
        containers=len(view.containers),
        running=_running(view),
        agent=view.agent,
        cores=len(view.stats.cores) if view.stats else None,
        memory_total=view.stats.memory_total if view.stats else None,
        **(_usage(view.stats) if view.stats and up else {}),
    )


def _running(view: HostView) -> int:
    return sum(1 for c in view.containers.values() if c.state == "running")


def _usage(stats: HostStats) -> dict[str, Any]:
    """Figures that are true only while the host sends them; rounded, so that noise is no change."""
    received, sent = stats.traffic
    fullest = stats.fullest
    return {
        "cpu": round(stats.cpu, 1),
        "memory": percent(stats.memory_used, stats.memory_total),
        "disk": percent(fullest.used, fullest.total) if fullest else None,
        "fullest": fullest.mount if fullest else "",
        "received": three_digits(received),
        "sent": three_digits(sent),
        "load": round(stats.load[0], 1),
        "temperature": round(max(heat)) if (heat := [t.celsius for t in stats.temperatures]) else None,
        "uptime": int(stats.uptime // 60) * 60,
    }
