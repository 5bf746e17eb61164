"""What is missing is named, and installed only where it can be."""

import stat
from pathlib import Path

import pytest
from parts import browser, packages
from parts.packages import Need
from parts.say import GiveUp

ABSENT = Need("a thing nobody has", lambda: False, ("no-such-package",))


def program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_nothing_missing_installs_nothing() -> None:
    assert packages.ensure([Need("this", lambda: True, ("never-asked-for",))]) == []


def test_what_could_not_be_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path, "apt-get", f'echo "$@" >> {tmp_path}/asked')
    monkeypatch.setattr(packages, "find", lambda name: str(tmp_path / name))
    monkeypatch.setattr(packages, "as_root", list)
    with pytest.raises(GiveUp, match="a thing nobody has is still missing after installing no-such-package"):
        packages.ensure([ABSENT])
    assert "Debian packages no-such-package" in capsys.readouterr().out
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[0].endswith("update")
    assert asked[1].endswith("install -y --no-install-recommends -- no-such-package")


def test_advice_is_given_where_the_packages_do_not_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    advised = Need("a browser", lambda: False, ("no-such-package",), "take another")
    monkeypatch.setattr(packages, "find", lambda name: str(tmp_path / name))
    monkeypatch.setattr(packages, "as_root", list)
    program(tmp_path, "apt-get", "exit 0")
    with pytest.raises(GiveUp, match="a browser: take another"):
        packages.ensure([advised])
    program(tmp_path, "apt-get", "echo 'E: Unable to locate package' >&2; exit 100")
    with pytest.raises(GiveUp, match=r"Unable to locate package\n(.*\n)*a browser: take another"):
        packages.ensure([advised])


def test_a_browser_that_is_only_a_pointer_to_another_package_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "find", lambda name: str(tmp_path / name) if (tmp_path / name).exists() else None)
    program(tmp_path, "chromium-browser", "echo 'requires the chromium snap to be installed' >&2; exit 1")
    assert browser.find_browser() is None
    program(tmp_path, "google-chrome", "echo Google Chrome 140")
    assert browser.find_browser() == str(tmp_path / "google-chrome")


def test_apt_s_own_words_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "apt-get", "echo 'E: no network here' >&2; exit 100")
    monkeypatch.setattr(packages, "find", lambda name: str(tmp_path / name))
    monkeypatch.setattr(packages, "as_root", list)
    with pytest.raises(GiveUp, match="E: no network here"):
        packages.ensure([ABSENT])


def test_a_machine_without_apt_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "find", lambda name: None)
    with pytest.raises(GiveUp, match="install what Debian calls no-such-package yourself"):
        packages.ensure([ABSENT])


def test_an_ordinary_user_without_sudo_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(packages, "find", lambda name: None)
    with pytest.raises(GiveUp, match="run this as root"):
        packages.as_root()


def test_sudo_asks_nothing_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(packages, "find", lambda name: f"/usr/bin/{name}")
    assert packages.as_root() == ["/usr/bin/sudo", "-n"]
