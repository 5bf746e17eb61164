"""Origin: who a request really comes from, and whether it was meant for this core (DNS rebinding, CSRF)."""

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from monitor.core.settings import CoreSettings, is_loopback
from monitor.kernel.errors import Forbidden

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Origins:
    """Decides by the settings."""

    def __init__(self, settings: CoreSettings) -> None:
        self._settings = settings
        self._proxies: Sequence[_Network] = [ipaddress.ip_network(p, strict=False) for p in settings.trusted_proxies]

    def address(self, request: HTTPConnection) -> str:
        """The client's address; X-Forwarded-For counts only from a trusted proxy, read from its near end."""
        peer = request.client.host if request.client else ""
        if not self._trusted(peer):
            return peer
        hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",")]
        for hop in reversed(hops):
            if not _is_address(hop):
                break
            if not self._trusted(hop):
                return hop
        return peer

    def is_https(self, request: HTTPConnection) -> bool:
        """Whether the person's browser speaks https, here or to a trusted proxy."""
        peer = request.client.host if request.client else ""
        if self._trusted(peer) and (told := request.headers.get("x-forwarded-proto")):
            return told.split(",")[-1].strip() == "https"
        return request.url.scheme in ("https", "wss")

    def check_host(self, request: HTTPConnection) -> None:
        """Forbidden when the Host header names another site than this core."""
        hosts = request.headers.getlist("host")
        if len(hosts) > 1:
            raise Forbidden("the request names several hosts")
        name = _host_name(hosts[0] if hosts else "")
        expected = _host_name(urlsplit(self._settings.public_url).netloc) if self._settings.public_url else ""
        if expected and name == expected:
            return
        if _is_address(name) or name == "localhost":
            return  # an address cannot be rebound
        if not expected and not is_loopback(self._settings.address) and name:
            return  # nobody said under which name core is reached
        raise Forbidden(f"core is not reached as {name[:100]!r}", hint="Set public_url to the URL people use.")

    def check_same_origin(self, request: HTTPConnection) -> None:
        """Forbidden unless the Origin header is this core's own; for what carries a cookie."""
        origin = request.headers.get("origin", "")
        public = urlsplit(self._settings.public_url)
        own = {f"{'https' if self.is_https(request) else 'http'}://{request.headers.get('host', '')}"}
        if public.netloc:
            own.add(f"{public.scheme}://{public.netloc}")
        if origin not in own:
            raise Forbidden("the request comes from another site", hint="Use an API key outside of core's own pages.")

    def _trusted(self, address: str) -> bool:
        try:
            ip = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(ip in network for network in self._proxies)


def _host_name(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0].lstrip("[").lower()
    return host.rpartition(":")[0].lower() if host.count(":") == 1 else host.lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
