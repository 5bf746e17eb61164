"""The command as people run it: a core and commands as processes of their own, on loopback."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from monitor.cli.exits import Exit
from monitor.kernel.clock import SystemClock
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import LiteralImage
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.spec import SERVER
from monitor.testing.things import SimulatedVolume
from tests.client.served import ServedCore
from tests.ports import free_port

MONITOR = str(Path(sys.executable).parent / "monitor")
PASSWORD = "correct horse battery"


class Machine:
    """One machine's home, data folder and port."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MONITOR_", "XDG_"))}
        self.environment = {
            **kept,
            "XDG_CONFIG_HOME": str(folder / "config"),
            "MONITOR_CORE_DATA": str(folder / "core"),
            "MONITOR_CORE_PORT": str(self.port),
        }

    def monitor(self, *words: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [MONITOR, *words],
            check=False,
            env={**self.environment, **more},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def core(self) -> "subprocess.Popen[bytes]":
        """Start `monitor core run` and wait until it answers."""
        log = (self.folder / "core.log").open("ab")
        process = subprocess.Popen([MONITOR, "core", "run"], env=self.environment, stdout=log, stderr=log)
        log.close()
        until = time.monotonic() + 30
        while not self.answers():
            assert process.poll() is None, (self.folder / "core.log").read_text()
            assert time.monotonic() < until, "core does not answer"
            time.sleep(0.05)
        return process

    def answers(self) -> bool:
        """Whether core says it is ready."""
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def core(machine: Machine) -> "Iterator[subprocess.Popen[bytes]]":
    process = machine.core()
    yield process
    if process.poll() is None:
        process.terminate()
        process.wait(30)


def test_from_nothing_to_a_signed_in_admin(machine: Machine, core: "subprocess.Popen[bytes]") -> None:
    log = (machine.folder / "core.log").read_text()
    token = re.findall(r"set-up token, good for one hour: (\S+)", log)[0]
    refused = machine.monitor(
        "login", machine.url, "--set-up", "--name", "admin", MONITOR_SETUP_TOKEN="wrong", MONITOR_PASSWORD=PASSWORD
    )
    assert refused.returncode == Exit.REFUSED
    done = machine.monitor(
        "login", machine.url, "--set-up", "--name", "admin", MONITOR_SETUP_TOKEN=token, MONITOR_PASSWORD=PASSWORD
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert machine.monitor("server", "create", "alpha").stdout == "server alpha created (revision 1)\n"
    listed = machine.monitor("server", "ls", "--json")
    assert json.loads(listed.stdout)["items"][0]["status"]["state"] == "waiting"
    token = json.loads(machine.monitor("server", "join-token", "alpha", "--json").stdout)
    assert token["command"].startswith(f"monitor periphery join {machine.url} --token ")
    record = machine.monitor("activity", "ls").stdout
    assert "server.create" in record
    assert PASSWORD not in (machine.folder / "core.log").read_text()
    core.send_signal(signal.SIGTERM)
    assert core.wait(30) == 0
    gone = machine.monitor("server", "ls")
    assert (gone.returncode, gone.stdout) == (Exit.UNREACHABLE, "")
    assert len(gone.stderr.splitlines()) == 2


def test_users_are_made_on_the_host_of_a_stopped_core(machine: Machine) -> None:
    added = machine.monitor("core", "user", "add", "ann", "--admin", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert (added.returncode, added.stdout) == (0, "made admin ann\n"), added.stderr
    twice = machine.monitor("core", "user", "add", "ann", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert twice.returncode == Exit.FAILED
    changed = machine.monitor("core", "user", "set-password", "ann", "--password-stdin", stdin="another one 123\n")
    assert changed.returncode == 0, changed.stderr
    process = machine.core()
    try:
        busy = machine.monitor("core", "user", "add", "bob", "--password-stdin", stdin=f"{PASSWORD}\n")
        assert busy.returncode == Exit.FAILED
        assert "a core is running" in busy.stderr
        assert "monitor user create" in busy.stderr
        old = machine.monitor("login", machine.url, "--name", "ann", "--password-stdin", stdin=f"{PASSWORD}\n")
        assert old.returncode == Exit.REFUSED
        new = machine.monitor("login", machine.url, "--name", "ann", "--password-stdin", stdin="another one 123\n")
        assert new.returncode == 0, new.stderr
        assert json.loads(machine.monitor("session", "me", "--json").stdout)["user"]["admin"] is True
        record = json.loads(machine.monitor("activity", "ls", "--json").stdout)["items"]
        assert ("user.create", "cli") in [(one["operation"], one["origin"]) for one in record]
    finally:
        process.terminate()
        process.wait(30)


def test_a_set_up_token_is_issued_again_on_the_host(machine: Machine, core: "subprocess.Popen[bytes]") -> None:
    issued = machine.monitor("core", "user", "set-up-token")
    assert issued.returncode == 0
    token = issued.stdout.strip()
    done = machine.monitor(
        "login", machine.url, "--set-up", "--name", "admin", MONITOR_SETUP_TOKEN=token, MONITOR_PASSWORD=PASSWORD
    )
    assert done.returncode == 0, done.stderr
    late = machine.monitor("core", "user", "set-up-token").stdout.strip()
    over = machine.monitor(
        "login", machine.url, "--set-up", "--name", "x2", MONITOR_SETUP_TOKEN=late, MONITOR_PASSWORD=PASSWORD
    )
    assert over.returncode == Exit.FAILED
    assert "set-up is over" in over.stderr


def test_what_root_writes_for_core_belongs_to_core(machine: Machine) -> None:
    folder = machine.folder / "core"
    folder.mkdir(mode=0o700)
    shared = Path(tempfile.gettempdir())
    for above in (machine.folder, *machine.folder.parents):
        if above == shared or not above.is_relative_to(shared):
            break
        above.chmod(0o755)
    owner = 54321 if os.geteuid() == 0 else os.geteuid()
    os.chown(folder, owner, -1)
    assert machine.monitor("core", "user", "set-up-token").returncode == 0
    assert [found.stat().st_uid for found in folder.iterdir()] == [owner]


def test_a_second_core_and_a_taken_port_are_refused(machine: Machine, core: "subprocess.Popen[bytes]") -> None:
    taken = machine.monitor("core", "run")
    assert taken.returncode == Exit.UNREACHABLE
    assert f"127.0.0.1:{machine.port}" in taken.stderr
    second = machine.monitor("core", "run", "--port", str(free_port()))
    assert second.returncode == Exit.UNREACHABLE
    assert "Traceback" not in second.stderr
    beyond = machine.monitor("core", "run", "--address", "0.0.0.0")
    assert beyond.returncode == Exit.USAGE
    assert "insecure_http" in beyond.stderr


def test_a_reader_that_leaves_is_no_error(machine: Machine) -> None:
    command = [MONITOR, "completion", "fish"]
    process = subprocess.Popen(command, env=machine.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(30) == 0


def on_a_terminal(
    words: tuple[str, ...], environment: Mapping[str, str], *, interrupt_at: str = "", answer: str = ""
) -> tuple[int, str]:
    """Run a command on a pseudo terminal; its exit code and everything it drew."""
    pid, screen = pty.fork()
    if pid == 0:
        # As at a real terminal: a shell starts what it puts into the background with Ctrl-C ignored.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execve(MONITOR, [MONITOR, *words], dict(environment))
    drawn, until = "", time.monotonic() + 40
    while time.monotonic() < until:
        if not select.select([screen], [], [], 0.2)[0]:
            continue
        try:
            data = os.read(screen, 65536)
        except OSError:
            break
        if not data:
            break
        drawn += data.decode(errors="replace")
        if interrupt_at and interrupt_at in drawn:
            os.write(screen, b"\x03")
            interrupt_at = ""
        if answer and answer[0] in drawn:
            os.write(screen, answer[1:].encode())
            answer = ""
    os.close(screen)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), drawn


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedCore]:
    with ServedCore(tmp_path_factory.mktemp("core")) as made:
        yield made


@pytest.fixture
def terminal(served: ServedCore, tmp_path: Path) -> dict[str, str]:
    """The environment of somebody at a terminal, signed in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MONITOR_", "XDG_", "NO_COLOR"))}
    return {**kept, "MONITOR_URL": served.url, "MONITOR_KEY": served.key, "TERM": "xterm-256color", "COLUMNS": "100"}


def test_steps_light_up_on_a_terminal(served: ServedCore, terminal: dict[str, str]) -> None:
    deployment(served, "lit")
    served.host.machine.durations["start"] = 0.6
    try:
        code, drawn = on_a_terminal(("deployment", "deploy", "lit"), terminal)
    finally:
        served.host.machine.durations.clear()
    assert code == Exit.DONE
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn)
    assert re.search(r"· +verify", shown), "what is to come"
    assert re.search(r"✓ create", shown)
    assert re.search(r"[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] start", shown)
    assert "deployed web:1 (" in shown.splitlines()[-1]


def test_ctrl_c_leaves_an_action_running(served: ServedCore, terminal: dict[str, str]) -> None:
    deployment(served, "kept")
    served.host.machine.durations["start"] = 2
    try:
        code, drawn = on_a_terminal(("deployment", "deploy", "kept"), terminal, interrupt_at="start")
    finally:
        served.host.machine.durations.clear()
    assert code == Exit.DETACHED
    id = re.findall(r"monitor activity follow (\S+)", drawn)[0]
    with served.client() as client:
        assert client.wait(id, timeout=20).state == "succeeded"


def test_deleting_asks_at_a_terminal(served: ServedCore, terminal: dict[str, str]) -> None:
    with served.client() as client:
        client.create(SERVER, "asked", ServerConfig())
        code, drawn = on_a_terminal(("server", "delete", "asked"), terminal, answer="]n\n")
        assert "delete server asked? [y/N]" in drawn
        assert code == Exit.DETACHED
        assert client.get(SERVER, "asked").name == "asked"
        code, _ = on_a_terminal(("server", "delete", "asked"), terminal, answer="]y\n")
        assert code == Exit.DONE


def test_a_prune_shows_what_it_would_take_and_asks_at_a_terminal(served: ServedCore, terminal: dict[str, str]) -> None:
    served.host.machine.volumes["spare"] = SimulatedVolume(created=SystemClock().now())
    code, drawn = on_a_terminal(("server", "prune-volumes", "alpha", "--volume", "spare"), terminal, answer="]n\n")
    shown, _, question = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn).partition("Remove volumes nothing uses")
    assert "spare" in shown
    assert "server alpha: prune volumes? [y/N]" in question
    assert (code, "spare" in served.host.machine.volumes) == (Exit.DETACHED, True)


def deployment(served: ServedCore, name: str) -> None:
    with served.client() as client:
        client.create(
            DEPLOYMENT, name, DeploymentConfig(server="alpha", image=LiteralImage(image="web:1"), stable_for=0)
        )
