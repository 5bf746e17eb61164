"""An ssh server on loopback that lets one key in, to fetch repositories, as git servers do."""

import getpass
import shutil
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from tests.ports import free_port

_SETTINGS = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowTcpForwarding no
LogLevel ERROR
"""


class SshServer(NamedTuple):
    """Where it is, and what is needed to come in."""

    host: str
    """`127.0.0.1:PORT`."""
    user: str
    private_key: str
    known_hosts: str

    def url(self, repository: Path) -> str:
        return f"ssh://{self.user}@{self.host}{repository}"


def make_key(path: Path) -> str:
    """A new key pair; the public one."""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path.with_suffix(".pub").read_text()


@contextmanager
def ssh_server(folder: Path) -> Generator[SshServer]:
    """It runs until the end of the block."""
    folder.mkdir()
    host_key = make_key(folder / "host_key")
    (folder / "authorized_keys").write_text(make_key(folder / "deploy_key"))
    port = free_port()
    (folder / "config").write_text(_SETTINGS.format(port=port, folder=folder))
    program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    assert program is not None
    # It needs its own folder to give up rights in, which a boot makes.
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    with subprocess.Popen([program, "-D", "-e", "-f", str(folder / "config")]) as server:
        try:
            _wait(port)
            known = " ".join(host_key.split()[:2])
            yield SshServer(
                f"127.0.0.1:{port}",
                getpass.getuser(),
                (folder / "deploy_key").read_text(),
                f"[127.0.0.1]:{port} {known}\n",
            )
        finally:
            server.terminate()


def _wait(port: int) -> None:
    late = monotonic() + 20
    while monotonic() < late:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        sleep(0.05)
    raise AssertionError("sshd does not listen")
