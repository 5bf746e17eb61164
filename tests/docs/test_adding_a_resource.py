"""docs/adding-a-resource.md, done: its code in a folder and two lines make a type people can use."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/adding-a-resource.md").read_text()
MONITOR = [sys.executable, "-c", "import sys; from monitor.cli.main import main; sys.exit(main())"]
RESOURCES = "from monitor.resources.note"
LINES = {
    "__init__.py": (f"{RESOURCES}.spec import NOTE\n", "TYPES = (\n", "    NOTE,\n"),
    "handlers.py": (f"{RESOURCES}.actions import NOTE_BEHAVIOUR\n", "BEHAVIOURS = (\n", "    NOTE_BEHAVIOUR,\n"),
}
"""In each of the two shared files: the import, and the line with where it stands."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source with the page's type in it."""
    made = tmp_path_factory.mktemp("house") / "src"
    shutil.copytree(ROOT / "src", made, ignore=shutil.ignore_patterns("__pycache__"))
    note = made / "monitor/resources/note"
    note.mkdir()
    (note / "__init__.py").write_text('"""Note: words kept beside the servers."""\n')
    (note / "spec.py").write_text(block("class NoteConfig"))
    (note / "actions.py").write_text(block("NOTE_BEHAVIOUR ="))
    for name, (imported, before, line) in LINES.items():
        shared = made / "monitor/resources" / name
        text = shared.read_text()
        assert before in text
        shared.write_text(text.replace(before, before + line).replace("\nfrom ", f"\n{imported}from ", 1))
    return made


def block(having: str) -> str:
    return next(code for code in re.findall(r"```python\n([\s\S]*?)```", PAGE) if having in code)


class Desk:
    """A core of the copied source, and its command line signed in."""

    def __init__(self, source: Path, folder: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")},
            "PYTHONPATH": str(source),
            "XDG_CONFIG_HOME": str(folder),
            "MONITOR_CORE_DATA": str(folder / "core"),
            "MONITOR_CORE_PORT": str(port),
        }

    def run(self, *words: str, **given: str) -> str:
        done = subprocess.run(
            [*MONITOR, *words], check=False, env={**self.environment, **given}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json"))

    def serve(self) -> "subprocess.Popen[bytes]":
        with (self.folder / "core.log").open("wb") as log:
            return subprocess.Popen([*MONITOR, "core", "run"], env=self.environment, stdout=log, stderr=log)

    def sign_in(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until and "serving" not in (self.folder / "core.log").read_text():
            time.sleep(0.05)
        token = self.run("core", "user", "set-up-token").split()[0]
        given = {"MONITOR_SETUP_TOKEN": token, "MONITOR_PASSWORD": "a good password"}
        self.run("login", self.url, "--set-up", "--name", "admin", **given)


@pytest.fixture
def desk(source: Path, tmp_path: Path, unused_tcp_port: int) -> Iterator[Desk]:
    made = Desk(source, tmp_path, unused_tcp_port)
    core = made.serve()
    try:
        made.sign_in()
        yield made
    finally:
        core.terminate()
        core.wait()


def test_the_new_type_is_kept_shown_and_recorded(desk: Desk) -> None:
    desk.run("note", "create", "memo", "--text", "buy milk", "--tag", "home")
    made = desk.ask("note", "get", "memo")
    assert made["config"] == {"text": "buy milk"}
    assert {"note.update", "note.delete"} <= set(made["can"])
    desk.run("note", "update", "memo", "--text", "buy bread")
    assert [note["config"]["text"] for note in desk.ask("note", "ls")["items"]] == ["buy bread"]
    desk.run("note", "delete", "memo", "--yes")
    assert desk.ask("note", "ls")["total"] == 0
    done = [each["operation"] for each in desk.ask("activity", "ls", "--type", "note")["items"]]
    assert sorted(done) == ["note.create", "note.delete", "note.update"]


def test_it_has_routes_help_and_the_right_to_create(desk: Desk) -> None:
    desk.run("user", "create", "maria", "--password", "another password")
    desk.run("grant", "set", "maria", "note", "--right", "create", "--level", "read")
    help = desk.run("note", "create", "--help")
    assert "--text TEXT" in help
    login = {"MONITOR_PASSWORD": "another password", "XDG_CONFIG_HOME": str(desk.folder / "maria")}
    desk.run("login", desk.url, "--name", "maria", **login)
    desk.run("note", "create", "marias", "--text", "hello", **login)
    assert "server.create" not in desk.run("session", "me", "--json", **login)


def test_the_permission_matrix_takes_it_up(source: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/matrix/test_matrix.py",
        "-k",
        "note",
    ]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\b\d+ passed", done.stdout), done.stdout


def test_strangers_find_no_notes(desk: Desk) -> None:
    request = urllib.request.Request(f"{desk.url}/api/notes")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(request)
