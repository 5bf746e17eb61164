"""Alerted: the worst open alert of each resource or container in a list: asked for once beside it, or live."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_origin

from monitor.abilities.container.calls import Label
from monitor.cli.pages import all_pages
from monitor.features.alerts.spec import ListAlerts
from monitor.kernel.alerts import Alert, AlertState, QuietBy, Severity
from monitor.kernel.errors import MonitorError
from monitor.kernel.fleet import PlacedContainer
from monitor.kernel.hostview import Container
from monitor.kernel.resource import Resource
from monitor.kernel.stream import Item

if TYPE_CHECKING:
    from monitor.client.blocking import Client

_ABOUT = ("server", "deployment", "build")
_OF_CONTAINERS = ("container_figure", "exited", "unhealthy", "restart_loop", "oom_killed")
_ELSEWHERE = "image_update"
"""A newer image is no trouble."""
_QUIET = {QuietBy.NO: "", QuietBy.EXPLAINED: "silenced", QuietBy.MAINTENANCE: "in a maintenance"}
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


class LiveAlerts:
    """The alerts beside a list that is watched."""

    def __init__(self, group: str, target: str, going: Iterable[Alert]) -> None:
        """`going`: those there are when it begins, so that the first rows have theirs."""
        self._group = group
        self._target = target
        self._alerts = {alert.id: alert for alert in going}
        self._words: Mapping[str, str] | None = None

    def take(self, item: Item[Any]) -> bool:
        """Whether it is news of an alert, which then counts."""
        if isinstance(item.data, Alert) and item.data.state in _GOING:
            self._alerts[item.key] = item.data
        elif not isinstance(item.data, Alert) and item.key not in self._alerts:
            return False
        else:
            self._alerts.pop(item.key, None)
        self._words = None
        return True

    def beside(self, rows: Iterable[Any]) -> list[str]:
        """A word for each row."""
        if self._words is None:
            self._words = _worst(self._alerts.values())
        return [self._words.get(_key(self._group, self._target, row), "") for row in rows]


def going_alerts(client: "Client") -> Sequence[Alert]:
    """All that the caller may read; none where core does not tell, for the list itself is there."""
    try:
        return all_pages(client, ListAlerts(state=_GOING)).items
    except MonitorError:
        return ()


def can_have_alerts(group: str, event: Any) -> bool:
    """Whether what is watched has alerts of its own."""
    of_resources = (get_origin(event) or event) is Resource and group in _ABOUT
    return of_resources or event in (Container, PlacedContainer)


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
    return "acknowledged" if alert.state is AlertState.ACKNOWLEDGED else _QUIET[alert.quiet]


def _word(alert: Alert) -> str:
    calm = _calm(alert)
    return f"{alert.severity.value}, {calm}" if calm else alert.severity.value
