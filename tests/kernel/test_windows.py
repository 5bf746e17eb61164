"""Windows of time: in zones whose clocks jump, on the days that are said, and never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.kernel.windows import Weekday, Window, zone

BERLIN = Window(start="02:30", minutes=60, zone="Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def opening(window: Window, text: str) -> str:
    span = window.open_at(at(text))
    return span.begin.strftime("%d %H:%M") if span else ""


def test_a_window_is_open_from_its_begin_up_to_its_end() -> None:
    assert opening(BERLIN, "2026-01-15T01:29:59") == ""
    assert opening(BERLIN, "2026-01-15T01:30") == "15 01:30"
    assert opening(BERLIN, "2026-01-15T02:29:59") == "15 01:30"
    assert opening(BERLIN, "2026-01-15T02:30") == ""


def test_summer_and_winter_differ() -> None:
    assert opening(BERLIN, "2026-07-15T00:30") == "15 00:30"


def test_where_the_clock_skips_its_hour_it_opens_when_it_skips() -> None:
    """On 29 March 2026, 02:00 in Berlin is 03:00: there is no 02:30."""
    assert opening(BERLIN, "2026-03-29T00:59:59") == ""
    assert opening(BERLIN, "2026-03-29T01:00") == "29 01:00"
    assert opening(BERLIN, "2026-03-29T01:59") == "29 01:00"
    assert opening(BERLIN, "2026-03-29T02:00") == ""


def test_where_an_hour_comes_twice_it_opens_the_first_time_only() -> None:
    """On 25 October 2026, 02:30 in Berlin is 00:30 and 01:30 UTC."""
    assert opening(BERLIN, "2026-10-25T00:30") == "25 00:30"
    assert opening(BERLIN, "2026-10-25T01:29:59") == "25 00:30"
    assert opening(BERLIN, "2026-10-25T01:30") == ""
    assert BERLIN.next_after(at("2026-10-25T00:30")) == at("2026-10-26T01:30")


def test_a_gap_of_half_an_hour() -> None:
    """Lord Howe Island moves by 30 minutes: on 4 October 2026, 02:00 is 02:30 (15:30 UTC of the day before)."""
    window = Window(start="02:15", minutes=10, zone="Australia/Lord_Howe")
    assert opening(window, "2026-10-03T15:30") == "03 15:30"
    assert opening(window, "2026-10-03T15:29:59") == ""


def test_a_day_that_never_was() -> None:
    """Samoa had no 30 December 2011; the window of that day opens as the next begins."""
    window = Window(start="12:00", minutes=60, zone="Pacific/Apia")
    assert opening(window, "2011-12-30T10:30") == "30 10:00"


def test_it_runs_past_midnight_and_belongs_to_the_day_it_begins_on() -> None:
    window = Window(start="23:30", minutes=120, zone="UTC", days=frozenset({Weekday.SAT}))
    assert opening(window, "2026-11-28T23:30") == "28 23:30"  # a Saturday
    assert opening(window, "2026-11-29T01:29") == "28 23:30"
    assert opening(window, "2026-11-29T23:45") == ""
    assert window.next_after(at("2026-11-28T23:30")) == at("2026-12-05T23:30")


def test_the_weekday_is_the_zones_own() -> None:
    window = Window(start="08:00", minutes=60, zone="Pacific/Auckland", days=frozenset({Weekday.MON}))
    assert opening(window, "2026-11-29T19:00") == "29 19:00"  # Sunday in UTC, Monday there


@pytest.mark.parametrize("name", ["Europe/Atlantis", "../../etc/passwd", "posixrules/x", ""])
def test_a_zone_there_is_not(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        zone(name)


@given(
    minutes=st.integers(0, 60 * 24 * 1000),
    start=st.times(),
    lasts=st.integers(10, 1440),
    name=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]),
    days=st.sets(st.sampled_from(list(Weekday)), min_size=1),
)
def test_what_is_said_to_come_next_is_open_then(
    minutes: int, start: "datetime", lasts: int, name: str, days: set[Weekday]
) -> None:
    window = Window(start=start.strftime("%H:%M"), minutes=lasts, zone=name, days=frozenset(days))
    now = at("2025-01-01") + timedelta(minutes=minutes)
    begin = window.next_after(now)
    assert begin > now
    span = window.open_at(begin)
    assert span is not None
    assert span.begin == begin
    before = window.open_at(begin - timedelta(seconds=1))
    assert before is None or before.begin < begin
