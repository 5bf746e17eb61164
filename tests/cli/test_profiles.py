"""The profiles file: only its owner's, rewritten whole, any text in it."""

import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.cli import profiles
from monitor.cli.profiles import Book, Profile
from monitor.kernel.errors import Invalid, NotSignedIn

BOOK = Book(default="home", profile={"home": Profile(url="http://a", key="s3cret"), "work": Profile(url="http://b")})


def test_nobody_else_can_read_it(home: Path) -> None:
    profiles.save(BOOK)
    assert stat.S_IMODE(profiles.place().stat().st_mode) == 0o600
    assert stat.S_IMODE(profiles.place().parent.stat().st_mode) == 0o700
    profiles.place().chmod(0o644)
    profiles.save(BOOK)
    assert stat.S_IMODE(profiles.place().stat().st_mode) == 0o600
    assert [found.name for found in profiles.place().parent.iterdir()] == ["profiles.toml"]
    assert profiles.load() == BOOK


TEXT = st.text(st.characters(codec="utf-8"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=TEXT.filter(bool), url=TEXT)
def test_any_text_comes_back(home: Path, name: str, url: str) -> None:
    book = Book(default=name, profile={name: Profile(url=url, key='"\\\n\x7f')})
    profiles.save(book)
    assert profiles.load() == book


def test_which_core_is_meant(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotSignedIn, match="no core is known"):
        profiles.chosen()
    profiles.save(BOOK)
    assert profiles.chosen().key == "s3cret"
    assert profiles.chosen("work").url == "http://b"
    monkeypatch.setenv("MONITOR_PROFILE", "work")
    assert profiles.chosen().url == "http://b"
    monkeypatch.setenv("MONITOR_URL", "http://c")
    monkeypatch.setenv("MONITOR_KEY", "k")
    assert profiles.chosen() == Profile(url="http://c", key="k")
    assert profiles.chosen("home").url == "http://a"
    assert profiles.chosen(url="http://d").url == "http://d"
    with pytest.raises(NotSignedIn, match="'lost'; known: home, work"):
        profiles.chosen("lost")


def test_a_damaged_file_is_named(home: Path) -> None:
    profiles.place().parent.mkdir(parents=True)
    profiles.place().write_text("profile = 3")
    with pytest.raises(Invalid, match=r"profiles\.toml cannot be read"):
        profiles.load()
