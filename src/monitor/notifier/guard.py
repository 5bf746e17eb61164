"""Guard: what the notifier may touch. It stands below every library, where Python itself asks (PEP 578), at the moment
a connection is made: whatever a name resolved to before, and whoever redirected there.

Networks of one's own are normal places to send to. This machine, what only its network card can reach (and with it the
metadata service of clouds), and where Monitor itself listens, are not.
"""

import ipaddress
import os
import socket
import ssl
import sys
import sysconfig
from collections.abc import Sequence
from typing import Any

from monitor.notifier.addresses import Address, inner, refused
from monitor.notifier.task import Endpoint, Task

_NEVER = (
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn"),
    *("socket.sendto", "socket.sendmsg", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.chown"),
    *("os.link", "os.symlink", "os.truncate", "os.putenv", "os.kill", "os.listxattr", "os.setxattr", "shutil.rmtree"),
)


class NotAllowed(OSError):
    """The guard refused; its text says what and why."""


class Guard:
    """Of one process and task. Once it stands it cannot be taken away."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._readable = _readable()
        self.refusals: list[str] = []

    def stand(self) -> None:
        """From now on."""
        sys.addaudithook(self._ask)

    def check(self, host: str, port: int) -> None:
        """NotAllowed where nothing is sent to."""
        if Endpoint(host, port) in self._task.allowed:
            return
        try:
            address = ipaddress.ip_address(host.partition("%")[0])
        except ValueError:
            raise self._refusal(f"{host} is no address") from None
        if (why := refused(address)) or (why := self._own(address, port)):
            raise self._refusal(f"{host} port {port} is {why}: nothing is sent there")

    def _ask(self, event: str, args: Sequence[Any]) -> None:
        if event == "socket.connect":
            self._connects(args[0], args[1])
        elif event == "open":
            self._opens(args[0], args[1], args[2])
        elif event in _NEVER or (event == "socket.bind" and args[1][1] != 0):
            raise self._refusal(f"{event} is nothing that sending needs")

    def _connects(self, connection: socket.socket, address: Any) -> None:
        if connection.family not in (socket.AF_INET, socket.AF_INET6) or connection.type != socket.SOCK_STREAM:
            # The resolver of C asks past us; Python's own datagrams have no business here.
            raise self._refusal("only TCP connections are made")
        self.check(str(address[0]), int(address[1]))

    def _opens(self, path: Any, mode: Any, flags: Any) -> None:
        if not isinstance(path, str | bytes):
            return  # a descriptor that is open already
        name = os.path.realpath(os.fsdecode(path))
        writes = bool(isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))
        if name in ("/dev/null", "/dev/urandom") or (not writes and name.startswith(self._readable)):
            return
        raise self._refusal(f"{'writing' if writes else 'reading'} files is nothing that sending needs")

    def _own(self, address: Address, port: int) -> str:
        """Why it is Monitor's own; empty where it is not."""
        if self._task.own_port and port == self._task.own_port and self._is_here(address):
            return "where Monitor itself listens"
        for known in self._task.own:
            if known.port == port and self._is_of(address, _resolved(known.host)):
                return "where Monitor itself listens"
        return ""

    def _is_of(self, address: Address, machine: frozenset[Address]) -> bool:
        """Whether a machine known by these addresses has it; of this one all are known."""
        return address in machine or (self._is_here(address) and any(map(self._is_here, machine)))

    def _is_here(self, address: Address) -> bool:
        """Whether this machine has it: then one can listen there."""
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as tried:
                tried.bind((str(address), 0))
        except OSError:
            return False
        return True

    def _refusal(self, why: str) -> NotAllowed:
        self.refusals.append(why)
        return NotAllowed(why)


def _resolved(host: str) -> frozenset[Address]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return frozenset()
    return frozenset(inner(ipaddress.ip_address(str(one[4][0]).partition("%")[0])) for one in found)


def _readable() -> tuple[str, ...]:
    """Where code and certificates are, and what the resolver reads."""
    paths = ssl.get_default_verify_paths()
    folders = {*sys.path, sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
    folders |= {known for known in (paths.cafile, paths.capath, paths.openssl_cafile, paths.openssl_capath) if known}
    folders |= {"/etc/ssl", "/etc/pki", "/usr/share/zoneinfo", "/usr/share/ca-certificates", "/usr/lib/ssl"}
    files = (
        "/etc/resolv.conf",
        "/etc/hosts",
        "/etc/nsswitch.conf",
        "/etc/mime.types",
        "/etc/localtime",
        "/etc/gai.conf",
    )
    real = {os.path.realpath(folder) for folder in folders if folder}
    # sys.prefix of a system's own Python is /usr; never the root, or the folder the process stands in.
    return (*(f"{folder}/" for folder in real if folder != "/"), *files, *map(os.path.realpath, files))
