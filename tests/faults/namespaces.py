"""Two machines on one: a network namespace each, joined by a cable (veth), both gone afterwards."""

import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from tests.faults.installation import MONITOR

CORE = "10.231.77.1"
CORE_ELSEWHERE = "10.231.77.9"
"""A second address of core's machine, which no host was told of."""
HOST = "10.231.77.2"


class Machine:
    """One namespace; commands run inside it."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder

    def argv(self, *argv: str) -> list[str]:
        """The same command, inside."""
        return ["ip", "netns", "exec", self.name, *argv]

    def run(self, *argv: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        environment = {**os.environ, "HOME": str(self.folder), **env}
        return subprocess.run(
            self.argv(*argv), check=False, capture_output=True, text=True, errors="replace", timeout=90, env=environment
        )

    def monitor(self, *argv: str, **env: str) -> str:
        """Run a `monitor` command that must succeed."""
        done = self.run(MONITOR, *argv, **env)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *argv: str, **env: str) -> str:
        """Run a `monitor` command that must fail; what it said, on one line."""
        done = self.run(MONITOR, *argv, **env)
        assert done.returncode != 0, done.stdout
        assert "Traceback" not in done.stderr, done.stderr
        return " ".join(done.stderr.split())

    def start(self, log: str, *argv: str) -> "subprocess.Popen[bytes]":
        """A long-running `monitor` command."""
        with (self.folder / log).open("ab") as out:
            environment = {**os.environ, "HOME": str(self.folder)}
            return subprocess.Popen(
                self.argv(MONITOR, *argv), stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=environment
            )


@contextmanager
def two_machines(folder: Path) -> Generator[tuple[Machine, Machine]]:
    """(core's, the host's)."""
    mark = uuid4().hex[:6]
    machines = [Machine(f"mtest-{word}-{mark}", folder / word) for word in ("core", "host")]
    cables = [f"mt{mark}c", f"mt{mark}h"]
    try:
        for machine in machines:
            machine.folder.mkdir()
            _ip("netns", "add", machine.name)
        _ip("link", "add", cables[0], "type", "veth", "peer", "name", cables[1])
        for machine, cable, addresses in zip(machines, cables, ((CORE, CORE_ELSEWHERE), (HOST,)), strict=True):
            _ip("link", "set", cable, "netns", machine.name)
            for address in addresses:
                _ip("-n", machine.name, "address", "add", f"{address}/24", "dev", cable)
            for link in ("lo", cable):
                _ip("-n", machine.name, "link", "set", link, "up")
        yield machines[0], machines[1]
    finally:
        for machine in machines:
            subprocess.run(["ip", "netns", "delete", machine.name], check=False, capture_output=True)


def _ip(*argv: str) -> None:
    done = subprocess.run(["ip", *argv], check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"ip {' '.join(argv)}: {done.stderr}"
