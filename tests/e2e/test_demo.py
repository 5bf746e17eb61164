"""script/demo, as a new user runs it: the main job on real parts, checked from outside, twice, and after a crash."""

import contextlib
import json
import os
import signal
import stat
import subprocess
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.processes import alive

pytestmark = [pytest.mark.real, pytest.mark.timeout(400)]
ROOT = Path(__file__).parents[2]


APART = """
ip link set lo up
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /var/lib/docker
exec "$@"
"""
"""A network, /run and image store of its own: as far as Docker goes, a machine where no Engine runs."""


def demo(folder: Path, *arguments: str, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, str(ROOT / "script/demo"), *arguments],
        check=False,
        env={**os.environ, "MONITOR_DEMO_FOLDER": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "demo"
    demo(tmp_path / "demo", "--stop")


def containers(*filters: str) -> list[str]:
    wanted = [word for each in filters for word in ("--filter", each)]
    command = ["docker", "ps", "--all", "--quiet", "--no-trunc", *wanted]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def test_check_passes_and_leaves_nothing(folder: Path) -> None:
    done = demo(folder, "--check", "--base", "local")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("demo ok: ")
    assert not (folder / "check/access.json").exists()
    assert not (folder / "check/processes.json").exists()
    assert naming(folder) == []
    deployed = next(line for line in done.stdout.splitlines() if "--container-name" in line)
    name = deployed.partition("--container-name ")[2].split()[0]
    assert containers(f"name={name}") == []


def test_left_running_then_killed_then_run_again(folder: Path) -> None:
    first = demo(folder, "--base", "local")
    assert first.returncode == 0, first.stdout + first.stderr
    access = json.loads((folder / "access.json").read_text())
    assert stat.S_IMODE((folder / "access.json").stat().st_mode) == 0o600
    assert set(access) == {"url", "username", "password"}
    assert access["password"] in first.stdout
    assert "Hello from Monitor" in page(folder)

    again = demo(folder)
    assert "running already" in again.stdout
    assert json.loads((folder / "access.json").read_text()) == access

    pids = {name: each["pid"] for name, each in json.loads((folder / "processes.json").read_text()).items()}
    assert set(pids) == {"core", "periphery", "git"}
    for pid in pids.values():
        os.kill(pid, signal.SIGKILL)
    second = demo(folder, "--base", "local")
    assert second.returncode == 0, second.stdout + second.stderr
    assert json.loads((folder / "access.json").read_text())["password"] != access["password"]
    assert "Hello from Monitor" in page(folder)

    pids = {name: each["pid"] for name, each in json.loads((folder / "processes.json").read_text()).items()}
    stopped = demo(folder, "--stop")
    assert "stopped git, periphery, core" in stopped.stdout
    assert not any(map(alive, pids.values()))
    assert not (folder / "access.json").exists()


def test_an_engine_is_started_where_none_runs_and_stopped_again(folder: Path) -> None:
    apart = ["unshare", "--net", "--mount", "sh", "-euc", APART, "sh"]
    done = demo(folder, "--check", "--base", "local", before=apart)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "starting a Docker Engine" in done.stdout
    assert "stopping the Docker Engine this script started" in done.stdout
    assert naming(folder) == []


def test_stopping_nothing_is_fine(folder: Path) -> None:
    done = demo(folder, "--stop")
    assert done.returncode == 0
    assert "nothing of the demo was running" in done.stdout


def naming(folder: Path) -> list[str]:
    """Command lines of processes that name the folder."""
    found: list[str] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(path.read_text().replace("\0", " "))
    return [line for line in found if str(folder) in line]


def page(folder: Path) -> str:
    with urllib.request.urlopen((folder / "app-url").read_text(), timeout=10) as answer:
        return answer.read().decode()
