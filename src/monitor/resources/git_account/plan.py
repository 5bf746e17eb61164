"""Which git accounts make no sense, or would give a secret away. Pure."""

import re
from base64 import b64decode
from binascii import Error

from monitor.kernel.errors import Invalid
from monitor.resources.git_account.spec import GitAccountConfig

_PEM = re.compile(r"^-----BEGIN ([A-Z ]*)PRIVATE KEY-----\s+(.*?)\s+-----END \1PRIVATE KEY-----\s*$", re.DOTALL)
_MAGIC = b"openssh-key-v1\0"
_KNOWN = re.compile(r"^(@cert-authority\s+)?[^\s@#-]\S*\s+[a-z0-9@.-]+\s+[A-Za-z0-9+/]+={0,2}(\s.*)?$")


def validate(old: GitAccountConfig | None, new: GitAccountConfig) -> None:
    """Refuse what cannot sign in, and a stored secret that would go to somebody else's server."""
    port = new.host.partition(":")[2]
    if port and not 0 < int(port) < 65536:
        raise Invalid.field("config.host", "the port must be from 1 to 65535")
    if old is not None and new.host != old.host:
        for field in ("token", "private_key"):
            if getattr(old, field) is not None and getattr(new, field) is None:
                raise Invalid.field(
                    f"config.{field}", "give it anew with another host: the stored one is for the old one"
                )
    if new.private_key is not None:
        _check_key(new.private_key)
        if not new.known_hosts.strip():
            raise Invalid.field(
                "config.known_hosts",
                f"a key needs the server's own keys: run `ssh-keyscan {_scan(new.host)}` and compare them with what "
                "the service publishes",
            )
    for number, line in enumerate(new.known_hosts.splitlines(), 1):
        text = line.strip()
        if text and not text.startswith("#") and _KNOWN.match(text) is None:
            raise Invalid.field("config.known_hosts", f"line {number} is not `host type key`, as ssh-keyscan prints it")


def _check_key(text: str) -> None:
    """Invalid for what is no private key, or one that asks for a passphrase nobody would type."""
    found = _PEM.match(text.strip())
    if found is None:
        wrong = "this is the public half" if text.startswith(("ssh-", "ecdsa-")) else "it begins with -----BEGIN"
        raise Invalid.field("config.private_key", f"no private key in OpenSSH's or PEM form: {wrong}")
    kind, body = found.groups()
    locked = "ENCRYPTED" in kind or "ENCRYPTED" in body
    if kind == "OPENSSH ":
        try:
            told = b64decode("".join(body.split()), validate=True)
        except Error:
            raise Invalid.field("config.private_key", "it is damaged: copy all its lines") from None
        # PROTOCOL.key of OpenSSH: the magic, then the cipher's name after its length.
        locked = not told.startswith(_MAGIC + b"\0\0\0\4none")
    if locked:
        raise Invalid.field("config.private_key", "it has a passphrase; make a deploy key without one for this use")


def _scan(host: str) -> str:
    name, _, port = host.partition(":")
    return f"-p {port} {name}" if port else name
