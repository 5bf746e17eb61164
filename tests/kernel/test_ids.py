"""Ids sort by time and never look like a name; names are what every system takes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.kernel.errors import Invalid
from monitor.kernel.ids import check_name, is_id, new_id

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_ids_sort_by_time_and_differ() -> None:
    ids = [new_id(NOW + timedelta(milliseconds=n)) for n in range(1000)]
    assert ids == sorted(ids)
    assert len({new_id(NOW) for _ in range(1000)}) == 1000
    assert all(is_id(id) and len(id) == 26 for id in ids)
    assert new_id(datetime(1970, 1, 1, tzinfo=UTC))[:10] == "0" * 10


@pytest.mark.parametrize("name", ["ab", "a1", "web", "web-1", "my.site_two", "0a", "a" * 63])
def test_names(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a",
        "a" * 64,
        "Web",
        "-web",
        "web-",
        "we--b",
        "we..b",
        "we.-b",
        "web\n",
        "wéb",
        "we b",
        "w/x",
        "\0b",
        "..",
        "ａｂ",
    ],
)
def test_no_names(name: str) -> None:
    with pytest.raises(Invalid) as wrong:
        check_name(name, "tags[0]")
    assert wrong.value.fields[0].path == "tags[0]"
    assert len(wrong.value.message) < 400


@given(st.text(max_size=70))
def test_nothing_is_both(text: str) -> None:
    try:
        check_name(text)
    except Invalid:
        return
    assert not is_id(text)
    assert text.isascii()
    assert text == text.strip().lower()
