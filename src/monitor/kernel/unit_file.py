"""systemd units for core and periphery: as little power as each can do with."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from monitor.kernel.errors import Conflict, Forbidden, Unavailable

FOLDER = Path("/etc/systemd/system")


class Service(Struct, frozen=True, kw_only=True):
    """What differs between the units."""

    name: str
    """`monitor-core`: of the unit, its user and its folder below /var/lib."""
    title: str
    verb: tuple[str, ...]
    """`("core", "run")`."""
    config: Path
    more: tuple[str, ...] = ()
    """Lines of its own."""


def unit_text(service: Service) -> str:
    """The unit (systemd.exec(5), systemd.service(5); systemd 250 or later)."""
    more = "\n".join(service.more)
    return f"""\
[Unit]
Description={service.title}
Wants=network-online.target
After=network-online.target docker.service

[Service]
ExecStart={_program()} {" ".join(service.verb)} --config %d/{service.config.name}
LoadCredential={service.config.name}:{service.config}
User={service.name}
Group={service.name}
StateDirectory={service.name}
StateDirectoryMode=0700
UMask=0077
Restart=on-failure
RestartSec=1
TimeoutStopSec=30
KillMode=mixed
{more}

NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
"""


def install(service: Service, *, groups: Sequence[str] = (), force: bool = False) -> Path:
    """Write the unit, make its user and tell systemd; answers where. Forbidden unless root."""
    if os.geteuid() != 0:
        raise Forbidden("only root can install a unit", hint="run it with sudo, or print the unit without --install")
    path = FOLDER / f"{service.name}.service"
    if path.exists() and path.read_text() != unit_text(service) and not force:
        raise Conflict(f"{path} exists and differs; it was left as it is", hint="say --force to replace it")
    if not _has_user(service.name):
        joined = ["--groups", ",".join(groups)] if groups else []
        _run(
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            *joined,
            service.name,
        )
    try:
        path.write_text(unit_text(service))
    except OSError as failure:
        raise Unavailable(
            f"{path} cannot be written: {failure.strerror}", hint="is this a system with systemd?"
        ) from None
    _run("systemctl", "daemon-reload")
    return path


def _program() -> Path:
    """This very command, wherever it is installed."""
    beside = Path(sys.executable).parent / "monitor"
    return beside if beside.exists() else Path(shutil.which("monitor") or beside)


def _has_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _run(*argv: str) -> None:
    try:
        subprocess.run(argv, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise Unavailable(f"{argv[0]} is not there", hint="is this a system with systemd?") from None
    except subprocess.CalledProcessError as failed:
        raise Unavailable(f"{argv[0]} failed: {failed.stderr.strip()}") from None
