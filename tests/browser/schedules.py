"""Schedules of the fleet: one that ran for days, one that would be refused, one that takes many, one switched off."""

from datetime import datetime, timedelta
from typing import Any

from msgspec import structs

from monitor.core.caller import Caller
from monitor.core.catalog import info_kind
from monitor.core.memory import Changes
from monitor.kernel.asked import AskedAction
from monitor.kernel.recurring import DueEnd, Missed, Occasion, Overlap
from monitor.kernel.when import When
from monitor.resources.schedule.spec import SCHEDULE, ScheduleConfig
from monitor.store.contract import Entry, Where
from tests.browser import people
from tests.browser.world import World

NIGHTLY = "api-nightly"
REFUSED = "auth-hourly"
"""Who stands for it is disabled by now."""
_BERLIN = "Europe/Berlin"


async def add_schedules(world: World) -> None:
    """All of them, and what became of the nightly one's last days."""
    ana = world.people[people.ADMIN]
    build = AskedAction(operation="build.run", target="api")
    nightly = When(cron="30 2 * * 1-5", zone=_BERLIN)
    await _add(world, ana, NIGHTLY, does=build, when=nightly, missed=Missed.RUN_ONCE, tags=("nightly",))
    batch = AskedAction(operation="deployment.batch", parameters={"operation": "restart", "pattern": "worker-*"})
    await _add(world, ana, "workers-sunday", does=batch, when=When(cron="0 4 * * 0", zone=_BERLIN))
    kai = structs.replace(world.people[people.DISABLED], admin=True)
    await _add(world, kai, REFUSED, does=AskedAction(operation="build.run", target="auth"), when=When(cron="@hourly"))
    pull = AskedAction(operation="deployment.pull", target="worker-1")
    await _add(world, ana, "worker-pull", does=pull, when=When(cron="*/15 8-18 * * 1-5"), enabled=False)
    await _remember(world)


async def _add(world: World, who: Caller, name: str, tags: tuple[str, ...] = (), **config: Any) -> None:
    given = {"enabled": True, "overlap": Overlap.WAIT, **config}
    await world.app.create(SCHEDULE, name, ScheduleConfig(**given), who, tags=tags)


async def _remember(world: World) -> None:
    core = world.app.core
    record = core.parts.catalog.find("schedule", NIGHTLY)
    assert record is not None
    runs, _ = await core.journal.find([Where(path="what.id", equals=world.id("build", "api"))], cursor="", limit=4)
    past = [_past(world.now, days, *told) for days, told in enumerate(_TOLD, 1)]
    past[0] = structs.replace(past[0], activity=runs[0].id)
    stand = structs.replace(record.info, occasions=tuple(past[::-1]))
    changes = Changes()
    changes.put(info_kind("schedule"), record.id, stand)
    await core.parts.memory.commit(changes, Entry("remembered", world.clock.now()))


_TOLD: tuple[tuple[DueEnd, str, int], ...] = (
    (DueEnd.SUCCEEDED, "", 0),
    (DueEnd.MISSED, "core was down, or its clock wrong: 5 h late, more than the grace of 1 h", 2),
    (DueEnd.OVERLAPPED, "the run before had not ended", 0),
    (DueEnd.REFUSED, "ana, who switched it on, is deleted or disabled", 0),
)


def _past(now: datetime, days: int, outcome: DueEnd, reason: str, more: int) -> Occasion:
    due = now.replace(hour=1, minute=30, second=0, microsecond=0) - timedelta(days=days)
    return Occasion(due=due, at=due, outcome=outcome, reason=reason, more=more)
