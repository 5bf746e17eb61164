"""Times as a command line takes them are how it shows them, and what a resource has is not what its config is about."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from monitor.cli.verbs import verbs_of
from monitor.cli.words import value
from monitor.everything import everything
from monitor.kernel.windows import Weekday
from monitor.resources.alert_target import text
from monitor.resources.alert_target.times import Active, DailyDigest, Digest, Only, Quiet, QuietTimes
from monitor.resources.maintenance.times import Daily, Once, Times, Weekly, times_in_words

NOW = datetime(2026, 11, 27, tzinfo=UTC)
BERLIN = "Europe/Berlin"
WEEKEND = (Weekday.SAT, Weekday.SUN)


@pytest.mark.parametrize(
    ("one", "parse", "kind"),
    [
        (Only(), text.active, Active),
        (Only(start="09:30", end="17:00", zone=BERLIN, days=WEEKEND), text.active, Active),
        (Only(days=tuple(Weekday)), text.active, Active),
        (Quiet(zone=BERLIN), text.quiet, QuietTimes),
        (Quiet(days=WEEKEND, critical_passes=False), text.quiet, QuietTimes),
        (DailyDigest(at="07:15", zone=BERLIN), text.digest, Digest),
        (DailyDigest(only=True), text.digest, Digest),
        (Once(day="2026-12-24", minutes=30), times_in_words, Times),
        (Daily(zone=BERLIN), times_in_words, Times),
        (Weekly(days=WEEKEND, start="03:00", minutes=45, zone=BERLIN), times_in_words, Times),
    ],
)
def test_what_is_shown_can_be_typed(one: Any, parse: Any, kind: Any) -> None:
    assert msgspec.convert(parse(value(one, NOW, {})), kind) == one


def test_tags_of_a_maintenance_and_tags_it_is_for_are_not_taken_for_each_other() -> None:
    create = next(verb for verb in verbs_of(everything(), "maintenance") if verb.word == "create")
    words = {flag.path: flag.name for flag in create.flags}
    assert (words[("tags",)], words[("config", "tags")]) == ("--tag", "--config-tag")
