"""Auth: how one job signs in at a git server: with a token or a key in the job's own folder, as long as git runs."""

import shlex
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from monitor.abilities.git import plan
from monitor.abilities.git.address import Address
from monitor.abilities.git.calls import GitAuth
from monitor.kernel.errors import HostError

_SETTINGS = """\
IdentityFile "{key}"
UserKnownHostsFile "{known}"
GlobalKnownHostsFile /dev/null
StrictHostKeyChecking yes
UpdateHostKeys no
IdentitiesOnly yes
IdentityAgent none
PreferredAuthentications publickey
BatchMode yes
ClearAllForwardings yes
ControlMaster no
ControlPath none
PermitLocalCommand no
ProxyCommand none
ConnectTimeout 30
ServerAliveInterval 15
ServerAliveCountMax 4
LogLevel ERROR
"""
"""For this job alone (ssh_config(5)); the host user's own settings and keys are not used."""


@contextmanager
def signed_in(folder: Path, address: Address, auth: GitAuth | None) -> Generator[dict[str, str]]:
    """Environment in which git reaches the server; what is written into `folder` goes afterwards."""
    if address.scheme == "ssh":
        if auth is None or auth.host != address.host or not auth.private_key:
            raise HostError(
                f"{address.host or address.url} is reached over ssh, and there is no key for it",
                hint="choose a git account of this host that has a private key, or an https address",
            )
        with _made(folder):
            yield {**plan.ENVIRONMENT, "GIT_SSH_COMMAND": _ssh(folder, auth), "GIT_SSH_VARIANT": "ssh"}
    elif auth is not None and auth.host == address.host and auth.token and address.scheme in ("http", "https"):
        with _made(folder):
            _write(folder / "credentials", plan.credentials(address, auth))
            yield {**plan.ENVIRONMENT, **plan.http_environment(folder / "credentials")}
    else:
        yield plan.ENVIRONMENT


@contextmanager
def _made(folder: Path) -> Generator[None]:
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ssh(folder: Path, auth: GitAuth) -> str:
    key, known, settings = folder / "key", folder / "known_hosts", folder / "config"
    _write(key, auth.private_key.replace("\r\n", "\n").strip() + "\n")
    _write(known, auth.known_hosts.replace("\r\n", "\n").strip() + "\n")
    _write(settings, _SETTINGS.format(key=key, known=known))
    # git gives this line to a shell; all it holds is the path of the agent's own folder.
    return f"ssh -F {shlex.quote(str(settings))}"


def _write(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)
