"""What passes what: messages that are refused, targets that are down, what is critical, digests and headings."""

from monitor.core.memory import Changes
from monitor.kernel.alerts import ALERT_EVENT, AlertChange, Severity
from monitor.notifier.task import Outcome
from monitor.resources.alert_target.info import DeliveryEnd
from monitor.resources.alert_target.service_names import ServiceName
from monitor.resources.alert_target.spec import ALERT_TARGET
from monitor.resources.alert_target.times import DailyDigest, Quiet
from monitor.store.contract import Entry
from tests.core.world import World
from tests.notifying.events import RESOLVED, Sender, a_target, an_event, happens, shown

REFUSED = Outcome(delivered=False, error="answered 400 Bad Request", refused=True)
DOWN = Outcome(delivered=False, error="Connection refused")
WARNING = Severity.WARNING
HOOK = {"service": ServiceName.WEBHOOK, "url": "https://hooks.example/x", "secret": "0123456789abcdef"}


def names(sender: Sender) -> list[str]:
    """What each message was about, in the order in which they were tried."""
    return [task.subject.split()[1] for task in sender.tasks]


async def test_what_is_refused_holds_up_nothing(world: World, sender: Sender) -> None:
    await a_target(world, **HOOK)
    sender.refuses = {"poison": REFUSED}
    await happens(world, name="poison-1")
    await happens(world, name="warning-1", severity=WARNING)
    await happens(world, name="critical-1")
    assert names(sender) == ["poison-1", "warning-1", "critical-1"]
    target = await shown(world)
    assert (target.info.waiting, target.info.refused) == (1, 1)
    await world.clock.advance(3600)
    await happens(world, name="critical-2")
    assert names(sender)[-1] == "critical-2", "also later, when it is tried seldom"
    assert len(sender.tasks) < 25
    sender.refuses = {}
    await world.clock.advance(2200)
    assert names(sender)[-1] == "poison-1"
    assert len({task.id for task in sender.tasks if "poison" in task.subject}) == 1
    assert (await shown(world)).info.waiting == 0


async def test_one_that_refuses_everything_is_not_hammered_with_it(world: World, sender: Sender) -> None:
    await a_target(world, **HOOK)
    sender.outcome = REFUSED
    changes = Changes()
    for at in range(60):
        event = an_event(world.clock.now(), name=f"app-{at}", severity=WARNING)
        changes.put(ALERT_EVENT, event.id, event)
    await world.app.core.parts.memory.commit(changes, Entry("alert", world.clock.now()))
    await world.clock.settle()
    assert len(sender.tasks) == 3
    await world.clock.advance(3600)
    assert len(sender.tasks) < 20
    trouble = (await shown(world)).info.trouble
    assert (trouble.refused, trouble.error) == (trouble.tries + 2, REFUSED.error)
    sender.outcome = Outcome(delivered=True)
    await world.clock.advance(4200)
    assert (await shown(world)).info.waiting == 0
    assert len({task.id for task in sender.tasks}) == 60


async def test_a_target_that_is_down_hears_of_what_is_critical_within_a_minute(world: World, sender: Sender) -> None:
    await a_target(world)
    sender.outcome = DOWN
    await happens(world, name="first-1", severity=WARNING)
    await world.clock.advance(3600)
    before = len(sender.tasks)
    sender.outcome = Outcome(delivered=True)
    await happens(world, name="critical-1")
    await world.clock.advance(60)
    assert sender.subjects[before:] == ["[critical] critical-1 /data: Disk full", "[warning] first-1 /data: Disk full"]


async def test_the_pause_of_one_that_is_down_outlives_core(world: World, sender: Sender) -> None:
    await a_target(world)
    sender.outcome = DOWN
    for name in ("first-1", "second-1"):
        await happens(world, name=name, severity=WARNING)
    await world.clock.advance(3600)
    before = len(sender.tasks)
    for _ in range(5):
        await world.app.crash()
        await world.clock.advance(10)
    assert len(sender.tasks) <= before + 1


async def test_what_came_later_of_its_alert_is_told_instead(world: World, sender: Sender) -> None:
    """So that nobody reads that a disk is full after he read that it is not."""
    await a_target(world, **HOOK)
    sender.refuses = {"[warning] db-1": REFUSED}
    opened = await happens(world, name="db-1", severity=WARNING)
    await happens(world, name="db-1", alert=opened.alert.id, severity=WARNING, change=RESOLVED)
    sender.refuses = {}
    await world.clock.advance(60)
    assert sender.subjects == ["[warning] db-1 /data: Disk full", "[resolved] db-1 /data: Disk full"]
    target = await shown(world)
    assert target.info.waiting == 0
    assert {(note.end, note.error) for note in target.info.log} == {
        (DeliveryEnd.DELIVERED, ""),
        (DeliveryEnd.DROPPED, "what came later of the same alert arrived"),
    }


async def test_after_it_was_down_what_tells_of_one_alert_comes_in_order(world: World, sender: Sender) -> None:
    await a_target(world, **HOOK)
    sender.outcome = DOWN
    opened = await happens(world, name="db-1", severity=WARNING)
    said = {"name": "db-1", "alert": opened.alert.id, "severity": WARNING}
    await happens(world, **said, change=AlertChange.REPEATED)
    await happens(world, **said, change=RESOLVED)
    await world.clock.advance(1800)
    sender.outcome = Outcome(delivered=True)
    before = len(sender.tasks)
    await world.clock.advance(2200)
    assert sender.subjects[before:] == [
        "[warning] db-1 /data: Disk full",
        "[warning] db-1 /data: Disk full, still so",
        "[resolved] db-1 /data: Disk full",
    ]


async def test_a_change_of_the_target_has_everything_tried_at_once(world: World, sender: Sender) -> None:
    await a_target(world, **HOOK)
    sender.outcome = REFUSED
    for at in range(5):
        await happens(world, name=f"app-{at}")
    await world.clock.advance(3600)
    sender.outcome = Outcome(delivered=True)
    sender.tasks.clear()
    await world.update(ALERT_TARGET, "ops", config={"secret": "another-secret-0123"})
    await world.clock.settle()
    assert names(sender) == [f"app-{at}" for at in range(5)]
    assert (await shown(world)).info.trouble is None


async def test_what_was_held_is_read_before_what_came_after_it(world: World, sender: Sender) -> None:
    """The summary of the night, the digest and a new alert, all while the target is slow."""
    await a_target(world, quiet=Quiet(start="22:00", end="07:00"), digest=DailyDigest(at="07:00"))
    for name in ("night-1", "night-2"):
        await happens(world, name=name, severity=WARNING)
    sender.takes = 30
    await world.clock.advance(7 * 3600 - world.clock.monotonic() + 1)
    await happens(world, name="morning-1", severity=WARNING)
    await happens(world, name="morning-2")
    await world.clock.advance(200)
    assert sender.subjects == ["Monitor: 2 alerts", "Monitor: 2 alerts stand", "Monitor: 2 alerts"]
    assert sender.tasks[0].text.startswith("Held during quiet hours:")
    assert "morning-1" in sender.tasks[2].text
    assert "morning-2" in sender.tasks[2].text
