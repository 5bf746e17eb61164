"""Quiet hours, maintenances and digests: what is held, and what becomes of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.kernel.alerts import Severity
from monitor.kernel.errors import Invalid
from monitor.kernel.hours import Hours
from monitor.kernel.windows import Weekday
from monitor.resources.alert_target.config import OnServer
from monitor.resources.alert_target.info import DeliveryEnd
from monitor.resources.alert_target.spec import ALERT_TARGET
from monitor.resources.alert_target.times import DailyDigest, Only, Quiet
from monitor.resources.maintenance import plan
from monitor.resources.maintenance.spec import MAINTENANCE, MaintenanceConfig
from monitor.resources.maintenance.times import Daily, Once, Weekly, times_in_words
from tests.core.world import World
from tests.notifying.events import RESOLVED, Sender, a_target, happens, shown

# The world begins on Thursday 2026-01-01 at 00:00 UTC.
NIGHT = Quiet(start="22:00", end="07:00")
WARNING = Severity.WARNING


async def until(world: World, hours: float) -> None:
    """So many hours after midnight of the first day, and a little."""
    await world.clock.advance(hours * 3600 - world.clock.monotonic() + 1)


async def maintenance(world: World, when: Any, **config: Any) -> None:
    await world.app.create(MAINTENANCE, "patches", MaintenanceConfig(when=when, **config))


async def test_quiet_hours_end_with_one_summary(world: World, sender: Sender) -> None:
    await a_target(world, quiet=NIGHT)
    await happens(world, severity=WARNING, name="db-1")
    await happens(world, severity=WARNING, name="db-2")
    await until(world, 6.9)
    assert sender.tasks == []
    assert (await shown(world)).info.held == 2
    await until(world, 7)
    [task] = sender.tasks
    assert task.subject == "Monitor: 2 alerts"
    assert task.text.splitlines()[0] == "Held during quiet hours:"
    assert "db-1" in task.text
    assert "db-2" in task.text
    assert (await shown(world)).info.waiting == 0


async def test_critical_passes_unless_said_otherwise(world: World, sender: Sender) -> None:
    await a_target(world, "passes", quiet=NIGHT)
    await a_target(world, "holds", quiet=Quiet(start="22:00", end="07:00", critical_passes=False))
    await happens(world)
    assert len(sender.tasks) == 1
    await until(world, 7)
    assert len(sender.tasks) == 2


async def test_what_is_critical_goes_past_what_is_held(world: World, sender: Sender) -> None:
    await a_target(world, quiet=NIGHT)
    await happens(world, severity=WARNING, name="held-1")
    await happens(world, name="passes-1")
    assert sender.subjects == ["[critical] passes-1 /data: Disk full"]


async def test_held_messages_survive_a_kill(world: World, sender: Sender) -> None:
    await a_target(world, quiet=NIGHT)
    await happens(world, severity=WARNING)
    await world.app.crash()
    await until(world, 7)
    await world.clock.advance(5)
    assert sender.subjects == ["[warning] db-1 /data: Disk full"]


async def test_switching_quiet_hours_off_sends_what_was_held(world: World, sender: Sender) -> None:
    await a_target(world, quiet=NIGHT)
    await happens(world, severity=WARNING)
    await world.update(ALERT_TARGET, "ops", config={"quiet": {"kind": "off"}})
    await world.clock.advance(5)
    assert len(sender.tasks) == 1


async def test_during_a_maintenance_nothing_is_told_and_afterwards_what_still_stands(
    world: World, sender: Sender
) -> None:
    await a_target(world)
    before = await happens(world, name="before-1")
    await maintenance(world, Once(day="2026-01-01", start="01:00", minutes=60))
    await until(world, 1)
    came = await happens(world, name="came-and-went")
    await happens(world, name="stands-1")
    await happens(world, name="came-and-went", alert=came.alert.id, change=RESOLVED)
    await happens(world, name="before-1", alert=before.alert.id, change=RESOLVED)
    assert len(sender.tasks) == 1
    await until(world, 2)
    [_, after] = sender.tasks
    assert after.text.splitlines()[0] == "Held during the maintenance:"
    assert "stands-1" in after.text
    assert "[resolved] before-1" in after.text
    assert "came-and-went" not in after.text


async def test_where_nothing_is_left_to_tell_that_is_noted(world: World, sender: Sender) -> None:
    await a_target(world)
    await maintenance(world, Daily(start="00:00", minutes=30))
    came = await happens(world)
    await happens(world, alert=came.alert.id, change=RESOLVED)
    await until(world, 0.5)
    assert sender.tasks == []
    assert (await shown(world)).info.log[0].end is DeliveryEnd.DROPPED


async def test_a_maintenance_covers_what_it_says(world: World, sender: Sender) -> None:
    await a_target(world)
    await maintenance(world, Daily(start="00:00", minutes=30), tags=("production",), servers=(OnServer(server="host"),))
    found = world.app.core.parts.catalog.find("server", "host")
    assert found is not None
    await happens(world, subject={"server": found.id, "type": "deployment", "id": "D1"})
    await happens(world, subject={"tags": ("production",)})
    assert sender.tasks == []
    await happens(world, subject={"tags": ("test",)})
    assert len(sender.tasks) == 1


def test_a_maintenance_goes_on_when_it_says() -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    sunday = MaintenanceConfig(when=Weekly(days=(Weekday.SUN,), start="02:30", minutes=60, zone="Europe/Berlin"))
    # On 2026-03-29 the clock goes from 02:00 to 03:00: it begins when the hour is skipped, and lasts as long as ever.
    assert plan.going(sunday, at("2026-03-29T00:59:00")) is None
    assert plan.going(sunday, at("2026-03-29T01:00:00")) is not None
    assert plan.going(sunday, at("2026-03-29T02:00:00")) is None
    # On 2026-10-25 02:30 comes twice: the first counts.
    assert plan.going(sunday, at("2026-10-25T00:30:00")) is not None
    assert plan.going(sunday, at("2026-10-25T01:30:00")) is None
    long = MaintenanceConfig(when=Once(day="2026-01-01", start="00:00", minutes=3 * 1440))
    assert plan.going(long, at("2026-01-03T23:59:00")) is not None
    assert plan.going(long, at("2026-01-04T00:00:00")) is None
    weekend = MaintenanceConfig(when=Weekly(days=(Weekday.SAT,), start="00:00", minutes=2 * 1440))
    assert plan.going(weekend, at("2026-01-04T12:00:00")) is not None


def test_quiet_hours_end_by_the_clock_on_the_wall() -> None:
    night = Hours(start="22:00", end="07:00", zone="Europe/Berlin")
    span = night.open_at(datetime(2026, 3, 28, 23, tzinfo=UTC))
    assert span is not None
    assert span.end - span.begin == timedelta(hours=8)  # the night an hour is skipped in
    span = night.open_at(datetime(2026, 10, 24, 23, tzinfo=UTC))
    assert span is not None
    assert span.end - span.begin == timedelta(hours=10)
    assert night.open_at(datetime(2026, 6, 1, 12, tzinfo=UTC)) is None
    weekdays = Hours(start="22:00", end="07:00", days=frozenset({Weekday.FRI}))
    assert weekdays.open_at(datetime(2026, 1, 3, 6, tzinfo=UTC)) is not None
    assert weekdays.open_at(datetime(2026, 1, 4, 6, tzinfo=UTC)) is None


async def test_outside_its_hours_a_target_gets_nothing_then_or_later(world: World, sender: Sender) -> None:
    await a_target(world, active=Only(start="08:00", end="18:00"))
    await happens(world)
    await until(world, 9)
    assert sender.tasks == []
    await happens(world, name="at-nine")
    assert sender.subjects == ["[critical] at-nine /data: Disk full"]


async def test_a_digest_tells_what_stands_and_what_happened(world: World, sender: Sender) -> None:
    await a_target(world, digest=DailyDigest(at="08:00", only=True))
    await happens(world, name="stands-1")
    gone = await happens(world, name="gone-1")
    await happens(world, name="gone-1", alert=gone.alert.id, change=RESOLVED)
    assert sender.tasks == []
    await until(world, 8)
    [task] = sender.tasks
    assert task.subject == "Monitor: 1 alert stands"
    assert task.text.splitlines()[0] == "Since the last digest: 2 opened, 1 resolved."
    assert "stands-1" in task.text
    assert "gone-1" not in task.text
    await until(world, 32)
    assert sender.tasks[1].text.splitlines()[0] == "Since the last digest: nothing happened."


async def test_a_digest_is_sent_once_also_by_a_core_that_was_down_then(world: World, sender: Sender) -> None:
    await a_target(world, digest=DailyDigest(at="08:00"))
    await world.clock.advance(1)
    world.clock.put_forward(30 * 3600)
    await world.app.crash()
    await world.clock.advance(1)
    assert sender.subjects == ["Monitor: 0 alerts stand"]
    await until(world, 1)
    assert len(sender.tasks) == 1


async def test_a_digest_waits_for_the_end_of_a_maintenance_of_everything(world: World, sender: Sender) -> None:
    await a_target(world, digest=DailyDigest(at="01:00"))
    await happens(world, name="before-1")
    await maintenance(world, Once(day="2026-01-01", start="00:30", minutes=60))
    await until(world, 0.6)
    gone = await happens(world, name="came-and-went")
    await happens(world, name="came-and-went", alert=gone.alert.id, change=RESOLVED)
    await happens(world, name="stands-1")
    await until(world, 1.4)
    assert len(sender.tasks) == 1
    await until(world, 1.6)
    assert sender.subjects[1:] == ["[critical] stands-1 /data: Disk full", "Monitor: 2 alerts stand"]
    assert sender.tasks[2].text.splitlines()[0] == "Since the last digest: 1 opened."
    await until(world, 2.1)
    assert len(sender.tasks) == 3


async def test_a_digest_leaves_out_what_is_worked_on_and_says_so(world: World, sender: Sender) -> None:
    await a_target(world, digest=DailyDigest(at="01:00", only=True))
    await happens(world, name="stands-1")
    await maintenance(world, Once(day="2026-01-01", start="00:30", minutes=60), tags=("patched",))
    await until(world, 0.6)
    await happens(world, name="patched-1", subject={"tags": ("patched",)})
    await until(world, 1)
    [task] = sender.tasks
    assert task.subject == "Monitor: 1 alert stands, 1 in maintenance"
    lines = task.text.splitlines()
    assert (lines[0], lines[-1]) == (
        "Since the last digest: 1 opened.",
        "Not told, since a maintenance goes on: 1 alert.",
    )
    assert "patched-1" not in task.text


async def test_what_makes_no_sense_is_refused_and_named(world: World) -> None:
    with pytest.raises(Invalid, match="no time zone"):
        await a_target(world, quiet=Quiet(zone="Europe/Nowhere"))
    with pytest.raises(Invalid, match="there is no 2026-02-30"):
        await maintenance(world, Once(day="2026-02-30"))


def test_times_as_a_command_line_gives_them() -> None:
    assert times_in_words("weekly sat,sun 02:00 90 Europe/Berlin") == {
        "kind": "weekly",
        "days": ["sat", "sun"],
        "start": "02:00",
        "minutes": 90,
        "zone": "Europe/Berlin",
    }
    assert times_in_words("once 2026-12-24 02:00") == {"kind": "once", "day": "2026-12-24", "start": "02:00"}
    with pytest.raises(ValueError, match="is no time"):
        times_in_words("sometimes")
