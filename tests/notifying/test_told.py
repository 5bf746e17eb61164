"""From an alert to its notifications: what was sent where, with what outcome, and what waits for what."""

from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.core.caller import SYSTEM, Caller
from monitor.core.memory import Changes
from monitor.features.notifying.spec import AlertNotifications, Notification
from monitor.kernel.alerts import ALERT, Severity
from monitor.kernel.errors import NotFound
from monitor.kernel.permission import Level
from monitor.notifier.task import Outcome
from monitor.resources.alert_target.info import Held
from monitor.resources.alert_target.times import Quiet
from monitor.resources.maintenance.spec import MAINTENANCE, MaintenanceConfig
from monitor.resources.maintenance.times import Daily
from monitor.resources.server.spec import SERVER
from monitor.store.contract import Entry
from tests.core.world import World
from tests.notifying.events import Sender, a_target, happens, shown

REFUSED = Outcome(delivered=False, error="no route")


async def told(world: World, alert: str, caller: Caller = SYSTEM) -> dict[str, Notification]:
    """By the name of the target."""
    found: tuple[Notification, ...] = await world.app.run(AlertNotifications(target=alert), caller)
    return {one.name: one for one in found}


async def an_alert(world: World, **said: Any) -> str:
    """One that is stored, as the engine does, and told of; its id."""
    event = await happens(world, **said)
    changes = Changes()
    changes.put(ALERT, event.alert.id, event.alert)
    await world.app.core.parts.memory.commit(changes, Entry("alert", world.clock.now()))
    return event.alert.id


async def test_what_was_sent_and_what_waits(world: World, sender: Sender) -> None:
    await a_target(world, "arrives")
    await a_target(world, "quiet", quiet=Quiet(start="22:00", end="07:00"))
    await a_target(world, "critical-only", severity=Severity.CRITICAL)
    alert = await an_alert(world, severity=Severity.WARNING)
    await world.clock.advance(5)
    found = await told(world, alert)
    assert {name: (one.state.value, one.held) for name, one in found.items()} == {
        "arrives": ("delivered", None),
        "quiet": ("waiting", Held.QUIET),
    }
    assert found["quiet"].next == datetime(2026, 1, 1, 7, tzinfo=UTC)
    await world.clock.advance(7 * 3600)
    assert (await told(world, alert))["quiet"].state.value == "delivered"


async def test_one_that_fails_says_why_and_when_it_is_tried_again(world: World, sender: Sender) -> None:
    await a_target(world)
    sender.outcome = REFUSED
    alert, behind = await an_alert(world), await an_alert(world)
    one = (await told(world, alert))["ops"]
    assert (one.state.value, one.tries, one.error) == ("failed", 1, "no route")
    assert one.next == (await shown(world)).info.log[0].next
    assert (await told(world, behind))["ops"].state.value == "waiting"
    sender.outcome = Outcome(delivered=True)
    await world.clock.advance(60)
    assert [(await told(world, id))["ops"].state.value for id in (alert, behind)] == ["delivered"] * 2


async def test_a_maintenance_holds_until_its_end(world: World, sender: Sender) -> None:
    await world.app.create(MAINTENANCE, "patches", MaintenanceConfig(when=Daily(start="00:00", minutes=60)))
    await a_target(world)
    one = (await told(world, await an_alert(world)))["ops"]
    assert (one.held, one.next) == (Held.MAINTENANCE, datetime(2026, 1, 1, 1, tzinfo=UTC))


async def test_only_targets_one_may_read_and_alerts_one_may_read(world: World, sender: Sender) -> None:
    server = (await world.app.get(SERVER, "host")).id
    mine = await a_target(world, "mine")
    await a_target(world, "not-mine")
    alert = await an_alert(world, subject={"id": server, "server": server})
    ben = await world.app.user("ben")
    with pytest.raises(NotFound):
        await told(world, alert, ben)
    await world.grant(ben, "server", "host", Level.READ)
    assert await told(world, alert, ben) == {}
    await world.grant(ben, "alert_target", mine.name, Level.READ)
    assert set(await told(world, alert, ben)) == {"mine"}
