"""When a maintenance goes on, and when it begins next, as its list says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.resources.maintenance import plan
from monitor.resources.maintenance.spec import MAINTENANCE, MaintenanceConfig, MaintenanceInfo, MaintenanceStatus
from monitor.resources.maintenance.times import Daily, Once, Weekly
from tests.core.world import World

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
"""The world begins then, on a Thursday."""


def at(hours: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hours)


def told(world: World) -> MaintenanceStatus:
    record = world.app.core.parts.catalog.find(MAINTENANCE.name, "patches")
    assert record is not None
    return record.status


async def until(world: World, hours: float) -> None:
    await world.clock.advance(hours * 3600 - world.clock.monotonic() + 1)


async def test_it_is_said_as_it_begins_and_ends(world: World) -> None:
    when = Daily(start="02:00", minutes=120)
    await world.app.create(MAINTENANCE, "patches", MaintenanceConfig(when=when))
    await until(world, 0.1)
    assert (told(world).state, told(world).begins, told(world).ends) == ("planned", at(2), at(4))
    await until(world, 2)
    assert (told(world).state, told(world).begins, told(world).ends) == ("now", at(2), at(4))
    await until(world, 4)
    assert (told(world).state, told(world).begins, told(world).ends) == ("planned", at(26), at(28))


async def test_what_is_changed_is_another_at_once(world: World) -> None:
    when = Daily(start="02:00", minutes=120)
    await world.app.create(MAINTENANCE, "patches", MaintenanceConfig(when=when))
    await until(world, 2.5)
    await world.update(MAINTENANCE, "patches", config={"enabled": False})
    await until(world, 2.6)
    assert (told(world).state, told(world).begins, told(world).ends) == ("off", None, None)


async def test_a_core_that_was_down_says_it_anew(world: World) -> None:
    when = Once(day="2026-01-01", start="02:00", minutes=60)
    await world.app.create(MAINTENANCE, "patches", MaintenanceConfig(when=when))
    await until(world, 2)
    assert told(world).state == "now"
    await world.app.crash()
    await until(world, 5)
    assert (told(world).state, told(world).begins) == ("over", None)


@pytest.mark.parametrize(
    ("when", "hours", "begins", "ends", "going"),
    [
        (Once(day="2026-01-02", start="02:00", minutes=60), 3, 26, 27, False),
        (Once(day="2026-01-01", start="02:00", minutes=60), 2, 2, 3, True),
        (Weekly(start="02:00", minutes=60), 3, 74, 75, False),
        (Daily(start="02:00", minutes=60, zone="Europe/Berlin"), 0.5, 1, 2, False),
    ],
)
def test_the_one_that_goes_on_else_the_next(when: Any, hours: float, begins: float, ends: float, going: bool) -> None:
    expected = MaintenanceInfo(begins=at(begins), ends=at(ends), going=going)
    assert plan.occasion(MaintenanceConfig(when=when), at(hours)) == expected


def test_a_zone_there_is_no_more_says_nothing() -> None:
    when = Daily(zone="Mars/Olympus")
    assert plan.occasion(MaintenanceConfig(when=when), at(0)) == MaintenanceInfo()
