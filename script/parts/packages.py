"""Debian packages: what programs the scripts need, which of them are missing, and how those are installed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parts.say import GiveUp, say


@dataclass(frozen=True)
class Need:
    """One thing a script needs: how to see that it is there, and which packages bring it."""

    what: str
    there: Callable[[], bool]
    packages: tuple[str, ...]
    advice: str = ""
    """What else may be done where those packages do not bring it."""


def program(*names: str) -> Callable[[], bool]:
    """Whether all of these programs are on PATH or where the system keeps its own."""
    return lambda: all(find(name) for name in names)


def find(name: str) -> str | None:
    """Full path of a program; also looks where root's programs are, which an ordinary user's PATH leaves out."""
    path = os.environ.get("PATH", os.defpath)
    return shutil.which(name, path=f"{path}:/usr/local/sbin:/usr/sbin:/sbin")


def venv_works() -> bool:
    """Whether this Python can make a virtual environment with pip in it (Debian splits that off)."""
    command = [sys.executable, "-c", "import venv, ensurepip"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def busybox_is_static() -> bool:
    """Whether there is a busybox that needs no libraries, with the web server the example uses."""
    busybox = find("busybox")
    if busybox is None or not Path("/usr/share/doc/busybox-static").exists():
        return False
    applets = subprocess.run([busybox, "--list"], check=False, capture_output=True, text=True).stdout.split()
    return "httpd" in applets


def engine_is_here() -> bool:
    """Whether there is a docker command with an Engine: one that answers, or one that can be started."""
    docker = find("docker")
    if docker is None:
        return False
    if find("dockerd") is not None:
        return True
    command = [docker, "version", "--format", "{{.Server.Version}}"]
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=20).returncode == 0
    except subprocess.TimeoutExpired:
        return False


GIT = Need("git", program("git"), ("git",))
VENV = Need("Python's venv", venv_works, ("python3-venv",))
DOCKER = Need("Docker Engine", engine_is_here, ("docker.io", "iptables"))
DOCKER_CLI = Need("the docker command", program("docker"), ("docker-cli",))
BUSYBOX = Need("static busybox", busybox_is_static, ("busybox-static",))
REGISTRY = Need("an image registry for tests", program("docker-registry"), ("docker-registry",))
SSH = Need(
    "an ssh server and client for tests", program("sshd", "ssh", "ssh-keygen"), ("openssh-server", "openssh-client")
)
NETWORK = Need("network namespaces (ip, nsenter)", program("ip", "nsenter"), ("iproute2", "util-linux"))
FIREWALL = Need("a firewall and an HTTP client for tests", program("iptables", "curl"), ("iptables", "curl"))
LOAD = Need("wrk, which measures requests a second", program("wrk"), ("wrk",))
BOOTSTRAP = Need("mmdebstrap for test images", program("mmdebstrap"), ("mmdebstrap",))


def ensure(needs: Sequence[Need]) -> list[str]:
    """Install what is missing, saying so. Answers the packages installed; GiveUp if that is not possible."""
    missing = [need for need in needs if not need.there()]
    if not missing:
        return []
    names = list(dict.fromkeys(name for need in missing for name in need.packages))
    say(f"installing {', '.join(need.what for need in missing)}: Debian packages {' '.join(names)}")
    try:
        install(names)
    except GiveUp as problem:
        raise _with_advice(str(problem), missing) from None
    for need in missing:
        if not need.there():
            raise _with_advice(f"{need.what} is still missing after installing {' '.join(need.packages)}", [need])
    return names


def _with_advice(problem: str, needs: Sequence[Need]) -> GiveUp:
    return GiveUp("\n".join([problem, *(f"{need.what}: {need.advice}" for need in needs if need.advice)]))


def install(names: Sequence[str]) -> None:
    """apt-get, as root or through sudo, without a question."""
    apt = find("apt-get")
    if apt is None:
        raise GiveUp(f"there is no apt-get here; install what Debian calls {' '.join(names)} yourself, then try again")
    quiet = [*as_root(), "env", "DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_SUSPEND=1"]
    wait = ["-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    run([*quiet, apt, *wait, "update"])
    run([*quiet, apt, *wait, "install", "-y", "--no-install-recommends", "--", *names])


def as_root() -> list[str]:
    """What to put before a command that needs root: nothing, or sudo (which asks only on a terminal)."""
    if os.geteuid() == 0:
        return []
    sudo = find("sudo")
    if sudo is None:
        raise GiveUp("root is needed to install packages and there is no sudo; run this as root")
    return [sudo] if sys.stdin.isatty() else [sudo, "-n"]


def run(command: Sequence[str], folder: Path | None = None, environment: Mapping[str, str] | None = None) -> None:
    """Run to the end quietly; on failure show what it printed."""
    done = subprocess.run(
        located(command, environment),
        check=False,
        stdin=_stdin(),
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
    )
    if done.returncode:
        raise GiveUp(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-4000:]}")


def located(command: Sequence[str], environment: Mapping[str, str] | None) -> list[str]:
    """The command with its program looked up on the PATH it will run with; Python would look on its own."""
    path = (environment or os.environ).get("PATH", os.defpath)
    return [shutil.which(command[0], path=path) or command[0], *command[1:]]


def _stdin() -> int | None:
    return None if sys.stdin.isatty() else subprocess.DEVNULL
