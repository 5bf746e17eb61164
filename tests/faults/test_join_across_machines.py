"""Joining across two machines: the right way works, each wrong step of it is refused with its reason."""

import json
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.faults.installation import until
from tests.faults.namespaces import CORE, CORE_ELSEWHERE, HOST, Machine, two_machines

pytestmark = pytest.mark.real
URL = f"http://{CORE}:9120"


class Pair:
    """Core on one machine, a host that wants to join on the other."""

    def __init__(self, core: Machine, host: Machine) -> None:
        self.core = core
        self.host = host
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start_core(self, name: str = "core") -> None:
        """A core whose data lies in a folder of that name; the first of each is set up and signed in to."""
        data = self.core.folder / name
        new = not data.exists()
        flags = ("--address", CORE, "--port", "9120", "--insecure-http", "true")
        self.processes[name] = self.core.start(f"{name}.log", "core", "run", "--data", str(data), *flags)
        until(lambda: self.core.run("curl", "-sf", f"{URL}/readyz").returncode == 0)
        if new:
            told = self.core.monitor("core", "user", "set-up-token", "--data", str(data))
            env = {"MONITOR_SETUP_TOKEN": told.split()[0], "MONITOR_PASSWORD": "a long password"}
            self.core.monitor("login", URL, "--set-up", "--name", "ana", "--as", name, **env)

    def stop(self, name: str) -> None:
        """End one of the processes."""
        process = self.processes.pop(name)
        process.terminate()
        process.wait(15)

    def token(self, server: str, *flags: str) -> str:
        """A join token."""
        given = self.core.monitor("server", "join-token", server, *flags, "--json")
        return str(json.loads(given)["token"])

    def status(self, server: str) -> dict[str, object]:
        """A server's live status."""
        return json.loads(self.core.monitor("server", "get", server, "--json", MONITOR_PROFILE="core"))["status"]

    def run_agent(self) -> None:
        """The host's periphery."""
        self.processes["agent"] = self.host.start("agent.log", "periphery", "run", *self.agent)

    @property
    def agent(self) -> tuple[str, ...]:
        """Its settings."""
        return ("--state", str(self.host.folder / "state"))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Generator[Pair]:
    folder: Path = tmp_path_factory.mktemp("machines")
    with two_machines(folder) as (core, host):
        made = Pair(core, host)
        try:
            made.start_core()
            core.monitor("server", "create", "far")
            yield made
        finally:
            for name in list(made.processes):
                made.stop(name)


def test_wrong_steps_are_refused_before_anything_is_pinned(pair: Pair) -> None:
    good = pair.token("far")
    number, secret, fingerprint = good.split(".")
    wrong = {
        f"{number}.{'x' * len(secret)}.{fingerprint}": "not valid",
        f"01ARZ3NDEKTSV4RRFFQ69G5FAV.{secret}.{fingerprint}": "not valid",
        f"{number}.{secret}.{'0' * 64}": "another certificate",
        "nonsense": "ID.SECRET.FINGERPRINT",
    }
    for token, told in wrong.items():
        assert told in pair.host.refused("periphery", "join", URL, "--token", token, *pair.agent), token
    assert "cannot be reached" in pair.host.refused(
        "periphery", "join", f"http://{CORE}:9999", "--token", good, *pair.agent
    )
    assert not (pair.host.folder / "state" / "core.pem").exists()
    assert pair.status("far")["state"] == "waiting"


def test_a_port_core_cannot_reach_is_named_on_both_sides(pair: Pair) -> None:
    firewall = ("INPUT", "-p", "tcp", "--dport", "8120", "-j", "DROP")
    assert pair.host.run("iptables", "-I", *firewall).returncode == 0
    try:
        told = pair.host.refused("periphery", "join", URL, "--token", pair.token("far"), *pair.agent)
    finally:
        pair.host.run("iptables", "-D", *firewall)
    for word in (HOST, "8120", "firewall"):
        assert word in told, told
    assert HOST in (pair.core.folder / "core.log").read_text()
    assert pair.status("far")["state"] == "waiting"


def test_the_right_way_works_once_and_then_only_with_an_admins_word(pair: Pair) -> None:
    pair.run_agent()
    token = pair.token("far")
    assert "far" in pair.host.monitor("periphery", "join", URL, "--token", token, *pair.agent)
    until(lambda: pair.status("far")["state"] == "up")
    assert "not valid" in pair.host.refused("periphery", "join", URL, "--token", token, *pair.agent)
    until(lambda: pair.status("far")["state"] == "up")
    refused = pair.core.refused("server", "join-token", "far")
    assert "already" in refused
    again = pair.token("far", "--replace")
    assert "far" in pair.host.monitor("periphery", "join", URL, "--token", again, *pair.agent)
    until(lambda: pair.status("far")["state"] == "up")


def test_nobody_but_the_pinned_core_is_served(pair: Pair) -> None:
    identity = str(pair.core.folder / "core" / "link.pem")
    from_elsewhere = ["curl", "-sk", "-m", "5", "--cert", identity, "--key", identity, "--interface", CORE_ELSEWHERE]

    def answered() -> str:
        """Nothing while it listens anew, as it does after the join before."""
        return pair.core.run(*from_elsewhere, f"https://{HOST}:8120/call/agent.hello", "--data-binary", "x").stdout

    assert f"{CORE_ELSEWHERE} is not in allowed_ips" in until(answered, 40)
    bare = pair.core.run("curl", "-sk", "-m", "5", f"https://{HOST}:8120/call/agent.hello", "-d", "")
    assert bare.returncode not in (0, 7), "a caller without core's certificate got an answer, or nothing listens"


def test_another_core_at_the_same_address_is_not_obeyed(pair: Pair) -> None:
    pair.stop("core")
    pair.start_core("other")
    try:
        identity = str(pair.core.folder / "other" / "link.pem")
        call = ["curl", "-sk", "-m", "5", "--cert", identity, "--key", identity]
        told = pair.core.run(*call, f"https://{HOST}:8120/call/agent.hello", "--data-binary", "x")
        assert told.returncode != 0, told.stdout
    finally:
        pair.stop("other")
        pair.start_core()
    until(lambda: pair.status("far")["state"] == "up")
