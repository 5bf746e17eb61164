"""Readers: whom a repository's server has let in, noted beside its mirror: of what was fetched with one account nothing
is given to those who could not fetch it themselves.
"""

import hashlib
import hmac
import secrets
from contextlib import suppress
from pathlib import Path

from monitor.abilities.git.address import Address
from monitor.abilities.git.calls import GitAuth

_NOTE = "monitor-readers"
_ANYBODY = "anybody"
_MOST = 50


def is_reader(mirror: Path, address: Address, auth: GitAuth | None) -> bool:
    """Whether the server has given it to whoever this is, or to anybody, before."""
    salt, *known = _read(mirror) or [""]
    return bool(salt) and (_ANYBODY in known or _who(salt, address, auth) in known)


def note_reader(mirror: Path, address: Address, auth: GitAuth | None) -> None:
    """The server has just given it to him."""
    salt, *known = _read(mirror) or [secrets.token_hex(16)]
    who = _who(salt, address, auth)
    others = [one for one in known if one != who]
    with suppress(OSError):  # on a full disk the server is asked again next time
        (mirror / _NOTE).write_text("\n".join((salt, *others[-_MOST:], who)) + "\n")


def _who(salt: str, address: Address, auth: GitAuth | None) -> str:
    """A keyed hash of what he signs in with at that server."""
    if auth is None or auth.host != address.host or address.scheme == "file":
        return _ANYBODY
    shown = auth.private_key if address.scheme == "ssh" else f"{auth.username}\0{auth.token}" if auth.token else ""
    return hmac.new(bytes.fromhex(salt), shown.encode(), hashlib.sha256).hexdigest() if shown else _ANYBODY


def _read(mirror: Path) -> list[str]:
    try:
        return (mirror / _NOTE).read_text().split()
    except (OSError, UnicodeDecodeError):
        return []
