"""Terminals of a whole installation: the command line at a pty, kill -9 of either side, and no key left anywhere."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from tests.faults.installation import MONITOR, Installation, docker, until

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def web(installed: Installation) -> str:
    """Its container's name."""
    installed.deployment("web", network="none", command=["sleep", "86400"])
    assert installed.run("/deployments/web/deploy")["state"] == "succeeded"
    return f"{installed.mark}-web"


def environment(installed: Installation) -> dict[str, str]:
    url = f"http://127.0.0.1:{installed.core_port}"
    return {**os.environ, "MONITOR_URL": url, "MONITOR_KEY": installed.key, "COLUMNS": "", "LINES": ""}


class Cli:
    """`monitor deployment terminal web` with a pty of its own."""

    def __init__(self, process: "subprocess.Popen[bytes]", side: int) -> None:
        self.process = process
        self.side = side
        self.output = b""

    def type(self, keys: bytes) -> None:
        os.write(self.side, keys)

    def until(self, text: bytes, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while text not in self.output:
            left = end - time.monotonic()
            assert left > 0, self.output
            if select.select([self.side], [], [], left)[0]:
                try:
                    self.output += os.read(self.side, 65536)
                except OSError:
                    assert text in self.output, self.output
                    return

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


@contextmanager
def cli(installed: Installation, *words: str) -> Generator[Cli]:
    side, theirs = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 31, 97, 0, 0))
    process = subprocess.Popen(
        [MONITOR, "deployment", "terminal", "web", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={k: v for k, v in environment(installed).items() if k not in ("COLUMNS", "LINES")},
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - a session's first terminal
    )
    before = termios.tcgetattr(theirs)
    made = Cli(process, side)
    try:
        yield made
        assert termios.tcgetattr(theirs) == before, "the terminal was not given back as it was"
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)
        os.close(side)
        os.close(theirs)


def strangers(container: str) -> list[str]:
    lines = docker("top", container, "-eo", "pid,args").splitlines()[1:]
    return [line for line in lines if not line.endswith("sleep 86400")]


def newest(installed: Installation) -> dict[str, str]:
    return installed.get("/activity?operation=deployment.terminal&limit=1")["items"][0]


def test_a_terminal_in_this_one(installed: Installation, web: str) -> None:
    with cli(installed) as here:
        here.until(b"# ")
        here.type(b"stty size\r")
        here.until(b"31 97\r\n")
        here.resize(120, 40)
        here.type(b'until [ "$(stty size)" = "40 120" ]; do sleep 0.1; done\r')
        here.type("echo '\u4e16\u754c \U0001f680'; stty size\r".encode())
        here.until("\r\n\u4e16\u754c \U0001f680\r\n40 120\r\n".encode())
        here.type(b"exit 6\r")
        assert here.process.wait(60) == 6
    assert newest(installed)["summary"] == "/bin/sh: exit code 6"


def test_the_way_out(installed: Installation, web: str) -> None:
    with cli(installed, "--", "sh", "-c", "trap '' TERM INT HUP; echo deaf; while :; do sleep 1; done") as here:
        here.until(b"deaf")
        here.type(b"\r~.")
        assert here.process.wait(20) != 0
    assert strangers(web) == []


def test_as_part_of_a_pipe(installed: Installation, web: str) -> None:
    data = os.urandom(2_000_000)
    done = subprocess.run(
        [MONITOR, "deployment", "terminal", "web", "-T", "--", "sh", "-c", "cat; echo err >&2; exit 5"],
        check=False,
        input=data,
        capture_output=True,
        timeout=60,
        env=environment(installed),
    )
    assert (done.returncode, done.stdout == data, done.stderr) == (5, True, b"err\n")


def test_no_key_and_nothing_written_is_anywhere(installed: Installation, web: str) -> None:
    secret = b"hunter2-typed-in-a-terminal"
    with cli(installed) as here:
        here.until(b"# ")
        here.type(b"PASSWORD=" + secret + b"; echo in''side; echo $PASSWORD | rev\r")
        here.until(b"inside")
        here.type(b"exit\r")
        assert here.process.wait(20) == 0
    until(lambda: newest(installed)["ended"])
    for path in installed.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert secret not in content, path
            assert secret[::-1] not in content, path


def test_killing_the_periphery_ends_it(installed: Installation, web: str) -> None:
    with cli(installed) as here:
        here.until(b"# ")
        here.type(b"setsid sleep 4444 & sleep 5555\r")
        until(lambda: len(strangers(web)) >= 3)
        installed.kill("agent")
        assert strangers(web)
        installed.start_agent()
        until(lambda: not strangers(web))
        assert here.process.wait(60) != 0
    installed.up()
    assert until(lambda: newest(installed)["ended"] and newest(installed))["state"] == "interrupted"


def test_killing_core_ends_it_unless_one_comes_back(installed: Installation, web: str) -> None:
    with cli(installed) as here:
        here.until(b"# ")
        here.type(b"echo be''fore; sleep 5555 &\r")
        here.until(b"before")
        installed.kill("core")
        time.sleep(1)
        installed.start_core()
        installed.up()
        here.type(b"\recho back a''gain\r")
        here.until(b"back again", 30)
        installed.kill("core")
        begun = time.monotonic()
        until(lambda: not strangers(web), 60)
        assert 5 < time.monotonic() - begun < 45
        installed.start_core()
        here.process.send_signal(signal.SIGTERM)
    installed.up()
    assert until(lambda: newest(installed)["ended"] and newest(installed))["state"] == "succeeded"
    assert "nobody was connected for 30 s" in newest(installed)["summary"]


def test_a_host_that_allows_none(installed: Installation, web: str) -> None:
    agent = installed.processes.pop("agent")
    agent.terminate()
    agent.wait(20)
    os.environ["MONITOR_PERIPHERY_POLICY__CONTAINER_TERMINALS"] = "false"
    try:
        installed.start_agent()
    finally:
        del os.environ["MONITOR_PERIPHERY_POLICY__CONTAINER_TERMINALS"]
    installed.up()
    done = subprocess.run(
        [MONITOR, "deployment", "terminal", "web", "-T", "--", "true"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment(installed),
    )
    assert done.returncode != 0
    assert "this host allows no terminals" in done.stderr
    assert "container_terminals = true" in done.stderr
