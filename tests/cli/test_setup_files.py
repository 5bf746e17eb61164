"""Settings files and systemd units: complete, decodable, private, never overwritten untold."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.exits import Exit
from monitor.core.settings import CoreSettings
from monitor.kernel.settings import load
from monitor.kernel.settings_flags import settings_in
from monitor.periphery.settings import PeripherySettings
from tests.cli.conftest import Run

ROOMS: list[tuple[str, type[Any], str]] = [
    ("core", CoreSettings, "MONITOR_CORE_"),
    ("periphery", PeripherySettings, "MONITOR_PERIPHERY_"),
]


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("MONITOR_CORE_", "MONITOR_PERIPHERY_")):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(("room", "settings", "prefix"), ROOMS)
def test_the_file_names_every_setting_and_its_default(
    room: str, settings: type[Any], prefix: str, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "all.toml"
    text = run(room, "config").out
    file.write_text(re.sub(r"^#(?=[a-z_]+ = )", "", text, flags=re.MULTILINE))
    loaded = load(settings, prefix, files=[file], environment={})
    assert loaded.value == settings()
    assert {shown.name for shown in loaded.show() if shown.source.startswith("file ")} == set(settings_in(settings))
    file.write_text(text)
    assert all(shown.source == "default" for shown in load(settings, prefix, files=[file], environment={}).show())


@pytest.mark.parametrize("room", ["core", "periphery"])
def test_it_is_private_and_never_overwritten_untold(room: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "etc" / f"{room}.toml"
    assert run(room, "config", "--write", str(file), "--port", "4321").out == f"wrote {file}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "\nport = 4321\n" in file.read_text()
    file.write_text("port = 1\n")
    file.chmod(0o644)
    refused = run(room, "config", "--write", str(file))
    assert (refused.code, file.read_text()) == (Exit.FAILED, "port = 1\n")
    assert "--force" in refused.err
    assert run(room, "config", "--write", str(file), "--force").code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_in_force_is_shown_with_its_source(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "core.toml"
    file.write_text('public_url = "http://a"\nport = 1\n')
    monkeypatch.setenv("MONITOR_CORE_LOG_LEVEL", "debug")
    shown = run("core", "config", "--show", "--config", str(file), "--port", "2", "--insecure-http").out.splitlines()
    assert 'public_url = "http://a"  # file ' + str(file) in shown
    assert "port = 2  # flag --port" in shown
    assert "insecure_http = true  # flag --insecure-http" in shown
    assert 'log_level = "debug"  # environment MONITOR_CORE_LOG_LEVEL' in shown
    assert "metrics_open = false  # default" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--port", "x"), "port: "),
        (("--config", "/nowhere.toml"), "/nowhere.toml cannot be read"),
    ],
)
def test_wrong_settings_are_named(words: tuple[str, ...], said: str, run: Run) -> None:
    wrong = run("core", "config", "--show", *words)
    assert (wrong.code, wrong.out) == (Exit.USAGE, "")
    assert said in wrong.err


@pytest.mark.parametrize("room", ["core", "periphery"])
def test_the_unit_is_hardened_and_valid(room: str, run: Run, tmp_path: Path) -> None:
    unit = run(room, "config", "--systemd").out
    assert f" {room} run --config %d/{room}.toml\n" in unit
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        f"User=monitor-{room}",
        "UMask=0077",
        "Restart=on-failure",
    ):
        assert f"\n{line}\n" in unit
    if shutil.which("systemd-analyze"):
        file = tmp_path / f"monitor-{room}.service"
        file.write_text(unit)
        checked = subprocess.run(["systemd-analyze", "verify", file], check=False, capture_output=True, text=True)
        assert "Unknown" not in checked.stderr
