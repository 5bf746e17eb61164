"""From an event to a message that arrived: once each, in order, whatever goes wrong in between."""

import json
from datetime import UTC, datetime, timedelta

from monitor.core.memory import Changes
from monitor.features.notifying.course import GIVEN_UP_AFTER, pause
from monitor.features.notifying.ranking import worst
from monitor.features.notifying.words import Writer, subject_of
from monitor.kernel.alerts import ALERT_EVENT, AlertChange, Severity
from monitor.notifier.task import Outcome
from monitor.resources.alert_target.info import MOST, Delivery, DeliveryEnd, DeliveryKind
from monitor.resources.alert_target.operations import DeleteTarget, TestTarget
from monitor.resources.alert_target.service_names import ServiceName
from monitor.resources.alert_target.spec import ALERT_TARGET
from monitor.store.contract import Entry
from tests.core.world import World
from tests.notifying.events import RESOLVED, URL, Sender, a_target, an_event, happens, shown

NOW = datetime(2026, 11, 27, tzinfo=UTC)
_REFUSED = Outcome(delivered=False, error=f"no route to {URL}")


async def test_what_happens_is_told_and_noted(world: World, sender: Sender) -> None:
    await a_target(world)
    await happens(world)
    [task] = sender.tasks
    assert task.subject == "[critical] db-1 /data: Disk full"
    assert task.text.splitlines() == [
        "/data is 97% full",
        "Since 2025-12-31 23:55 UTC.",
        "Likely because of: postgres",
        "Rule: Disk full",
    ]
    target = await shown(world)
    assert (target.status.state, target.status.waiting) == ("ok", 0)
    [note] = target.info.log
    assert (note.end, note.text, note.tries) == (DeliveryEnd.DELIVERED, task.subject, 1)
    assert world.app.core.parts.memory.all(ALERT_EVENT) == {}


def test_a_message_says_once_since_when_and_leads_to_its_alert() -> None:
    now = datetime(2026, 5, 1, 8, 17, tzinfo=UTC)
    sentence = "server db-1: CPU is 97% (level 90%), since 2026-05-01 08:12 UTC, for 5 min"
    event = an_event(now, message=sentence, culprit="", alert="A1")
    delivery = Delivery(id="D1", queued=now, kind=DeliveryKind.EVENT, events=(event,))
    text = Writer("https://monitor.example.org/").message(delivery).text
    assert text.splitlines() == [sentence, "Rule: Disk full", "https://monitor.example.org/servers/db-1?alert=A1"]


def test_a_message_names_the_server_its_deployment_is_on() -> None:
    about = {"type": "deployment", "name": "shop", "what": "", "server_name": "web-1"}
    event = an_event(datetime(2026, 5, 1, 8, 17, tzinfo=UTC), subject=about)
    assert subject_of(event) == "[critical] shop on web-1: Disk full"


async def test_log_lines_go_only_where_that_is_said(world: World, sender: Sender) -> None:
    await a_target(world, "with", log_lines=True)
    await a_target(world, "without")
    await happens(world)
    assert sorted("last words" in task.text for task in sender.tasks) == [False, True]


async def test_routes(world: World, sender: Sender) -> None:
    await a_target(world, "critical-only", severity=Severity.CRITICAL, url=f"{URL}-critical")
    await a_target(world, "ends-only", changes=(RESOLVED,), url=f"{URL}-ends")
    await a_target(world, "tagged", tags=("production",), url=f"{URL}-tagged")
    await a_target(world, "builds", types=("build",), url=f"{URL}-builds")
    await a_target(world, "switched-off", enabled=False, url=f"{URL}-off")

    async def told(**said: object) -> list[str]:
        sender.tasks.clear()
        await happens(world, **said)
        await world.clock.advance(5)  # for warnings, which wait for each other
        return sorted(task.url.removeprefix(f"{URL}-") for task in sender.tasks)

    assert await told() == ["critical"]
    assert await told(severity=Severity.WARNING) == []
    assert await told(change=RESOLVED) == ["critical", "ends"]
    assert await told(severity=Severity.WARNING, subject={"tags": ("production", "eu")}) == ["tagged"]
    assert await told(subject={"type": "build"}, severity=Severity.WARNING) == ["builds"]


async def test_one_that_fails_is_tried_again_under_the_same_id_and_those_behind_it_wait(
    world: World, sender: Sender
) -> None:
    await a_target(world)
    sender.outcome = _REFUSED
    await happens(world, name="first-1", severity=Severity.WARNING)
    await world.clock.advance(5)
    await happens(world, name="second-1", severity=Severity.WARNING)
    target = await shown(world)
    assert (target.status.state, target.status.waiting) == ("failing", 2)
    assert target.status.reason == "no route to ********"
    await world.clock.advance(7)
    assert sender.subjects == ["[warning] first-1 /data: Disk full"]
    await world.clock.advance(2000)
    assert len(sender.tasks) < 18, "one at a time, whichever: at first sooner, then every 200 to 300 seconds"
    assert len({task.id for task in sender.tasks}) == 2
    sender.outcome = Outcome(delivered=True)
    await world.clock.advance(2200)
    assert set(sender.subjects[-2:]) == {"[warning] first-1 /data: Disk full", "[warning] second-1 /data: Disk full"}
    assert (await shown(world)).info.waiting == 0


def test_pauses_double_up_to_half_an_hour_and_differ() -> None:
    for tries, seconds in ((1, 15), (2, 30), (3, 60), (12, 1800), (400, 1800)):
        assert 0.8 * seconds <= pause("A", tries).total_seconds() <= 1.2 * seconds
    assert pause("A", 3) != pause("B", 3)


async def test_after_a_day_all_that_waited_is_given_up_and_said(world: World, sender: Sender) -> None:
    hook = {"service": ServiceName.WEBHOOK, "url": "https://hooks.example/x", "secret": "0123456789abcdef"}
    await a_target(world, **hook)
    sender.outcome = _REFUSED
    for at in range(20):
        await happens(world, name=f"db-{at}", severity=Severity.WARNING)
    await world.clock.advance(GIVEN_UP_AFTER.total_seconds() + 3600)
    target = await shown(world)
    assert target.info.waiting == 0
    assert {note.end for note in target.info.log} == {DeliveryEnd.GIVEN_UP}
    assert 280 < len(sender.tasks) < 440


async def test_many_that_wait_for_people_come_as_one_message(world: World, sender: Sender) -> None:
    await a_target(world)
    sender.takes = 5
    for at in range(6):
        await happens(world, name=f"db-{at}")
    await world.clock.advance(20)
    assert [task.subject for task in sender.tasks] == ["[critical] db-0 /data: Disk full", "Monitor: 5 alerts"]
    assert sender.tasks[1].text.count("Disk full") == 5


async def test_warnings_wait_a_moment_for_each_other_and_the_worst_comes_first(world: World, sender: Sender) -> None:
    await a_target(world)
    for at in range(3):
        await happens(world, name=f"app-{at}", severity=Severity.WARNING, message=f"app-{at} has a newer image")
        await world.clock.advance(0.5)
    assert sender.tasks == []
    await happens(world, name="db-1")
    await happens(world, name="db-1", change=RESOLVED)
    await world.clock.advance(5)
    [task, late] = sender.tasks
    assert task.subject == "Monitor: 4 alerts"
    assert [line for line in task.text.splitlines() if "Disk full" not in line][:4] == [
        "  /data is 97% full",
        "  Likely because of: postgres",
        "  app-0 has a newer image",
        "  Likely because of: postgres",
    ]
    assert [line.split()[1] for line in task.text.splitlines() if line.startswith("- ")] == [
        "[critical]",
        *["[warning]"] * 3,
    ]
    assert late.subject == "[resolved] db-1 /data: Disk full"


async def test_one_warning_comes_by_itself_and_not_later_than_that(world: World, sender: Sender) -> None:
    await a_target(world)
    await happens(world, severity=Severity.WARNING)
    await world.clock.advance(2.5)
    assert sender.tasks == []
    await world.clock.advance(1)
    assert sender.subjects == ["[warning] db-1 /data: Disk full"]
    assert "Likely because of: postgres" in sender.tasks[0].text


async def test_many_newer_images_are_one_message(world: World, sender: Sender) -> None:
    await a_target(world)
    hook = {"service": ServiceName.WEBHOOK, "url": "https://hooks.example/x", "secret": "0123456789abcdef"}
    await a_target(world, "hook", **hook)
    for at in range(40):
        await happens(world, name=f"app-{at}", severity=Severity.WARNING)
    await world.clock.advance(5)
    [task] = [task for task in sender.tasks if task.service == "ntfy"]
    assert task.subject == "Monitor: 40 alerts"
    assert task.text.count("Disk full") == 30
    assert "- and 10 more" in task.text
    assert len([task for task in sender.tasks if task.service == "webhook"]) == 40


def test_of_more_than_are_told_one_by_one_the_worst_are() -> None:
    levels = [Severity.CRITICAL] * 2 + [Severity.WARNING] * 38
    events = [an_event(NOW + timedelta(seconds=at), name=f"app-{at}", severity=s) for at, s in enumerate(levels)]
    events.append(an_event(NOW, name="gone", change=RESOLVED))
    delivery = Delivery(id="D", kind=DeliveryKind.SUMMARY, queued=NOW, events=tuple(events))
    lines = Writer("").message(delivery).text.splitlines()
    assert [line.split()[2] for line in lines[:-1]] == [f"app-{at}" for at in (0, 1, *range(12, 40))]
    assert lines[-1] == "- and 11 more"


def test_what_a_summary_keeps_is_the_worst_in_the_order_it_happened() -> None:
    levels = [Severity.CRITICAL, Severity.WARNING, Severity.WARNING, Severity.CRITICAL]
    events = [an_event(NOW + timedelta(seconds=at), name=f"app-{at}", severity=s) for at, s in enumerate(levels)]
    assert [event.alert.subject.name for event in worst(events, 3)] == ["app-0", "app-2", "app-3"]
    assert worst(events, 9) == tuple(events)


async def test_a_webhook_gets_each_by_itself(world: World, sender: Sender) -> None:
    hook = {"service": ServiceName.WEBHOOK, "url": "https://hooks.example/x", "secret": "0123456789abcdef"}
    await a_target(world, **hook)
    sender.takes = 5
    for at in range(6):
        await happens(world, name=f"db-{at}")
    await world.clock.advance(40)
    assert [json.loads(task.body)["events"][0]["alert"]["subject"]["name"] for task in sender.tasks] == [
        f"db-{at}" for at in range(6)
    ]
    assert {task.secret for task in sender.tasks} == {"0123456789abcdef"}


async def test_too_many_are_merged_and_none_is_lost_silently(world: World, sender: Sender) -> None:
    await a_target(world)
    sender.outcome = _REFUSED
    number = MOST + 200
    changes = Changes()
    for at in range(number):
        event = an_event(world.clock.now() + timedelta(seconds=at), name=f"db-{at}")
        changes.put(ALERT_EVENT, event.id, event)
    await world.app.core.parts.memory.commit(changes, Entry("alert", world.clock.now()))
    await world.clock.settle()
    waiting = world.app.core.parts.memory.all("alert_delivery")
    assert len(waiting) <= MOST
    assert sum(len(one.item.events) + one.item.more for one in waiting.values()) == number
    sender.outcome = Outcome(delivered=True)
    await world.clock.advance(3600)
    assert f"Monitor: {number} alerts" in sender.subjects or f"Monitor: {number - MOST + 1} alerts" in sender.subjects
    assert (await shown(world)).info.waiting == 0


async def test_one_that_hangs_holds_up_nobody_else(world: World, sender: Sender) -> None:
    sender.hangs = {"stuck"}
    await a_target(world, "stuck", url=f"{URL}-stuck")
    await a_target(world, "fine", url=f"{URL}-fine")
    for at in range(3):
        await happens(world, name=f"db-{at}")
    assert [task.subject for task in sender.tasks if "fine" in task.url] == [
        f"[critical] db-{at} /data: Disk full" for at in range(3)
    ]
    assert (await shown(world, "fine")).info.waiting == 0
    assert (await shown(world, "stuck")).info.waiting == 3


async def test_a_core_that_was_killed_goes_on(world: World, sender: Sender) -> None:
    await a_target(world)
    sender.takes = 30
    await happens(world, name="first-1")
    await happens(world, name="second-1")
    await world.clock.advance(5)
    await world.app.crash()
    await world.clock.advance(120)
    assert sender.subjects == [
        "[critical] first-1 /data: Disk full",  # it was under way: at least once, under the same id
        "[critical] first-1 /data: Disk full",
        "[critical] second-1 /data: Disk full",
    ]
    assert sender.tasks[0].id == sender.tasks[1].id
    assert (await shown(world)).info.waiting == 0


async def test_events_written_while_nobody_looked_are_taken_up_at_the_next_start(world: World, sender: Sender) -> None:
    await a_target(world)
    await world.app.core.features.stop()
    await happens(world)
    assert sender.tasks == []
    await world.app.crash()
    await world.clock.advance(1)
    assert len(sender.tasks) == 1


async def test_the_queue_goes_with_its_target_and_the_record_says_so(world: World, sender: Sender) -> None:
    target = await a_target(world)
    sender.outcome = _REFUSED
    await happens(world)
    await happens(world)
    await world.app.run(DeleteTarget(target=target.id))
    assert world.app.core.parts.memory.all("alert_delivery") == {}
    [deleted] = [one for one in await world.activities() if one.operation == "alert_target.delete"]
    assert deleted.summary == "2 messages that waited for it were dropped"
    await world.clock.advance(600)
    assert len(sender.tasks) == 1


async def test_the_test_button_says_what_happened_and_has_the_rest_sent_at_once(world: World, sender: Sender) -> None:
    target = await a_target(world)
    sender.outcome = _REFUSED
    await happens(world)
    tested = await world.app.run(TestTarget(target=target.id))
    assert (tested.delivered, tested.error) == (False, "no route to ********")
    await world.clock.advance(0.1)
    sender.outcome = Outcome(delivered=True)
    sender.tasks.clear()
    tested = await world.app.run(TestTarget(target=target.id))
    await world.clock.settle()
    assert tested.delivered
    assert sender.subjects == ["Monitor: test", "[critical] db-1 /data: Disk full"]
    log = (await shown(world)).info.log
    assert [note.kind.value for note in log] == ["event", "test", "test"]


async def test_a_change_of_the_target_ends_its_pause(world: World, sender: Sender) -> None:
    await a_target(world)
    sender.outcome = _REFUSED
    await happens(world)
    await world.clock.advance(600)
    sender.outcome = Outcome(delivered=True)
    sender.tasks.clear()
    await world.update(ALERT_TARGET, "ops", config={"url": "ntfys://other.example/topic"})
    await world.clock.settle()
    assert [task.url for task in sender.tasks] == ["ntfys://other.example/topic"]


async def test_what_waits_for_one_that_is_switched_off_is_dropped_and_said(world: World, sender: Sender) -> None:
    await a_target(world)
    sender.outcome = _REFUSED
    await happens(world)
    await world.update(ALERT_TARGET, "ops", config={"enabled": False})
    await world.clock.settle()
    target = await shown(world)
    assert (target.info.waiting, target.info.log[0].end) == (0, DeliveryEnd.GIVEN_UP)
    assert target.info.log[0].error == "the target is switched off"


async def test_every_change_has_words(world: World, sender: Sender) -> None:
    await a_target(world)
    for change in AlertChange:
        await happens(world, change=change)
    assert sender.subjects == [
        "[critical] db-1 /data: Disk full",
        "[critical] db-1 /data: Disk full, now critical",
        "[critical] db-1 /data: Disk full, better, still a warning",
        "[critical] db-1 /data: Disk full, still so",
        "[critical] db-1 /data: Disk full, comes and goes",
        "[resolved] db-1 /data: Disk full",
    ]
