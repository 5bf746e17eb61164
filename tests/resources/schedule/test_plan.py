"""Schedules: what is refused, what they mean, and how they stand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.kernel.asked import AskedAction, asked_in_words
from monitor.kernel.errors import Invalid
from monitor.kernel.recurring import DueEnd, Missed, Occasion, Overlap, Rule, Stand
from monitor.kernel.resource import StatusInput
from monitor.kernel.when import When, when_in_words
from monitor.resources.schedule import plan
from monitor.resources.schedule.spec import ScheduleConfig, ScheduleStatus

BUILD = AskedAction(operation="build.run", target="app")
NOON = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "config"),
    [
        ("config.when.cron", {"when": When(cron="0 25 * * *")}),
        ("config.when.cron", {"when": When(cron="0 0 30 2 *")}),
        ("config.when.cron", {"when": When(cron="@reboot")}),
        ("config.when.zone", {"when": When(zone="Europe/Bern")}),
        ("config.does", {"enabled": True}),
        ("config.does.operation", {"does": AskedAction(operation="schedule.run", target="nightly")}),
    ],
)
def test_refused(field: str, config: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        plan.validate(None, ScheduleConfig(**config))
    assert [one.path for one in refused.value.fields] == [field]


def test_switched_off_it_has_no_rule() -> None:
    assert plan.rule_of(ScheduleConfig(does=BUILD)) is None
    on = ScheduleConfig(does=BUILD, enabled=True, missed=Missed.RUN_ONCE, grace=90, overlap=Overlap.WAIT)
    assert plan.rule_of(on) == Rule(
        cron="0 3 * * *", zone="UTC", missed=Missed.RUN_ONCE, grace=5400.0, overlap=Overlap.WAIT
    )


def test_what_is_to_come() -> None:
    found = plan.upcoming("30 2 * * *", "Europe/Berlin", NOON)
    assert found.text == "Every day at 02:30 Europe/Berlin"
    assert found.moments[0] == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert len(found.moments) == 5


def test_what_is_to_come_of_nonsense_names_the_field() -> None:
    with pytest.raises(Invalid) as refused:
        plan.upcoming("nonsense", "UTC", NOON)
    assert [one.path for one in refused.value.fields] == ["cron"]


def shown(config: ScheduleConfig, info: Stand) -> ScheduleStatus:
    return plan.status(
        StatusInput(id="S", name="nightly", revision=1, config=config, info=info, view=None, set_by={"enabled": "bea"})
    )


def test_how_it_stands() -> None:
    on, due = ScheduleConfig(does=BUILD, enabled=True), NOON + timedelta(hours=1)
    one = Occasion(due=NOON, at=NOON, outcome=DueEnd.BEGUN, activity="A")
    assert shown(ScheduleConfig(does=BUILD), Stand()).state == "off"
    assert shown(on, Stand(due=due)) == ScheduleStatus(
        state="on", text="Every day at 03:00 UTC", next=due, runs_as="bea", last=None
    )
    assert shown(on, Stand(due=due, occasions=(one,))).state == "running"
    blocked = shown(on, Stand(due=due, blocked="bea may not do this"))
    assert (blocked.state, blocked.reason) == ("blocked", "bea may not do this")


def test_an_action_in_words() -> None:
    assert asked_in_words("build.run app") == {"operation": "build.run", "target": "app", "parameters": {}}
    assert asked_in_words("deployment.batch operation=restart tag=web limit=3") == {
        "operation": "deployment.batch",
        "target": "",
        "parameters": {"operation": "restart", "tag": "web", "limit": 3},
    }
    for wrong in ("restart web", "build.run app twice"):
        with pytest.raises(ValueError, match=r"is no action; write build\.run my-app"):
            asked_in_words(wrong)


def test_when_in_words() -> None:
    assert when_in_words("0 3 * * 1-5") == {"cron": "0 3 * * 1-5"}
    assert when_in_words("0 3 * * 1-5 Europe/Berlin") == {"cron": "0 3 * * 1-5", "zone": "Europe/Berlin"}
    assert when_in_words("@daily Asia/Kolkata") == {"cron": "@daily", "zone": "Asia/Kolkata"}
    for wrong in ("0 3 * *", "@daily at noon", ""):
        with pytest.raises(ValueError, match="is no time; write 0 3"):
            when_in_words(wrong)
