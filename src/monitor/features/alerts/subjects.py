"""Subjects: whom alerts are about, and who may read and change them."""

from msgspec import structs

from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.parts import Parts
from monitor.features.alerts.culprits import names_nobody
from monitor.kernel.alerts import Alert, AlertState, QuietBy, Subject
from monitor.kernel.permission import Level, Right
from monitor.resources.alert_rule.conditions import OF_CONTAINERS
from monitor.resources.maintenance.plan import covers
from monitor.resources.maintenance.spec import MAINTENANCE

UNREACHABLE = "unreachable"
_OF_CONTAINERS = frozenset(str(kind.__struct_config__.tag) for kind in OF_CONTAINERS)


def subject_of(parts: Parts, type: str, id: str, what: str) -> Subject:
    """As it is called now."""
    record = parts.catalog.get(type, id)
    if record is None:
        return Subject(type=type, id=id, name=id, what=what)
    server = server_of(parts, record)
    return Subject(
        type=type,
        id=id,
        name=record.stored.name,
        what=what,
        server=record.server,
        server_name=server.stored.name if server else "",
        tags=tags_of(parts, record),
    )


def server_of(parts: Parts, record: Record) -> Record | None:
    """The one a resource is on."""
    return parts.catalog.get("server", record.server) if record.server else None


def tags_of(parts: Parts, record: Record) -> tuple[str, ...]:
    """Its own and its server's, each once."""
    server = server_of(parts, record)
    return tuple(dict.fromkeys((*record.stored.tags, *(server.stored.tags if server else ()))))


def is_unmanaged(alert: Alert) -> bool:
    """Whether it is about a container that belongs to no deployment."""
    return alert.subject.type == "server" and alert.rule_kind in _OF_CONTAINERS


def may_read(parts: Parts, caller: Caller, alert: Alert) -> bool:
    """Who may read what it is about; of a container that is nobody's, who may see those of its server."""
    if caller.admin:
        return True
    subject = alert.subject
    if subject.type not in parts.registry.types or not parts.permit.readable(caller, subject.type, subject.id):
        return False
    return not is_unmanaged(alert) or parts.permit.right(caller, Right.UNMANAGED, "server", subject.id)


def may_acknowledge(parts: Parts, caller: Caller, alert: Alert) -> bool:
    """Who may also work on it."""
    level = parts.permit.level(caller, alert.subject.type, alert.subject.id)
    return may_read(parts, caller, alert) and level.covers(Level.EXECUTE)


def shown(parts: Parts, caller: Caller, alert: Alert) -> Alert | None:
    """The alert as this caller may know it; None: not at all."""
    if not may_read(parts, caller, alert):
        return None
    alert = structs.replace(alert, quiet=_quiet(parts, alert))
    if caller.admin:
        return alert
    subject = alert.subject
    if alert.lines and not parts.permit.right(caller, Right.LOGS, subject.type, subject.id):
        alert = structs.replace(alert, lines=())
    if alert.culprit_process and not _may_know_process(parts, caller, alert):
        alert = structs.replace(alert, culprit_process="")
    if alert.culprit and not _may_know_culprit(parts, caller, alert):
        alert = structs.replace(alert, culprit="", culprit_of="")
    if subject.server and not parts.permit.readable(caller, "server", subject.server):
        alert = structs.replace(alert, subject=_without_server(parts, subject))
        if alert.explained_as == UNREACHABLE:
            alert = structs.replace(alert, silenced_by="", explained_as="")
    return alert


def _quiet(parts: Parts, alert: Alert) -> QuietBy:
    """As the list of maintenances has it."""
    if alert.state not in (AlertState.OPEN, AlertState.ACKNOWLEDGED):
        return QuietBy.NO
    if alert.silenced_by:
        return QuietBy.EXPLAINED
    known = parts.catalog.all(MAINTENANCE.name).values()
    going = (one.stored.config for one in known if one.stored.config.enabled and one.info.going)
    return QuietBy.MAINTENANCE if any(covers(config, alert.subject) for config in going) else QuietBy.NO


def _may_know_culprit(parts: Parts, caller: Caller, alert: Alert) -> bool:
    if alert.culprit_of:
        return parts.permit.readable(caller, "deployment", alert.culprit_of)
    if names_nobody(alert.culprit):
        return parts.permit.readable(caller, "server", alert.subject.server)
    return parts.permit.right(caller, Right.UNMANAGED, "server", alert.subject.server)


def _may_know_process(parts: Parts, caller: Caller, alert: Alert) -> bool:
    """Who may list the processes of the server, or of the deployment it is in."""
    if parts.permit.right(caller, Right.PROCESSES, "server", alert.subject.server):
        return True
    of = alert.culprit_of
    return bool(of) and parts.permit.right(caller, Right.PROCESSES, "deployment", of)


def _without_server(parts: Parts, subject: Subject) -> Subject:
    """Its server's id stands in its config anyway; name and tags of that are for who may read it."""
    record = parts.catalog.get(subject.type, subject.id)
    tags = record.stored.tags if record else ()
    return structs.replace(subject, server_name="", tags=tags)
