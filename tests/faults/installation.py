"""A whole installation as people run it: core and a periphery as processes of the `monitor` command, on loopback."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2

from tests.ports import free_port

MONITOR = str(Path(sys.executable).with_name("monitor"))
STEADY = ["busybox", "sh", "-c", "trap 'exit 0' TERM; echo up $VERSION; busybox sleep 3600 & wait"]


def docker(*argv: str) -> str:
    """The docker CLI, as a second opinion."""
    env = {**os.environ, "DOCKER_BUILDKIT": "0"}
    done = subprocess.run(["docker", *argv], check=False, capture_output=True, text=True, timeout=60, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def until(happened: Callable[[], Any], seconds: float = 60) -> Any:
    """What it answers once that is true; fails when it does not come in time: `seconds` where some are promised."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := happened():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"it did not happen within {seconds} s")


class Installation:
    """Two processes, their folders, and a signed-in client."""

    def __init__(self, folder: Path, docker_socket: str = "/var/run/docker.sock") -> None:
        self.folder = folder
        self.mark = f"monitor-test-{uuid4().hex[:8]}"
        self.image = f"{self.mark}:base"
        self.core_port, self.agent_port = free_port(), free_port()
        self.docker_socket = docker_socket
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.key = ""
        self.api = httpx2.Client(base_url=f"http://127.0.0.1:{self.core_port}/api", timeout=90)

    def start(self) -> None:
        """Processes, first admin, base image, and the server `here` joined."""
        self.start_core()
        self.start_agent()
        token = until(lambda: re.search(r"for one hour: (\S+)", self.log("core")))[1]
        origin = {"Origin": f"http://127.0.0.1:{self.core_port}"}
        self.api.post("/setup", json={"token": token, "name": "ana", "password": "a long password"}).raise_for_status()
        self.key = self.api.post("/keys", json={"name": "tests"}, headers=origin).json()["secret"]
        self.api.cookies.clear()
        self.api.headers["Authorization"] = f"Bearer {self.key}"
        self.post("/servers", {"name": "here", "config": {}})
        joined = self.post("/servers/here/join_token", {})["token"]
        argv = ["periphery", "join", f"http://127.0.0.1:{self.core_port}", "--token", joined, *self._agent_flags()]
        done = subprocess.run([MONITOR, *argv], check=False, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        self.up()
        self._build_image()

    def start_core(self) -> None:
        """Core, listening when this returns."""
        self._spawn("core", "core", "run", "--data", str(self.folder / "core"), "--port", str(self.core_port))
        until(self._answers)

    def start_agent(self) -> None:
        """The periphery, which has its state folder and, once joined, its port when this returns."""
        before = self._agents_begun()
        self._spawn("agent", "periphery", "run", *self._agent_flags())
        until(lambda: self._agents_begun() > before)

    def kill(self, name: str) -> None:
        """As a power cut would: no goodbye."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait(10)

    def up(self) -> None:
        """Wait until core sees the host and its Docker."""
        until(lambda: self.get("/servers/here")["status"]["docker"])

    def stop(self) -> None:
        """End and remove everything it made."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
        self.api.close()
        containers = docker("ps", "-aq", "--filter", f"name={self.mark}").split()
        if containers:
            docker("rm", "-fv", *containers)
        volumes = docker("volume", "ls", "-q", "--filter", f"name={self.mark}").split()
        if volumes:
            docker("volume", "rm", *volumes)
        images = docker("images", "--format", "{{.Repository}}:{{.Tag}}", "--filter", f"reference={self.mark}*").split()
        if images:
            docker("rmi", "-f", *images)

    def log(self, name: str) -> str:
        """What a process wrote."""
        return (self.folder / f"{name}.log").read_text()

    def get(self, path: str) -> Any:
        """GET, which must succeed."""
        answer = self.api.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """POST, which must succeed."""
        answer = self.api.post(path, json=body or {})
        assert answer.status_code in (200, 202), answer.text
        return answer.json()

    def run(self, path: str) -> dict[str, Any]:
        """An action, to its end."""
        return self.ended(self.post(path)["id"])

    def ended(self, activity: str, seconds: float = 60) -> dict[str, Any]:
        """An activity once it has ended."""

        def look() -> dict[str, Any] | None:
            found = self.get(f"/activity/{activity}")
            return found if found["ended"] else None

        return until(look, seconds)

    def output(self, activity: str) -> str:
        """What an activity printed so far."""
        return "".join(line["text"] for line in self.get(f"/activity/{activity}/output?limit=10000"))

    def step(self, activity: str, name: str) -> None:
        """Wait until a step of a job runs."""
        until(lambda: any(s["name"] == name and not s["ended"] for s in self.get(f"/activity/{activity}")["steps"]))

    def deployment(self, name: str, **config: Any) -> dict[str, Any]:
        """A deployment of the base image."""
        base: dict[str, Any] = {
            "server": "here",
            "image": {"kind": "image", "image": self.image},
            "container_name": f"{self.mark}-{name}",
            "command": STEADY,
            "stable_for": 0.5,
            "stop_timeout": 2,
        }
        return self.post("/deployments", {"name": name, "config": base | config})

    def containers(self, name: str) -> dict[str, str]:
        """Name → state of a deployment's containers, whatever they are called meanwhile."""
        listing = docker("ps", "-a", "--filter", f"name={self.mark}-{name}", "--format", "{{.Names}} {{.State}}")
        return dict(line.split(" ") for line in listing.splitlines())

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"http://127.0.0.1:{self.core_port}/readyz").status_code == 200
        except httpx2.TransportError:
            return False

    def _agents_begun(self) -> int:
        path = self.folder / "agent.log"
        return len(re.findall("not joined yet|listening on", path.read_text())) if path.exists() else 0

    def _agent_flags(self) -> list[str]:
        state = str(self.folder / "agent")
        flags = ["--state", state, "--port", str(self.agent_port), "--address", "127.0.0.1"]
        return [*flags, "--docker-socket", self.docker_socket]

    def _spawn(self, name: str, *argv: str) -> None:
        log = (self.folder / f"{name}.log").open("ab")
        with log:
            self.processes[name] = subprocess.Popen(
                [MONITOR, *argv], stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder
            )

    def _build_image(self) -> None:
        context = self.folder / "image"
        context.mkdir()
        shutil.copy("/usr/bin/busybox", context / "busybox")
        (context / "Dockerfile").write_text(
            'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox","--install","-s","/bin"]\n'
        )
        docker("build", "-q", "-t", self.image, str(context))
