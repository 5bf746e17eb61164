"""Address: what a repository's URL says: by which protocol, whose server, which path. Pure."""

import hashlib
import posixpath
import re
from typing import Self
from urllib.parse import urlsplit

from msgspec import Struct

from monitor.abilities.git.calls import URL
from monitor.kernel.errors import Invalid

_SCP = re.compile(r"^(?P<user>[^@/]+)@(?P<host>[^:/]+):(?P<path>.+)$")
_PORTS = {"http": 80, "https": 443, "ssh": 22}


class Address(Struct, frozen=True):
    """One repository."""

    url: str
    scheme: str
    """http, https, ssh or file."""
    host: str
    """`example.org`, `example.org:8443`; lower case, without the protocol's usual port; empty for file."""
    path: str

    @classmethod
    def of(cls, url: str) -> Self:
        """Read a URL, or `user@host:path` as ssh has it. Invalid for what is neither."""
        if re.fullmatch(URL, url) is None:
            raise Invalid.field("source.url", f"{url!r} is no address of a repository Monitor fetches from")
        if "://" not in url and (found := _SCP.match(url)):
            return cls(url, "ssh", found["host"].lower(), found["path"])
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError as wrong:
            raise Invalid.field("source.url", f"{url!r} is no valid address: {wrong}") from None
        if port and port != _PORTS.get(parts.scheme):
            host = f"{host}:{port}"
        return cls(url, parts.scheme, host, parts.path)

    @property
    def key(self) -> str:
        """Names the repository in a folder of mirrors."""
        return hashlib.sha256(self.url.encode()).hexdigest()[:40]

    def resolve(self, url: str) -> Self:
        """The address a submodule names: its own, or one relative (`../other.git`) to this one (gitmodules(5))."""
        if not url.startswith(("./", "../")):
            return type(self).of(url)
        path = posixpath.normpath(posixpath.join(self.path.rstrip("/") or "/", url))
        if path.startswith("..") or (path in (".", "/")):
            raise Invalid.field("source.url", f"the relative address {url!r} leads out of the server")
        base = self.url[: len(self.url) - len(self.path)]
        return type(self).of(base + path)
