"""Help is complete, quick, and asks nothing of what it does not need."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from monitor import __version__
from monitor.cli.completion import bash, fish, tree_of
from monitor.cli.exits import Exit, of_error, of_state
from monitor.cli.main import main
from monitor.cli.parser import parser_for
from monitor.cli.verbs import NOT_OFFERED, groups_of, verbs_of
from monitor.everything import everything
from monitor.kernel import errors
from monitor.kernel.activity import State
from tests.cli.conftest import Run

REGISTRY = everything()
GROUPS = [*groups_of(REGISTRY), "login", "logout", "core", "periphery", "completion"]


def test_version(run: Run) -> None:
    assert run("--version").out == f"monitor {__version__}\n"


def test_help_names_every_group(run: Run) -> None:
    helped = run("--help")
    assert helped.code == 0
    for group in GROUPS:
        assert re.search(rf"\n    {group}\s", helped.out)


def test_every_operation_and_topic_can_be_reached() -> None:
    verbs = [verb for group in groups_of(REGISTRY) for verb in verbs_of(REGISTRY, group)]
    routed = {name for name in REGISTRY.operations if REGISTRY.route(name)[1]}
    assert {operation for verb in verbs for operation in (verb.operation, verb.file) if operation} == {
        REGISTRY.operations[n] for n in routed - NOT_OFFERED
    }
    assert {verb.stream for verb in verbs if verb.stream} == set(REGISTRY.streams.values())


@pytest.mark.parametrize("group", GROUPS)
def test_every_verb_has_help(group: str, run: Run) -> None:
    tree = tree_of(parser_for(REGISTRY, [group]))
    paths = [path for path in tree if path[:1] == (group,)]
    assert paths
    for path in paths:
        helped = run(*path, "--help")
        assert (helped.code, helped.err) == (0, "")
        assert helped.out.startswith(f"usage: monitor {' '.join(path)}".removesuffix(" list"))


@pytest.mark.parametrize(
    "words", [(), ("nonsense",), ("server",), ("server", "fly"), ("server", "get"), ("server", "ls", "--x")]
)
def test_a_wrong_command_line_is_told_in_two_lines(words: tuple[str, ...], run: Run) -> None:
    told = run(*words)
    assert (told.code, told.out) == (Exit.USAGE, "")
    assert len(told.err.splitlines()) == 2
    assert told.err.splitlines()[1].startswith("try: monitor")


def test_help_loads_neither_network_nor_server_nor_colours() -> None:
    loaded = modules_after("from monitor.cli.main import main; main(['deployment', '--help'])")
    unwanted = {"asyncio", "httpx2", "websockets", "rich", "starlette", "uvicorn", "cryptography", "argon2", "sqlite3"}
    assert not unwanted & {name.partition(".")[0] for name in loaded}
    assert not {
        name
        for name in loaded
        if name.startswith(("monitor.core", "monitor.periphery", "monitor.store", "monitor.client"))
    }


def test_the_client_loads_no_server_code() -> None:
    loaded = modules_after("import monitor.client")
    unwanted = {"starlette", "uvicorn", "uvloop", "argon2", "cryptography", "prometheus_client", "rich"}
    assert not unwanted & {name.partition(".")[0] for name in loaded}
    assert not {
        n
        for n in loaded
        if n.startswith(("monitor.core", "monitor.periphery", "monitor.store", "monitor.cli.", "monitor.testing"))
    }


def test_help_is_quick() -> None:
    before = os.times()
    subprocess.run([Path(sys.executable).parent / "monitor", "--help"], check=True, capture_output=True)
    after = os.times()
    own = after.children_user + after.children_system - before.children_user - before.children_system
    assert own < 2  # ten times what is promised, of its own time; script/bench measures the figure


def test_completion_is_valid_in_bash_and_names_everything(run: Run, tmp_path: Path) -> None:
    script = run("completion", "bash").out
    (tmp_path / "c.sh").write_text(script + COMPLETE)
    done = subprocess.run(["bash", tmp_path / "c.sh"], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["deploy", "--port"]
    assert run("completion", "fish").out.startswith("complete -c monitor")
    assert "bashcompinit" in run("completion", "zsh").out
    tree = {("server",): ["ls", "--json"]}
    assert "ls" in bash(tree)
    assert "-l json" in fish(tree)


COMPLETE = """
COMP_WORDS=(monitor deployment depl); COMP_CWORD=2; _monitor; echo "${COMPREPLY[@]}"
COMP_WORDS=(monitor deployment create web --po); COMP_CWORD=4; _monitor; echo "${COMPREPLY[@]}"
"""


def test_exit_codes() -> None:
    assert [of_state(state) for state in State if state.ended] == [Exit.DONE, Exit.FAILED, Exit.ENDED, Exit.ENDED]
    codes = {kind.code: of_error(kind("x")) for kind in errors.BY_CODE.values()}
    assert codes == {
        "invalid": 2, "not_signed_in": 3, "forbidden": 3, "not_found": 3, "policy": 3, "unavailable": 4,
        "host_error": 1, "unknown_job": 1, "conflict": 1,
    }  # fmt: skip
    assert of_error(errors.TooMany("x", 1)) == Exit.FAILED


def modules_after(code: str) -> set[str]:
    """What a fresh interpreter has loaded after running this."""
    script = (
        f"import contextlib, io, sys\nwith contextlib.redirect_stdout(io.StringIO()):\n    {code}\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_a_word_that_is_no_command_brings_those_written_alike(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["server", "contaners", "alpha"]) == Exit.USAGE
    assert "there is no verb 'contaners'; did you mean containers" in (said := capsys.readouterr().err)
    assert "watch-docker" not in said
    assert main(["xyzzy"]) == Exit.USAGE
    assert capsys.readouterr().err == "monitor: there is no command 'xyzzy'\ntry: monitor --help\n"
