"""Figures: samples held against levels, for each thing by itself; overrides, gaps, acknowledging, rehearsing."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from monitor.features.alerts.spec import AcknowledgeAlert, GetAlert, ListAlerts, UnacknowledgeAlert
from monitor.kernel.alerts import ALERT, AlertState, Severity
from monitor.kernel.clock import Clock
from monitor.kernel.errors import Conflict, Forbidden
from monitor.kernel.hostview import Disk, HostStats
from monitor.kernel.ids import new_id
from monitor.kernel.permission import Level
from monitor.resources.alert_rule.conditions import ServerFigure
from monitor.resources.alert_rule.scope import Everywhere, OneServer, Tagged
from monitor.resources.alert_rule.spec import ALERT_RULE, AlertRuleConfig, Overridden, Override, Rehearsal, RehearseRule
from monitor.resources.server.spec import SERVER
from monitor.store.contract import Put
from monitor.testing.usage import steady
from tests.alerts.rig import alerts, current, rule, said, told, without_defaults
from tests.core.world import World

GIB = 1024**3


def using(world: World, **figures: Any) -> None:
    """What the host uses from now on."""

    def usage(clock: Clock) -> HostStats:
        return replace(steady(clock), **figures)

    world.host.machine.usage = usage


def disks(**percents: float) -> tuple[Disk, ...]:
    return tuple(
        Disk(mount=f"/{name}", device=f"/dev/{name}", total=100 * GIB, used=round(percent * GIB))
        for name, percent in percents.items()
    )


async def test_a_full_disk_beside_healthy_ones_in_any_order(world: World) -> None:
    full = disks(a=50, b=86, c=40)
    for number in range(60):
        using(world, disks=full[number % 3 :] + full[: number % 3])
        await world.clock.advance(10)
    [alert] = await current(world)
    assert (alert.subject.what, alert.severity, alert.value, alert.limit) == ("/b", Severity.WARNING, 86.0, 85.0)
    using(world, disks=disks(a=50, b=96, c=97))
    await world.clock.advance(200)
    assert await said(world) == ["opened host disk", "worse host disk", "opened host disk"]
    using(world, disks=disks(a=50, b=84, c=90))
    await world.clock.advance(300)
    assert {a.subject.what: a.severity for a in await current(world)} == {
        "/b": Severity.WARNING,
        "/c": Severity.WARNING,
    }
    using(world, disks=disks(a=50, b=82.9, c=10))
    await world.clock.advance(300)
    assert await current(world) == []
    assert len(await alerts(world)) == 2


async def test_spikes_and_gaps_say_nothing(world: World) -> None:
    await without_defaults(world)
    await rule(world, "busy", what=ServerFigure(measure="cpu"), warning=90, lasts=60, calm=0)
    for _ in range(10):
        using(world, cpu=99.0)
        await world.clock.advance(50)
        using(world, cpu=10.0)
        await world.clock.advance(20)
    assert await said(world) == []
    using(world, cpu=99.0)
    await world.clock.advance(90)
    [alert] = await current(world)
    assert alert.message.startswith("server host: CPU is 99% (level 90%), since ")
    world.host.down = "cut"
    await world.clock.advance(3 * 3600)
    assert len(await current(world)) == 1


async def test_a_busy_cpu_explains_a_high_load_that_is_no_worse(world: World) -> None:
    for name in ("cpu", "load"):
        await world.update(ALERT_RULE, name, config={"lasts": 60, "calm": 60})
    cores = len(steady(world.clock).cores)
    using(world, cpu=99.0, load=(3.0 * cores,) * 3)
    await world.clock.advance(90)
    assert await said(world) == ["opened host cpu"]
    busy, load = sorted(await current(world), key=lambda alert: alert.rule_name)
    assert (load.silenced_by, load.explained_as, busy.silenced_by) == (busy.id, "server_figure", "")
    using(world, cpu=10.0, load=(1.0,) * 3)  # the load is well before the cpu's alert ends, and calms down after it
    await world.clock.advance(200)
    assert await said(world) == ["opened host cpu", "resolved host cpu"]
    assert await current(world) == []
    using(world, cpu=99.0, load=(6.0 * cores,) * 3)
    await world.clock.advance(90)
    assert sorted((await said(world))[2:]) == ["opened host cpu", "opened host load"], (
        "critical is worse than a warning"
    )


async def test_the_nearest_override_counts(world: World) -> None:
    await without_defaults(world)
    server = await world.app.get(SERVER, "host")
    near = Override(scope=OneServer(server=server.id), warning=99.5)
    await rule(world, "busy", what=ServerFigure(measure="cpu"), warning=90, lasts=0, calm=0, overrides=(near,))
    using(world, cpu=99.0)
    await world.clock.advance(30)
    assert await said(world) == []
    off = [{"scope": {"kind": "server", "server": "host"}, "warning": 95}]
    await world.update(ALERT_RULE, "busy", config={"overrides": off})
    await world.clock.advance(30)
    assert await said(world) == ["opened host busy"]
    off = [{"scope": {"kind": "server", "server": "host"}, "off": True}]
    await world.update(ALERT_RULE, "busy", config={"overrides": off})
    await world.clock.advance(30)
    assert (await told(world))[-1].alert.why_resolved == "its rule does not hold there any more"


async def test_acknowledged_until(world: World) -> None:
    await without_defaults(world)
    await rule(world, "busy", what=ServerFigure(measure="cpu"), warning=90, critical=98, lasts=0, repeat=10, calm=0)
    using(world, cpu=95.0)
    await world.clock.advance(1300)
    assert await said(world) == ["opened host busy", "repeated host busy", "repeated host busy"]
    [alert] = await current(world)
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.READ)
    with pytest.raises(Forbidden):
        await world.app.run(AcknowledgeAlert(target=alert.id), ann)
    await world.grant(ann, "server", "host", Level.EXECUTE)
    until = world.clock.now() + timedelta(hours=2)
    seen = await world.app.run(AcknowledgeAlert(target=alert.id, until=until, comment="backup"), ann)
    assert (seen.state, seen.acknowledged_by, seen.comment) == (AlertState.ACKNOWLEDGED, "ann", "backup")
    await world.app.crash()
    await world.clock.advance(7000)
    assert len(await told(world)) == 3
    await world.clock.advance(300)
    assert (await said(world))[3:] == ["repeated host busy"]
    again = await world.app.run(GetAlert(target=alert.id))
    assert (again.state, again.acknowledged_by) == (AlertState.OPEN, "")
    await world.app.run(AcknowledgeAlert(target=alert.id))
    using(world, cpu=99.0)
    await world.clock.advance(20)
    assert (await said(world))[4:] == ["worse host busy"]
    with pytest.raises(Conflict):
        await world.app.run(UnacknowledgeAlert(target=alert.id))
    using(world, cpu=1.0)
    await world.clock.advance(20)
    with pytest.raises(Conflict):
        await world.app.run(AcknowledgeAlert(target=alert.id))


async def test_full_in_hours(world: World) -> None:
    await without_defaults(world)
    await world.update(ALERT_RULE, "disk-full-soon", config={"enabled": True})
    begin = world.clock.monotonic()

    def filling(clock: Clock) -> HostStats:
        used = 40 * GIB + round((clock.monotonic() - begin) / 3600 * 4 * GIB)
        return replace(steady(clock), disks=(Disk(mount="/", device="/dev/a", total=100 * GIB, used=used),))

    world.host.machine.usage = filling
    await world.clock.advance(3500)
    assert await said(world) == []
    await world.clock.advance(1200)
    [alert] = await current(world)
    assert "file system / is full in 14 h" in alert.message


async def test_lists_are_filtered_and_bounded(world: World) -> None:
    await without_defaults(world)
    await rule(world, "busy", what=ServerFigure(measure="cpu"), warning=90, lasts=0, calm=0, flaps=50)
    for cpu in (99.0, 1.0) * 5:
        using(world, cpu=cpu)
        await world.clock.advance(20)
    page = await world.app.run(ListAlerts(limit=2))
    assert (len(page.items), bool(page.next)) == (2, True)
    rest = await world.app.run(ListAlerts(limit=200, cursor=page.next))
    assert len(rest.items) == 3
    assert await alerts(world, text="nothing like it") == []
    assert len(await alerts(world, rule="busy", server="host", state=(AlertState.RESOLVED,), text="CPU")) == 5
    assert await alerts(world, severity=(Severity.CRITICAL,)) == []
    assert len(await alerts(world, since=page.items[-1].since)) == 2


async def test_what_was_open_within_a_time(world: World) -> None:
    using(world, disks=disks(still=90))
    await world.clock.advance(200)
    [still] = await current(world)
    now, hour = world.clock.now(), timedelta(hours=1)
    for name, since, resolved in (("long", 49, 1), ("short", 50, 48)):
        old = replace(
            still,
            id=new_id(now - since * hour),
            state=AlertState.RESOLVED,
            since=now - since * hour,
            resolved=now - resolved * hour,
            rule_name=name,
        )
        await world.app.store.commit([Put(ALERT, old.id, 1, msgspec.json.encode(old))])

    async def open_within(since: float, until: float, *states: AlertState) -> list[str]:
        asked = {"lasted_until": now - since * hour, "before": now - until * hour, "state": states}
        return [alert.rule_name for alert in await alerts(world, **asked)]

    assert await open_within(60, -1) == ["short", "long", "disk"]
    assert await open_within(20, 10) == ["long"], "it began more than a day before"
    assert await open_within(20, 10, AlertState.RESOLVED) == ["long"]
    assert await open_within(48, 47.5, AlertState.RESOLVED) == ["short", "long"]
    assert await open_within(0.5, -1, AlertState.RESOLVED) == []
    assert await open_within(0.5, -1) == await open_within(0.5, -1, AlertState.OPEN) == ["disk"]
    assert await open_within(70, 60) == []


async def test_when_it_would_have_fired(world: World) -> None:
    using(world, cpu=10.0)
    await world.clock.advance(300)
    using(world, cpu=97.0)
    await world.clock.advance(300)
    using(world, cpu=10.0)
    await world.clock.advance(300)
    config = AlertRuleConfig(what=ServerFigure(measure="cpu"), warning=90, lasts=120, calm=60)
    found = await world.app.run(RehearseRule(config=config, since=world.clock.now() - timedelta(minutes=30)))
    [once] = found.fired
    assert (once.name, once.severity, once.worst, found.looked_at) == ("host", Severity.WARNING, 97.0, 1)
    assert once.resolved is not None
    assert timedelta(seconds=110) <= once.opened - once.since <= timedelta(seconds=140)
    ann = await world.app.user("ann")
    assert (await world.app.run(RehearseRule(config=config), ann)).fired == ()
    assert await alerts(world) == []


async def test_it_would_have_fired_by_what_overrides_say_of_a_place(world: World) -> None:
    using(world, cpu=97.0)
    await world.clock.advance(300)
    using(world, cpu=10.0)
    await world.clock.advance(300)
    host = (await world.app.get(SERVER, "host")).id
    since = world.clock.now() - timedelta(minutes=30)

    async def tried(*overrides: Override) -> Rehearsal:
        what = ServerFigure(measure="cpu")
        config = AlertRuleConfig(what=what, warning=90, lasts=120, calm=60, overrides=overrides)
        return await world.app.run(RehearseRule(config=config, since=since))

    plain = await tried(Override(scope=Tagged(tags=("elsewhere",)), off=True))
    assert (len(plain.fired), plain.overridden) == (1, ())
    higher = await tried(Override(scope=OneServer(server="host"), warning=98))
    assert (higher.fired, higher.looked_at) == ((), 1)
    assert higher.overridden == (Overridden(id=host, warning=98, lasts=120),)
    longer = await tried(Override(scope=OneServer(server="host"), critical=96, lasts=200))
    assert [one.severity for one in longer.fired] == [Severity.CRITICAL]
    assert longer.fired[0].opened - longer.fired[0].since >= timedelta(seconds=190)
    off = await tried(Override(scope=Everywhere(), off=True))
    assert (off.fired, off.looked_at, off.overridden) == ((), 0, (Overridden(id=host, off=True),))
