"""The Docker Engine of this machine: found running, or started here and stopped again by whoever started it."""

import contextlib
import grp
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

from parts import packages
from parts.packages import as_root, find
from parts.say import GiveUp, say

SOCKET = Path("/var/run/docker.sock")
PATIENCE = 90.0
KEPT = ("HOME", "PATH", "LANG", "LC_", "TERM", "CI", "PIP_", "UV_", "PYTHON", "MONITOR_", "SSL_")


def docker(*arguments: str, timeout: float = 60.0) -> "subprocess.CompletedProcess[str]":
    """Run the docker command; the caller looks at the outcome."""
    command = [find("docker") or "docker", *arguments]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL
    )


def answers() -> bool:
    """Whether an Engine answers to this user."""
    if find("docker") is None:
        return False
    try:
        return docker("version", "--format", "{{.Server.Version}}", timeout=20).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def ensure(pid_file: Path) -> None:
    """Have an Engine running. One that was started here has its pid in `pid_file`, for `stop`."""
    packages.ensure([packages.DOCKER])
    packages.ensure([packages.DOCKER_CLI])
    if answers():
        return
    if os.environ.get("DOCKER_HOST"):
        raise GiveUp(_unreachable())
    join_group()
    if Path("/run/systemd/system").is_dir() and _systemd_starts_it():
        return
    _start(pid_file)


def stop(pid_file: Path) -> None:
    """Stop the Engine that `ensure` started; nothing if it started none."""
    try:
        pid = int(pid_file.read_text())
    except (FileNotFoundError, ValueError):
        return
    if _is_dockerd(pid):
        say("stopping the Docker Engine this script started")
        # Not kill(1): a minimal system has none, and as an ordinary user it takes sudo.
        terminate = [sys.executable, "-c", f"import os, signal; os.kill({pid}, signal.SIGTERM)"]
        subprocess.run([*as_root(), *terminate], check=False, stdin=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while _is_dockerd(pid) and time.monotonic() < until:
            time.sleep(0.1)
    pid_file.unlink(missing_ok=True)


def join_group() -> None:
    """Where the Engine's socket is its group's alone, go on as the same user with that group added, for this run only.

    Nothing on the machine is changed by it: no user is put into a group.
    """
    if os.geteuid() == 0 or not _socket_is_closed_to_us() or "MONITOR_IN_DOCKER_GROUP" in os.environ:
        return
    group = SOCKET.stat().st_gid
    groups = ",".join(str(g) for g in sorted({*os.getgroups(), group}))
    say(f"the Docker Engine's socket belongs to group {_group_name(group)}: using sudo to join it for this run")
    become = ["setpriv", "--reuid", str(os.getuid()), "--regid", str(os.getgid()), "--groups", groups]
    kept = [f"{name}={value}" for name, value in os.environ.items() if name.startswith(KEPT)]
    command = [*as_root(), *become, "env", *kept, "MONITOR_IN_DOCKER_GROUP=1", sys.executable, *sys.argv]
    sys.stdout.flush()
    os.execvp(command[0], command)  # noqa: S606 - an argv list, no shell


def _systemd_starts_it() -> bool:
    """Whether docker.service is up; after that the socket may still be closed to this user."""
    say("starting docker.service")
    subprocess.run([*as_root(), "systemctl", "start", "docker.service"], check=False, stdin=subprocess.DEVNULL)
    return _wait(30)


def _start(pid_file: Path) -> None:
    dockerd = find("dockerd")
    if dockerd is None:
        raise GiveUp("there is a docker command but no dockerd and no Engine answers; install docker.io or start one")
    pid_file.parent.mkdir(parents=True, exist_ok=True)
    log = pid_file.with_suffix(".log")
    say(f"starting a Docker Engine (its log: {log})")
    with log.open("ab") as out, contextlib.suppress(FileNotFoundError):
        subprocess.Popen(
            [*as_root(), "setsid", dockerd, "--pidfile", str(pid_file)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    if not _wait(PATIENCE):
        raise GiveUp(f"the Docker Engine did not start within {PATIENCE:.0f} s; the end of {log}:\n{_tail(log)}")


def _wait(seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answers():
            return True
        if SOCKET.exists() and _socket_is_closed_to_us():
            join_group()
        time.sleep(0.25)
    return False


def _socket_is_closed_to_us() -> bool:
    try:
        there = stat.S_ISSOCK(SOCKET.stat().st_mode)
    except OSError:
        return False
    return there and not os.access(SOCKET, os.R_OK | os.W_OK)


def _unreachable() -> str:
    where = os.environ.get("DOCKER_HOST") or str(SOCKET)
    return f"no Docker Engine answers at {where}: {docker('version').stderr.strip()[-500:]}"


def _is_dockerd(pid: int) -> bool:
    """Whether it runs (and is not another program, or dead and only not yet waited for; proc(5), stat)."""
    try:
        name, _, rest = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rpartition(")")
    except OSError:
        return False
    return name == "dockerd" and rest.split()[0] != "Z"


def _group_name(group: int) -> str:
    try:
        return grp.getgrgid(group).gr_name
    except KeyError:
        return str(group)


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:]


def end_process(pid: int, seconds: float = 10.0) -> None:
    """TERM, and KILL when that was not enough; children of ours are reaped."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sent)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            if not Path(f"/proc/{pid}").exists():
                return
            time.sleep(0.02)
