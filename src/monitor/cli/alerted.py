"""Alerted: the worst open alert of each resource or container in a list: asked for once beside it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from monitor.abilities.container.calls import Label
from monitor.cli.pages import all_pages
from monitor.features.alerts.spec import ListAlerts
from monitor.kernel.alerts import Alert, AlertState, Severity
from monitor.kernel.errors import MonitorError
from monitor.kernel.fleet import PlacedContainer
from monitor.kernel.hostview import Container
from monitor.kernel.resource import Resource

if TYPE_CHECKING:
    from monitor.client.blocking import Client

_ABOUT = ("server", "deployment", "build")
_OF_CONTAINERS = ("container_figure", "exited", "unhealthy", "restart_loop", "oom_killed")
_ELSEWHERE = "image_update"
"""A newer image is no trouble."""
_GOING = (AlertState.OPEN, AlertState.ACKNOWLEDGED)


def alerts_beside(client: "Client", group: str, target: str, rows: Sequence[Any]) -> list[str]:
    """A word for each row, as far as the caller may read them; nothing where no row can have one."""
    keys = [_key(group, target, row) for row in rows]
    if not any(keys):
        return []
    type = group if isinstance(rows[0], Resource) else ""
    server = target if isinstance(rows[0], Container) else ""
    try:
        known = _worst(all_pages(client, ListAlerts(state=_GOING, type=type, server=server)).items)
    except MonitorError:  # the list itself is there
        return []
    return [known.get(key, "") for key in keys]


def _key(group: str, target: str, row: Any) -> str:
    match row:
        case Resource():
            return row.id if group in _ABOUT else ""
        case PlacedContainer():
            return _container(row.deployment, row.server, row.container.name)
        case Container():
            return _container(dict(row.labels).get(Label.DEPLOYMENT, ""), target, row.name)
        case _:
            return ""


def _container(deployment: str, server: str, name: str) -> str:
    return f"container {deployment or f'{server}/{name}'}"


def _worst(alerts: Iterable[Alert]) -> Mapping[str, str]:
    """By all a row may be known by, in a word."""
    found: dict[str, Alert] = {}
    for alert in alerts:
        if alert.rule_kind == _ELSEWHERE:
            continue
        for key in _keys(alert):
            if key not in found or _weight(alert) > _weight(found[key]):
                found[key] = alert
    return {key: _word(alert) for key, alert in found.items()}


def _keys(alert: Alert) -> Iterable[str]:
    about, of_container = alert.subject, alert.rule_kind in _OF_CONTAINERS
    if about.type == "server" and of_container:
        return [_container("", server, about.what) for server in (about.id, about.name)]
    return [about.id, _container(about.id, "", "")] if of_container else [about.id]


def _weight(alert: Alert) -> tuple[bool, bool, str]:
    return not _calm(alert), alert.severity is Severity.CRITICAL, alert.id


def _calm(alert: Alert) -> str:
    """Why it waits for nobody."""
    return "acknowledged" if alert.state is AlertState.ACKNOWLEDGED else "silenced" if alert.silenced_by else ""


def _word(alert: Alert) -> str:
    calm = _calm(alert)
    return f"{alert.severity.value}, {calm}" if calm else alert.severity.value
