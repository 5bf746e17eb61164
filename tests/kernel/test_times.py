"""Times as people type them."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.kernel.times import moment_ahead, moment_of, parse_ahead, parse_time

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "ago"),
    [("15m", 900), ("1h30m", 5400), ("2d ago", 172_800), ("90s", 90), ("1.5h", 5400), ("1w", 604_800), ("now", 0)],
)
def test_how_long_ago(text: str, ago: float) -> None:
    assert moment_of(text, NOW) == NOW - timedelta(seconds=ago)


def test_a_moment() -> None:
    assert moment_of("2026-11-27T10:00Z", NOW) == datetime(2026, 11, 27, 10, tzinfo=UTC)
    assert moment_of("2026-11-27 10:00+02:00", NOW) == datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert moment_of("2026-11-27", NOW) == datetime(2026, 11, 27).astimezone(UTC)


@pytest.mark.parametrize("text", ["", "soon", "15", "-15m", "15m5", "99999999999w", "999999999w", "2026-13-01"])
def test_what_is_no_time_is_said_with_the_way_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="15m"):
        parse_time(text)


def test_what_lies_ahead() -> None:
    assert moment_ahead("8h", NOW) == moment_ahead("in 8h", NOW) == NOW + timedelta(hours=8)
    assert moment_ahead("2026-11-28T10:00Z", NOW) == datetime(2026, 11, 28, 10, tzinfo=UTC)
    for text in ("8h ago", "soon", "", "999999999w"):
        with pytest.raises(ValueError, match="in how long"):
            parse_ahead(text)


@given(st.text(max_size=20))
def test_anything_is_a_time_or_said_to_be_none(text: str) -> None:
    with suppress(ValueError):
        assert moment_of(text, NOW).tzinfo is not None
