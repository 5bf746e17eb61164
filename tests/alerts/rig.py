"""Rig: a world in which alerts are watched, with what one asks of them in tests."""

from typing import Any

from monitor.core.caller import SYSTEM, Caller
from monitor.features.alerts.spec import ListAlerts
from monitor.kernel.alerts import Alert, AlertEvent, AlertState
from monitor.resources.alert_rule.spec import ALERT_RULE, AlertRuleConfig
from tests.alerts.outbox import OutboxStore
from tests.core.world import World


async def rule(world: World, name: str, caller: Caller = SYSTEM, **config: Any) -> Any:
    """A rule of a test's own."""
    return await world.app.create(ALERT_RULE, name, AlertRuleConfig(**config), caller)


async def without_defaults(world: World) -> None:
    """Switch off what a new core watches by itself."""
    for record in list(world.app.core.parts.catalog.by_name("alert_rule")):
        await world.update(ALERT_RULE, record.id, config={"enabled": False})


async def current(world: World, caller: Caller = SYSTEM, *, pending: bool = False) -> list[Alert]:
    """Those that go on, oldest first."""
    states = (AlertState.OPEN, AlertState.ACKNOWLEDGED, *((AlertState.PENDING,) if pending else ()))
    page = await world.app.run(ListAlerts(state=states), caller)
    return list(page.items)[::-1]


async def alerts(world: World, caller: Caller = SYSTEM, **asked: Any) -> list[Alert]:
    """All that are kept, oldest first."""
    return list((await world.app.run(ListAlerts(**asked), caller)).items)[::-1]


async def told(world: World) -> list[AlertEvent]:
    """All that was written to be sent on, in order."""
    assert isinstance(world.app.store, OutboxStore)
    return sorted(world.app.store.events, key=lambda event: event.id)


async def said(world: World) -> list[str]:
    """The same in short: `opened host server_figure`."""
    return [f"{event.change.value} {event.alert.subject.name} {event.alert.rule_name}" for event in await told(world)]
