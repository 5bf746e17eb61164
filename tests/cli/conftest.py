"""What tests of the command line share: a served core, and the command run in this process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.cli.main import main
from tests.client.served import ServedCore


@dataclass
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedCore]:
    """One core for a file of tests."""
    with ServedCore(tmp_path_factory.mktemp("core")) as core:
        yield core


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own; nothing of the machine's leaks in."""
    for name in ("URL", "KEY", "PROFILE", "CA", "PASSWORD", "NAME", "SETUP_TOKEN"):
        monkeypatch.delenv(f"MONITOR_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def run(*words: str) -> Ran:
        capsys.readouterr()
        code = main(words)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


@pytest.fixture
def monitor(served: ServedCore, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same, signed in to the served core as admin."""
    monkeypatch.setenv("MONITOR_URL", served.url)
    monkeypatch.setenv("MONITOR_KEY", served.key)
    return run
