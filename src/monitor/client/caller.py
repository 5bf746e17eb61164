"""Caller: what the blocking and the asynchronous client have in common, which is everything but the waiting."""

import ssl
from collections.abc import Mapping
from typing import Any

import httpx2

from monitor import __version__, everything
from monitor.client.address import Address
from monitor.client.answers import answer_from, event_type
from monitor.client.live import Conversation, Subscription, reason_of
from monitor.client.requests import Request, request_for
from monitor.kernel.errors import Unavailable
from monitor.kernel.operation import Operation
from monitor.kernel.registry import Registry
from monitor.kernel.stream import Stream

ANSWER_WITHIN = 60.0
"""Seconds: longer than any call core makes to a host for an answer."""
LARGEST_MESSAGE = 64 << 20


class Caller:
    """Whom to ask, in whose name, and how a question and its answer look on the wire."""

    def __init__(self, url: str, key: str, ca: str, agent: str, registry: Registry | None) -> None:
        self.address = Address(url, ca)
        self.key = key
        self.registry = registry or everything.everything()
        self.agent = f"{agent}/{__version__}"

    def http_settings(self) -> dict[str, Any]:
        """Arguments of the HTTP client, of either kind."""
        identity = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return {
            "base_url": self.address.base + "/api",
            "headers": {"User-Agent": self.agent, "Accept": "application/json", **identity},
            # Loading the system's authorities takes longer than a request; plain HTTP has no use for them.
            "verify": (self.address.tls() or True) if self.address.secure else False,
            "timeout": httpx2.Timeout(ANSWER_WITHIN, connect=10.0),
        }

    def question(self, operation: Operation[Any]) -> dict[str, Any]:
        """Arguments of one HTTP request."""
        request: Request = request_for(self.registry, operation)
        headers = dict(request.headers)
        if not self.key:
            headers["Origin"] = self.address.origin
        return {
            "method": request.method,
            "url": request.path,
            "params": list(request.query) or None,
            "headers": headers,
            "content": request.body,
        }

    def answer(self, operation: Operation[Any], response: httpx2.Response) -> Any:
        """The answer in it, or the error raised."""
        return answer_from(self.registry, type(operation), response.status_code, response.headers, response.content)

    def socket_settings(self, cookies: Mapping[str, str]) -> dict[str, Any]:
        """Arguments of the websocket connection, of either kind; a session's cookie only without a key."""
        tls: ssl.SSLContext | None = self.address.tls()
        return {
            "uri": self.address.live,
            "origin": None if self.key else self.address.origin,
            "additional_headers": self._identity(cookies),
            "user_agent_header": self.agent,
            "compression": None,
            "max_size": LARGEST_MESSAGE,
            **({"ssl": tls} if tls else {}),
        }

    def terminal_settings(self, id: str, after: int | None, cookies: Mapping[str, str]) -> dict[str, Any]:
        """The same for one terminal."""
        return {**self.socket_settings(cookies), "uri": self.address.terminal(id, after)}

    def conversation(self, *streams: Stream[Any]) -> Conversation:
        """Topics to follow."""
        return Conversation(*(Subscription(one, event_type(self.registry, type(one))) for one in streams))

    def unreachable(self, why: httpx2.RequestError) -> Unavailable:
        """Why no answer came, and the way out."""
        return Unavailable(
            f"core at {self.address.base} does not answer: {reason_of(why)}",
            hint="is it running, and is the address right?"
            + (" A certificate of a private authority needs its file (ca)." if self.address.secure else ""),
        )

    def broken_off(self, why: httpx2.RequestError) -> Unavailable:
        """Why a file that had begun does not go on; what came of it is not all."""
        if not isinstance(why, httpx2.RemoteProtocolError):
            return self.unreachable(why)
        return Unavailable(
            "core broke the file off: what came is not all of it",
            hint="the host or core was lost, a search in it came to its limit, or the right to read it was taken away",
        )

    def _identity(self, cookies: Mapping[str, str]) -> dict[str, str]:
        if self.key:
            return {"Authorization": f"Bearer {self.key}"}
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
