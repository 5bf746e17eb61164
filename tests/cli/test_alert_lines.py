"""Every command the pages on alerts show, read to its values: a line that parses may still say what no field takes."""

import shlex
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.inputs import operation_from
from monitor.cli.parser import Parser, add_verbs
from monitor.cli.sources import Sources
from monitor.cli.verbs import verbs_of
from monitor.everything import everything
from monitor.resources.alert_rule.scope import OneServer

REGISTRY = everything()
DOCS = Path(__file__).parents[2] / "docs"
_WORDS = {"list": "ls"}
LINES = [
    line.strip()
    for page in ("alerts.md", "notifications.md")
    for line in (DOCS / page).read_text().splitlines()
    if line.startswith(("    monitor alert", "    monitor maintenance"))
]


def asked(line: str) -> Any:
    """The operation it stands for."""
    _, group, *words = shlex.split(line)
    parser = Parser(prog=f"monitor {group}")
    add_verbs(parser, REGISTRY, group)
    args = parser.parse_args(words)
    verb = next(v for v in verbs_of(REGISTRY, group) if v.word == _WORDS.get(words[0], words[0]))
    return operation_from(verb.asked, verb.flags, args, Sources())


@pytest.mark.parametrize("line", LINES)
def test_what_the_pages_show(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in ("url.txt", "pushover.txt"):
        (tmp_path / file).write_text("ntfys://ntfy.example.org/TOPIC\n")
    monkeypatch.chdir(tmp_path)
    assert asked(line) is not None


def test_an_override_in_words() -> None:
    line = 'monitor alert-rule update disk --override "server backup-1: warning=97" --override "tagged gpu, ci: off"'
    on_server, off = asked(line).config.overrides
    assert (on_server.scope, on_server.warning, on_server.critical) == (OneServer(server="backup-1"), 97, None)
    assert (off.scope.tags, off.off) == (("gpu", "ci"), True)
