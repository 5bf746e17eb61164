"""Events of alerts, as the engine writes them, and a sender that notes what it is given."""

from datetime import datetime, timedelta
from typing import Any

from monitor.core.memory import Changes
from monitor.kernel.alerts import (
    ALERT_EVENT,
    Alert,
    AlertChange,
    AlertEvent,
    AlertState,
    Severity,
    Subject,
)
from monitor.kernel.clock import Clock
from monitor.kernel.ids import new_id
from monitor.notifier.task import Outcome, Task
from monitor.resources.alert_target.config import AlertTargetConfig
from monitor.resources.alert_target.service_names import ServiceName
from monitor.resources.alert_target.spec import ALERT_TARGET
from monitor.store.contract import Entry
from tests.core.world import World

URL = "ntfys://ntfy.example/a-topic-nobody-guesses"
OPENED, RESOLVED = AlertChange.OPENED, AlertChange.RESOLVED


def an_event(
    now: datetime,
    *,
    alert: str = "",
    change: AlertChange = OPENED,
    severity: Severity = Severity.CRITICAL,
    name: str = "db-1",
    **more: Any,
) -> AlertEvent:
    """One that happened now, about a server."""
    about: dict[str, Any] = {"type": "server", "id": "S1", "name": name, "server": "S1", "what": "/data"}
    about |= more.pop("subject", {})
    found = Alert(
        id=alert or new_id(now),
        rule="R1",
        rule_name="Disk full",
        subject=Subject(**about),
        severity=severity,
        state=AlertState.RESOLVED if change is RESOLVED else AlertState.OPEN,
        since=now - timedelta(minutes=5),
        opened=now,
        resolved=now if change is RESOLVED else None,
        **{"message": "/data is 97% full", "culprit": "postgres", "lines": ("last words",), **more},
    )
    return AlertEvent(id=new_id(now), at=now, change=change, alert=found)


async def happens(world: World, **said: Any) -> AlertEvent:
    """Put one into the outbox, and let core do what it does at once."""
    await world.clock.advance(0.01)  # ids of one millisecond have no order
    event = an_event(world.clock.now(), **said)
    changes = Changes()
    changes.put(ALERT_EVENT, event.id, event)
    await world.app.core.parts.memory.commit(changes, Entry("alert", world.clock.now()))
    await world.clock.settle()
    return event


async def a_target(world: World, name: str = "ops", **config: Any) -> Any:
    """One; `ntfy` unless said otherwise."""
    given = {"service": ServiceName.NTFY, "url": URL, **config}
    return await world.app.create(ALERT_TARGET, name, AlertTargetConfig(**given))


async def shown(world: World, name: str = "ops") -> Any:
    """The target as it stands."""
    return await world.app.get(ALERT_TARGET, name)


class Sender:
    """Stands in for the process that sends."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.outcome = Outcome(delivered=True)
        self.refuses: dict[str, Outcome] = {}
        """Words in subjects for which it answers so."""
        self.takes = 0.0
        self.hangs: set[str] = set()
        """Words in URLs for which it never ends."""

    async def __call__(self, clock: Clock, task: Task) -> Outcome:
        self.tasks.append(task)
        if any(word in task.url for word in self.hangs):
            await clock.sleep(1e9)
        if self.takes:
            await clock.sleep(self.takes)
        refused = (outcome for word, outcome in self.refuses.items() if word in task.subject)
        return next(refused, self.outcome)

    @property
    def subjects(self) -> list[str]:
        """Of all that was sent."""
        return [task.subject for task in self.tasks]
