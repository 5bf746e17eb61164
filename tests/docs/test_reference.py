"""The reference pages say what the code says, and no page names a setting or command that does not exist."""

import contextlib
import importlib.util
import io
import re
import shlex
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from monitor import __version__
from monitor.cli.fixed import FIXED
from monitor.cli.parser import parser_for
from monitor.cli.verbs import groups_of, verbs_of
from monitor.core.settings import CoreSettings
from monitor.everything import everything
from monitor.kernel.settings import load
from monitor.periphery.settings import PeripherySettings
from tests.docs.pages import PAGES, ROOT, commands, name

VARIABLE = re.compile(r"\b(MONITOR_(?:CORE|PERIPHERY)_[A-Z0-9_]+)=?")
PARTS = {"MONITOR_CORE_": CoreSettings, "MONITOR_PERIPHERY_": PeripherySettings}


def render() -> ModuleType:
    spec = importlib.util.spec_from_file_location("render", ROOT / "docs/render.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["settings.md", "cli.md"])
def test_reference_is_current(page: str) -> None:
    wanted = {path.name: made for path, made in render().PAGES.items()}[page]()
    assert (ROOT / "docs" / page).read_text() == wanted, "run script/docs"


@pytest.mark.parametrize("page", [*PAGES, ROOT / "deploy/compose.yaml", ROOT / "deploy/Dockerfile"], ids=name)
def test_settings_named_exist(page: Path) -> None:
    known = {f"{prefix}CONFIG" for prefix in PARTS}
    for prefix, struct in PARTS.items():
        shown = load(struct, prefix, environment={}).show()
        known |= {prefix + setting.name.upper().replace(".", "__") for setting in shown}
    known |= {f"{variable}_FILE" for variable in known}
    assert {v for v in VARIABLE.findall(page.read_text()) if not v.endswith("_")} - known == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_named_exist(page: Path) -> None:
    wrong = [line for line in commands(page) if _is_command(line) and not _parses(line)]
    assert wrong == []


def _is_command(line: str) -> bool:
    words = line.split()
    return bool(words) and words[0].rpartition("/")[2] == "monitor" and len(words) > 1 and not set("<…[") & set(line)


def _parses(line: str) -> bool:
    """Whether the command line understands it; a page may name a command without its arguments."""
    registry = everything()
    words = shlex.split(line, comments=True)[1:]
    if words[-1:] == ["&"]:
        words.pop()
    if words[0].isupper():
        return True
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            parser_for(registry, [*groups_of(registry), *FIXED]).parse_args(words)
    except SystemExit as ended:
        return ended.code == 0 or "arguments are required" in said.getvalue()
    return True


def test_a_wrong_command_would_be_found() -> None:
    assert _parses("monitor build run hello")
    assert _parses("monitor deployment log")
    assert not _parses("monitor build walk hello")
    assert not _parses("monitor build run hello --quickly")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_files_that_are_named_with_an_at_are_read(page: Path) -> None:
    wrong = [line for line in commands(page) if _is_command(line) and not _reads_files(line)]
    assert wrong == []


def test_a_file_that_would_not_be_read_would_be_found() -> None:
    assert _reads_files("monitor build create web --written @Dockerfile --secret npm=@token")
    assert not _reads_files("monitor build create web --image @name")


def _reads_files(line: str) -> bool:
    _, group, word, *words = [*shlex.split(line, comments=True), ""]
    named = [flag for flag, value in pairwise(words) if re.search(r"^@|=@", value)]
    if not named:
        return True
    shapes = {
        flag.name: flag.shape for verb in verbs_of(everything(), group) if verb.word == word for flag in verb.flags
    }
    return all(shapes[f].secret or shapes[f].secrets or shapes[f].lines or shapes[f].texts for f in named)


def test_the_wheel_is_called_by_its_version() -> None:
    named = set(re.findall(r"monitor-([0-9.]+)-py3-none-any\.whl", (ROOT / "README.md").read_text()))
    assert named == {__version__}
