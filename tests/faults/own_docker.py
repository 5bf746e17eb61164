"""A Docker Engine of the tests' own, in a network namespace, that may be killed; the machine's own is left alone."""

import http.client
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

BUSYBOX = Path("/usr/bin/busybox")
IMAGE = "own:1"
_CONTAINERD = """
version = 2
root = "{folder}/containerd"
state = "{folder}/containerd-state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = "{folder}/containerd.sock"
"""


class OwnDocker:
    """containerd runs all the time, as it does beside docker.service; dockerd dies and comes back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = str(folder / "docker.sock")
        self.live_restore = False
        """Whether containers outlive the daemon, at its next start."""
        self.back = 0.0
        """When it last answered after a start, by time.monotonic()."""
        self._namespace = f"mtest-{uuid4().hex[:6]}"
        self._containerd: subprocess.Popen[bytes] | None = None
        self._dockerd: subprocess.Popen[bytes] | None = None

    def set_up(self) -> None:
        """Both run, and the image is there."""
        _run("ip", "netns", "add", self._namespace)
        _run("ip", "-n", self._namespace, "link", "set", "lo", "up")
        config = self.folder / "containerd.toml"
        config.write_text(_CONTAINERD.format(folder=self.folder))
        self._containerd = self._spawn("containerd", "--config", str(config))
        self.start()
        context = self.folder / "image"
        context.mkdir()
        (context / "busybox").write_bytes(BUSYBOX.read_bytes())
        (context / "busybox").chmod(0o755)
        (context / "Dockerfile").write_text("FROM scratch\nCOPY busybox /bin/busybox\n")
        self.docker("build", "-q", "-t", IMAGE, str(context))

    def start(self) -> None:
        """The daemon, answering when this returns."""
        folder = self.folder
        # `ip netns exec` would hide the mounts of cgroups.
        self._dockerd = self._spawn(
            *("nsenter", f"--net=/var/run/netns/{self._namespace}", "dockerd"),
            *("--data-root", f"{folder}/data", "--exec-root", f"{folder}/exec", "--pidfile", f"{folder}/pid"),
            *("--host", f"unix://{self.socket}", "--group", "root", "--containerd", f"{folder}/containerd.sock"),
            *(("--live-restore",) if self.live_restore else ()),
        )
        end = time.monotonic() + 60
        while not self._answers():
            assert self._dockerd.poll() is None, (folder / "dockerd.log").read_text()[-2000:]
            assert time.monotonic() < end, "the daemon does not answer"
            time.sleep(0.02)
        self.back = time.monotonic()

    def kill(self) -> None:
        """kill -9 of the daemon."""
        process, self._dockerd = self._dockerd, None
        if process is not None:
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        (self.folder / "pid").unlink(missing_ok=True)

    def docker(self, *argv: str) -> str:
        """The docker CLI on this Engine."""
        environment = {**os.environ, "DOCKER_BUILDKIT": "0", "DOCKER_HOST": f"unix://{self.socket}"}
        done = subprocess.run(
            ["docker", *argv], check=False, capture_output=True, text=True, timeout=60, env=environment
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def containers(self) -> dict[str, str]:
        """Name → state of all there are."""
        listing = self.docker("ps", "-a", "--format", "{{.Names}} {{.State}}")
        return dict(line.split(" ") for line in listing.splitlines())

    def tear_down(self) -> None:
        """Nothing of it is left, running or mounted."""
        if self._dockerd is not None:
            ids = self.docker("ps", "-aq").split()
            if ids:
                self.docker("rm", "-fv", *ids)
        for process in (self._dockerd, self._containerd):
            if process is not None:
                process.terminate()
                process.wait(30)
        for pid in _shims_of(self.folder):
            os.kill(pid, signal.SIGKILL)
        for mount in sorted(_mounts_below(self.folder), reverse=True):
            subprocess.run(["umount", "-l", mount], check=False, capture_output=True)
        subprocess.run(["ip", "netns", "delete", self._namespace], check=False, capture_output=True)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("docker", timeout=2)
        connection.sock = socket.socket(socket.AF_UNIX)
        try:
            connection.sock.connect(self.socket)
            connection.request("GET", "/_ping")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def _spawn(self, *argv: str) -> "subprocess.Popen[bytes]":
        name = "dockerd" if "dockerd" in argv else argv[0]
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _mounts_below(folder: Path) -> list[str]:
    mounts = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
    return [mount for mount in mounts if mount.startswith(f"{folder}/")]


def _shims_of(folder: Path) -> list[int]:
    """containerd's helpers that outlived it: a daemon killed at a bad moment forgets one."""
    named = f"{folder}/containerd.sock".encode()
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            argv = path.read_bytes().split(b"\0")
            if b"containerd-shim" in argv[0] and named in argv:
                found.append(int(path.parent.name))
    return found


def _run(*argv: str) -> None:
    done = subprocess.run(argv, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(argv)}: {done.stderr}"
