"""Cron: when, by the clock of which zone; what summer time does to it; and in words."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.kernel.cron import ALIASES, Cron

MINUTE = timedelta(minutes=1)


def after(expression: str, zone: str, begin: str, count: int = 3) -> list[str]:
    """The next moments, by the clock of the zone, with its offset from UTC."""
    plan, at, found = Cron(expression, zone), datetime.fromisoformat(begin).replace(tzinfo=UTC), []
    for _ in range(count):
        moment = plan.next_after(at)
        assert moment is not None
        assert moment > at
        at = moment
        found.append(at.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M %z"))
    return found


@pytest.mark.parametrize(
    ("expression", "zone", "begin", "expected"),
    [
        # Berlin skips 02:00 to 03:00 on 29 March 2026 and has 02:00 to 03:00 twice on 25 October.
        (
            "30 2 * * *",
            "Europe/Berlin",
            "2026-03-27T12:00",
            ["03-28 02:30 +0100", "03-29 03:00 +0200", "03-30 02:30 +0200"],
        ),
        (
            "30 2 * * *",
            "Europe/Berlin",
            "2026-10-23T12:00",
            ["10-24 02:30 +0200", "10-25 02:30 +0200", "10-26 02:30 +0100"],
        ),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T00:40", ["10-26 02:30 +0100", "10-27 02:30 +0100"]),
        # Several times that are skipped are one moment.
        ("0,30 2 * * *", "Europe/Berlin", "2026-03-29T00:00", ["03-29 03:00 +0200", "03-30 02:00 +0200"]),
        # What goes by passing time runs in both equal hours, and in no skipped one.
        (
            "30 * * * *",
            "Europe/Berlin",
            "2026-10-25T00:00",
            ["10-25 02:30 +0200", "10-25 02:30 +0100", "10-25 03:30 +0100"],
        ),
        ("30 * * * *", "Europe/Berlin", "2026-03-29T00:00", ["03-29 01:30 +0100", "03-29 03:30 +0200"]),
        # New York: 8 March and 1 November 2026.
        ("15 2 * * *", "America/New_York", "2026-03-08T00:00", ["03-08 03:00 -0400", "03-09 02:15 -0400"]),
        ("15 1 * * *", "America/New_York", "2026-11-01T00:00", ["11-01 01:15 -0400", "11-02 01:15 -0500"]),
        # Kolkata: half an hour off, and never anything else.
        ("0 3 * * *", "Asia/Kolkata", "2026-03-28T00:00", ["03-29 03:00 +0530", "03-30 03:00 +0530"]),
        # Lord Howe moves by half an hour: 02:00 to 02:30 is skipped on 4 October, 01:30 to 02:00 twice on 5 April.
        ("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00", ["10-04 02:30 +1100", "10-05 02:15 +1100"]),
        ("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00", ["04-05 01:45 +1100", "04-06 01:45 +1030"]),
        ("0 0 1 * *", "UTC", "2026-01-31T12:00", ["02-01 00:00 +0000", "03-01 00:00 +0000"]),
        ("0 0 29 2 *", "UTC", "2026-01-01T00:00", ["02-29 00:00 +0000"]),
        ("0 9 * * MON#1", "UTC", "2026-01-01T00:00", ["01-05 09:00 +0000", "02-02 09:00 +0000"]),
        # Both days given: either is enough.
        ("0 0 13 * FRI", "UTC", "2026-02-11T00:00", ["02-13 00:00 +0000", "02-20 00:00 +0000"]),
    ],
)
def test_what_summer_time_does_to_it(expression: str, zone: str, begin: str, expected: list[str]) -> None:
    assert after(expression, zone, begin, len(expected)) == expected


ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])
NEAR = st.sampled_from(["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"])


@given(zone=ZONES, day=NEAR, start=st.integers(-1500, 1500), minute=st.integers(0, 59), hour=st.integers(0, 5))
def test_each_day_has_one_whatever_the_clock_does(zone: str, day: str, start: int, minute: int, hour: int) -> None:
    """Counted over a week by the calendar, not by the library."""
    begin = datetime.fromisoformat(day).replace(tzinfo=UTC) + start * MINUTE
    plan, end, found = Cron(f"{minute} {hour} * * *", zone), begin + timedelta(days=7), []
    at = plan.next_after(begin)
    while at is not None and at <= end:
        assert not found or at > found[-1]
        assert plan.last_until(at) == at
        assert plan.last_until(at + MINUTE - timedelta(seconds=1)) == at
        found.append(at)
        at = plan.next_after(at)
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in found]
    assert len(set(days)) == len(days)
    assert all(later - sooner == timedelta(days=1) for sooner, later in pairwise(days))
    assert len(days) in (6, 7, 8)
    assert plan.count(begin, end, 100) == len(found)


@given(zone=ZONES, day=NEAR, start=st.integers(-600, 600), step=st.sampled_from([1, 5, 15, 30]))
def test_what_goes_by_passing_time_never_pauses(zone: str, day: str, start: int, step: int) -> None:
    begin = datetime.fromisoformat(day).replace(tzinfo=UTC) + start * MINUTE
    plan = Cron(f"*/{step} * * * *", zone)
    moment = plan.next_after(begin)
    assert moment is not None
    for _ in range(30):
        following = plan.next_after(moment)
        assert following == moment + step * MINUTE
        moment = following


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("0 3 * * 1-5", "Every weekday at 03:00"),
        ("@daily", "Every day at 00:00"),
        ("@hourly", "Every hour"),
        ("1 * * * *", "Every hour at 1 minute past"),
        ("*/15 * * * *", "Every 15 minutes"),
        ("0 */6 * * *", "Every 6 hours"),
        ("0 3,15 * * sat,sun", "Every Saturday and Sunday at 03:00 and 15:00"),
        ("30 4 * * mon,wed-thu", "Every Monday, Wednesday and Thursday at 04:30"),
        ("0 0 22 * *", "On the 22nd of every month at 00:00"),
        ("0 0 L * *", "On the last day of every month at 00:00"),
        ("0 0 13 * 5", "At 00:00 on the 13th day of month and on Friday (either is enough),"),
        ("0 3 * 1 *", "At 03:00 every day in January"),
    ],
)
def test_in_words(expression: str, text: str) -> None:
    assert Cron(expression, "Europe/Berlin").text() == f"{text} Europe/Berlin"


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("0 3 * *", "4 fields instead of five"),
        ("0 0 3 * * *", "6 fields instead of five"),
        ("", "0 fields instead of five"),
        ("bad", "1 field instead of five"),
        ("61 * * * *", "'61' is no minute: write 0 to 59"),
        ("0 24 * * *", "'24' is no hour"),
        ("0 0 * 13 *", "'13' is no month"),
        ("0 0 * * fre", "'fre' is no day of the week"),
        ("5-1 * * * *", "'5-1' is no minute"),
        ("*/0 * * * *", "'*/0' is no minute"),
        ("0 0 30 2 *", "never comes"),
        ("@reboot", "'@reboot' is not known; write five fields or one of @hourly, @daily"),
    ],
)
def test_what_is_none_says_why(expression: str, says: str) -> None:
    with pytest.raises(ValueError, match=r".") as wrong:
        Cron(expression)
    assert says in str(wrong.value)


def test_a_zone_there_is_not() -> None:
    with pytest.raises(ValueError, match="there is no time zone Europe/Bern; write an IANA name"):
        Cron("0 3 * * *", "Europe/Bern")


def test_every_alias_is_one() -> None:
    for alias in ALIASES:
        assert Cron(alias).next_after(datetime(2026, 1, 1, tzinfo=UTC)) is not None


@given(st.text(max_size=40))
def test_any_text_is_an_expression_or_an_error(text: str) -> None:
    try:
        plan = Cron(text)
    except ValueError:
        return
    assert plan.text()
