"""What stands in the real Docker for one test: a tiny image, containers by label, and nothing of it afterwards."""

import shutil
import subprocess
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from monitor.abilities.container.calls import Label
from monitor.kernel.clock import SystemClock
from monitor.kernel.ids import new_id

BUSYBOX = Path("/usr/bin/busybox")
DOCKERFILE = "FROM scratch\nLABEL monitor.test.image={tag}\nCOPY busybox /bin/busybox\n"
"""Its label makes it an image of its own: Docker takes two that are alike for one, whoever else made it."""
ENDS = 30.0
"""Seconds a container is watched that a test expects to end: none are spent once it has, however busy the machine."""
SERVE = ["busybox", "sh", "-c", "trap 'exit 0' TERM; echo up; busybox sleep 3600 & wait"]
"""Runs until TERM, and then ends at once."""


def docker(*argv: str) -> str:
    """The docker CLI, as a second opinion."""
    done = subprocess.run(["docker", *argv], check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def build_image(folder: Path) -> str:
    """A fresh image with busybox in it."""
    tag = f"monitor-test-abilities-{uuid4().hex[:8]}:1"
    shutil.copy(BUSYBOX, folder / "busybox")
    (folder / "Dockerfile").write_text(DOCKERFILE.format(tag=tag))
    done = subprocess.run(
        ["docker", "build", "-q", "-t", tag, str(folder)],
        check=False,
        capture_output=True,
        text=True,
        env={"DOCKER_BUILDKIT": "0", "PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder)},
    )
    assert done.returncode == 0, done.stderr
    return tag


class World:
    """Names and bodies of one test."""

    def __init__(self, image: str) -> None:
        self.image = image
        self.mark = f"monitor-test-{uuid4().hex[:8]}"
        self.labels = [f"monitor.test={self.mark}"]
        self.deployment = self.job()
        self.images: list[str] = []

    def name(self, word: str = "web") -> str:
        """A container name nobody else uses."""
        return f"{self.mark}-{word}"

    def job(self) -> str:
        """A fresh job id."""
        return new_id(SystemClock().now())

    def body(self, command: list[str] | None = None, **host: Any) -> dict[str, Any]:
        """A body as core would send it."""
        labels = {Label.CORE.value: "core", Label.DEPLOYMENT.value: self.deployment, "monitor.test": self.mark}
        policy = {"RestartPolicy": {"Name": "always"}}
        return {"Image": self.image, "Cmd": command or SERVE, "Labels": labels, "HostConfig": policy | host}

    def derived(self, line: str) -> str:
        """The image with one more line to its Dockerfile."""
        tag = f"{self.mark}:{len(line)}"
        argv = ["docker", "build", "-q", "-t", tag, "-"]
        text = f"FROM {self.image}\n{line}\n"
        subprocess.run(argv, input=text.encode(), check=True, capture_output=True, env={"DOCKER_BUILDKIT": "0"})
        self.images.append(tag)
        return tag

    def wrote(self, text: str, word: str = "web") -> str:
        """All its container has written, once this is among it."""
        late = time.monotonic() + 20
        while text not in (log := docker("logs", self.name(word))):
            assert time.monotonic() < late, log
            time.sleep(0.05)
        return log

    def network(self, word: str = "net") -> str:
        """A fresh network, on which Docker answers names."""
        docker("network", "create", self.name(word))
        return self.name(word)

    def containers(self) -> dict[str, str]:
        """Name → state of every container of this test, once Docker is done with removing any."""
        late = time.monotonic() + 20
        argv = ("ps", "-a", "--filter", f"label=monitor.test={self.mark}", "--format", "{{.Names}} {{.State}}")
        while True:
            found = dict(line.split(" ") for line in docker(*argv).splitlines())
            if "removing" not in found.values() or time.monotonic() >= late:
                return found
            time.sleep(0.05)

    def run(self, word: str, *options: str, command: list[str] | None = None) -> str:
        """A container made outside Monitor; its id."""
        label = f"monitor.test={self.mark}"
        argv = ["run", "-d", "--name", self.name(word), "--label", label, *options, self.image, *(command or SERVE)]
        return docker(*argv)

    def clean(self) -> None:
        """Remove all of it."""
        ids = docker("ps", "-aq", "--filter", f"label=monitor.test={self.mark}").split()
        if ids:
            docker("rm", "-fv", *ids)
        if self.images:
            docker("rmi", "-f", *self.images)
        networks = docker("network", "ls", "-q", "--filter", f"name={self.mark}").split()
        if networks:
            docker("network", "rm", *networks)
        volumes = docker("volume", "ls", "-q", "--filter", f"name={self.mark}").split()
        if volumes:
            docker("volume", "rm", *volumes)
