"""Alerts of the fleet: what goes on comes from the engine itself; here is what was, as core would have written it."""

from datetime import datetime, timedelta

from msgspec import Struct

from monitor.core.memory import Changes
from monitor.kernel.alerts import ALERT, Alert, AlertChange, AlertState, Moment, Severity, Subject
from monitor.kernel.ids import new_id
from monitor.store.contract import Entry
from tests.browser.world import World


class Once(Struct, frozen=True, kw_only=True):
    """An incident that is over."""

    rule: str
    kind: str
    type: str = "server"
    name: str
    what: str = ""
    said: str
    severity: Severity = Severity.WARNING
    hours_ago: float
    minutes: float
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    culprit: str = ""
    process: str = ""
    by: str = ""
    comment: str = ""
    worse: bool = False
    why: str = ""


_DISK = {"rule": "disk", "kind": "server_figure", "unit": "percent", "limit": 85.0}
_CPU = {"rule": "cpu", "kind": "server_figure", "unit": "percent", "limit": 90.0}
PAST = (
    Once(
        **_CPU,
        name="worker-1",
        said="CPU is 97% (level 90%)",
        hours_ago=3,
        minutes=41,
        value=71.0,
        culprit="container worker-1, 620% of one core",
        process="process ffmpeg (pid 4127, user 1000), 580% of one core",
    ),
    Once(
        **_DISK,
        name="db-1",
        what="/var/lib/docker",
        said="File system /var/lib/docker is 96% (level 85%)",
        severity=Severity.CRITICAL,
        hours_ago=9,
        minutes=134,
        value=63.2,
        by="jon",
        comment="old images go at noon",
        worse=True,
    ),
    Once(
        rule="server-unreachable",
        kind="unreachable",
        name="edge-2",
        said="does not answer: the periphery at edge-2:8120 cannot be reached: no answer",
        severity=Severity.CRITICAL,
        hours_ago=31,
        minutes=6.5,
    ),
    Once(
        rule="build-failed",
        kind="failed",
        type="build",
        name="site",
        said="the last build failed: npm ERR! code ELIFECYCLE",
        hours_ago=50,
        minutes=22,
    ),
    Once(
        rule="container-exited",
        kind="exited",
        type="deployment",
        name="api-1",
        said="ended with exit code 1",
        severity=Severity.CRITICAL,
        hours_ago=74,
        minutes=3,
        by="ana",
    ),
    Once(
        **_CPU,
        name="ci-1",
        said="CPU is 99% (level 90%)",
        hours_ago=98,
        minutes=18,
        value=40.0,
        why="the rule was changed",
    ),
)


async def remember_alerts(world: World) -> None:
    """Those above."""
    changes = Changes()
    for once in PAST:
        alert = _alert(world, once)
        changes.put(ALERT, alert.id, alert)
    await world.app.core.parts.memory.commit(changes, Entry("remembered", world.clock.now()))


def _alert(world: World, once: Once) -> Alert:
    since = world.now - timedelta(hours=once.hours_ago)
    opened = since + timedelta(minutes=1)
    resolved = since + timedelta(minutes=once.minutes)
    rule = world.app.core.parts.catalog.find("alert_rule", once.rule)
    over = f", since {since:%Y-%m-%d %H:%M} UTC; over at {resolved:%Y-%m-%d %H:%M} UTC"
    return Alert(
        id=new_id(since),
        rule=rule.id if rule else once.rule,
        rule_name=once.rule,
        rule_kind=once.kind,
        subject=_subject(world, once),
        severity=once.severity,
        state=AlertState.RESOLVED,
        since=since,
        opened=opened,
        resolved=resolved,
        value=once.value,
        limit=once.limit,
        unit=once.unit,
        message=f"{once.type} {once.name}: {once.said}{over}",
        culprit=once.culprit,
        culprit_process=once.process,
        acknowledged_by=once.by,
        acknowledged_at=opened + timedelta(minutes=1) if once.by else None,
        comment=once.comment,
        why_resolved=once.why,
        moments=_moments(once, opened, resolved),
    )


def _moments(once: Once, opened: datetime, resolved: datetime) -> tuple[Moment, ...]:
    worse = Moment(at=opened + timedelta(minutes=9), change=AlertChange.WORSE)
    began = Moment(at=opened, change=AlertChange.OPENED)
    return (began, *((worse,) if once.worse else ()), Moment(at=resolved, change=AlertChange.RESOLVED))


def _subject(world: World, once: Once) -> Subject:
    record = world.app.core.parts.catalog.find(once.type, once.name)
    assert record is not None, f"there is no {once.type} {once.name}"
    server = world.app.core.parts.catalog.get("server", record.server) if record.server else None
    return Subject(
        type=once.type,
        id=record.id,
        name=once.name,
        what=once.what,
        server=record.server,
        server_name=server.stored.name if server else "",
        tags=tuple(record.stored.tags),
    )
