"""Address: where a core is, and every URL that follows from it."""

import ssl
from urllib.parse import urlsplit, urlunsplit

from monitor.kernel.errors import Invalid


class Address:
    """A core's own URL, checked; `https` unless it says `http`."""

    def __init__(self, url: str, ca: str = "") -> None:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise Invalid.field("url", f"{url!r} is no address of a core; write https://host or http://127.0.0.1:9120")
        if parts.username or parts.password:
            raise Invalid.field("url", "holds a password; sign in by key or with `monitor login` instead")
        self.secure = parts.scheme == "https"
        self.host = parts.hostname
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.base = self.origin + parts.path.rstrip("/")
        self.live = urlunsplit(
            ("wss" if self.secure else "ws", parts.netloc, parts.path.rstrip("/") + "/api/live", "", "")
        )
        self._ca = ca

    def terminal(self, id: str, after: int | None) -> str:
        """The websocket of one terminal, from the `after`th byte of its output on."""
        return self.live.removesuffix("live") + f"terminal/{id}" + (f"?after={after}" if after is not None else "")

    @property
    def loopback(self) -> bool:
        """Whether it can only be this machine, so that plain HTTP shows nothing to anybody else."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")

    def tls(self) -> ssl.SSLContext | None:
        """What verifies core's certificate; None over plain HTTP or when the system's authorities do."""
        if not self.secure or not self._ca:
            return None
        try:
            return ssl.create_default_context(cafile=self._ca)
        except OSError as broken:
            raise Invalid.field("ca", f"{self._ca}: {broken.strerror or broken}") from None
