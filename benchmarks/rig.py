"""Rig: a real core and periphery as two processes on loopback, a registry, and images made from static busybox."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx2

PREFIX = "monitor-bench"
STEADY = "trap 'exit 0' TERM; while :; do sleep 1000 & wait; done"
"""PID 1 that ends on TERM at once."""


class Rig:
    """Everything the figures need; `folder` holds all state."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.core_port, self.agent_port, self.registry_port = free_port(), free_port(), free_port()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.api = httpx2.Client(base_url=f"http://127.0.0.1:{self.core_port}/api", timeout=600)
        self.key = ""

    def start(self) -> None:
        """Core, periphery, join, registry, base image."""
        self._spawn("registry", ["docker-registry", "serve", str(self._registry_config())])
        self._spawn("core", [sys.executable, "-m", "benchmarks.run", "core", self._state("core"), str(self.core_port)])
        self._spawn(
            "agent", [sys.executable, "-m", "benchmarks.run", "agent", self._state("agent"), str(self.agent_port)]
        )
        token = self._set_up_token()
        self.api.post("/setup", json={"token": token, "name": "bench", "password": "bench bench"}).raise_for_status()
        origin = {"Origin": f"http://127.0.0.1:{self.core_port}"}
        self.key = self.api.post("/keys", json={"name": "bench"}, headers=origin).json()["secret"]
        self.api.cookies.clear()
        self.api.headers["Authorization"] = f"Bearer {self.key}"
        self.post("/servers", {"name": "bench", "config": {}})
        joined = self.post("/servers/bench/join_token", {})["token"]
        url = f"http://127.0.0.1:{self.core_port}"
        join = [sys.executable, "-m", "benchmarks.run", "join", self._state("agent"), str(self.agent_port), url, joined]
        subprocess.run(join, check=True, capture_output=True)
        wait_until(lambda: self.get("/servers/bench")["status"]["docker"])
        make_image(self.folder / "image", f"{PREFIX}:base", STEADY)

    def stop(self) -> None:
        """End what was started, remove what was made."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
        names = docker("ps", "-aq", "--filter", f"name={PREFIX}").split()
        if names:
            docker("rm", "-f", *names)
        listed = docker("images", "--format", "{{.Repository}}:{{.Tag}}").split()
        images = [image for image in listed if PREFIX in image]
        if images:
            docker("rmi", "-f", *images)

    def get(self, path: str) -> Any:
        """GET, decoded."""
        answer = self.api.get(path)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """POST, decoded; a problem is raised with its text."""
        answer = self.api.post(path, json=body)
        if answer.status_code >= 400:
            raise RuntimeError(answer.text)
        return answer.json()

    def deployment(self, name: str, image: str, **config: Any) -> None:
        """Create a deployment on the rig's server."""
        body = {"server": "bench", "image": {"kind": "image", "image": image}, "container_name": f"{PREFIX}-{name}"}
        self.post("/deployments", {"name": name, "config": body | config})

    def act(self, path: str) -> dict[str, Any]:
        """Run an action to its end; RuntimeError unless it succeeded."""
        activity = self.post(f"{path}?wait=600", {})
        if activity["state"] != "succeeded":
            raise RuntimeError(f"{path}: {activity['error']}")
        return activity

    def _spawn(self, name: str, argv: list[str]) -> None:
        log = (self.folder / f"{name}.log").open("wb")
        env = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
        self.processes[name] = subprocess.Popen(argv, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=env)

    def _state(self, name: str) -> str:
        return str(self.folder / name)

    def _set_up_token(self) -> str:
        log = self.folder / "core.log"
        wait_until(lambda: "for one hour: " in log.read_text())
        return log.read_text().partition("for one hour: ")[2].split()[0]

    def _registry_config(self) -> Path:
        config = self.folder / "registry.yml"
        storage = f"storage: {{filesystem: {{rootdirectory: {self.folder}/registry}}}}"
        config.write_text(f"version: 0.1\n{storage}\nhttp: {{addr: '127.0.0.1:{self.registry_port}'}}\n")
        return config


@contextlib.contextmanager
def rig() -> Generator[Rig]:
    """A started rig, cleaned up at the end whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="monitor-bench-"))
    made = Rig(folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def make_image(folder: Path, tag: str, script: str) -> None:
    """An image FROM scratch with static busybox, running a shell script as PID 1."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy("/usr/bin/busybox", folder / "busybox")
    command = json.dumps(["/bin/sh", "-c", script])
    (folder / "Dockerfile").write_text(
        'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox","--install","-s","/bin"]\n' + f"CMD {command}\n"
    )
    docker("build", "-q", "-t", tag, str(folder))


def docker(*argv: str) -> str:
    """The docker CLI's output."""
    environment = {**os.environ, "DOCKER_BUILDKIT": "0"}
    done = subprocess.run(["docker", *argv], check=True, capture_output=True, text=True, env=environment)
    return done.stdout


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(happened: Any, seconds: float = 30) -> None:
    """Wait for a condition; RuntimeError when it does not come."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return
        time.sleep(0.05)
    raise RuntimeError("it did not happen in time")
