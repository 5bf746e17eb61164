"""Reach: where a host is, how to get there, and why that failed."""

import errno
import re
import ssl
from ipaddress import ip_address

from monitor.kernel.errors import Unavailable


class Reach:
    """Address, port and TLS of one agent. Only `named` its failures say where: else what is on a server tells them to
    those, too, who may not read that.
    """

    def __init__(self, address: str, port: int, context: ssl.SSLContext, *, named: bool = False) -> None:
        self.address = address.strip("[]")
        self.port = port
        self.context = context
        self.place = f"the periphery at {self._host()}:{port}" if named else "the periphery"

    def url(self, scheme: str) -> str:
        """Root URL."""
        return f"{scheme}://{self._host()}:{self.port}"

    def explain(self, failure: BaseException) -> Unavailable:
        """A failure of the connection in the words of who can mend it."""
        causes = list(_causes(failure))
        wrong = next((c for c in causes if isinstance(c, ssl.SSLCertVerificationError)), None)
        if wrong is not None:
            return Unavailable(
                f"{self.place} shows another certificate than the one pinned when it joined",
                hint="if the host was set up anew, join it again; if not, something else answers at its address",
            )
        if any(_is_refused(cause) for cause in causes):
            return Unavailable(
                f"{self.place} refuses connections: nothing listens there",
                hint="start the periphery on the host; one that has not joined opens no port",
            )
        if any(_is_unanswered(cause) for cause in causes):
            return Unavailable(
                f"{self.place} cannot be reached: no answer",
                hint="the host is down, the address is wrong, or a firewall drops the port",
            )
        if any(isinstance(c, ssl.SSLError) and "WRONG_VERSION_NUMBER" in str(c) for c in causes):
            return Unavailable(
                f"{self.place} cannot be reached: what answers in its place speaks no TLS", hint="check the port"
            )
        return self.closed(failure) if _is_close(causes) else self._unknown(failure)

    def closed(self, failure: BaseException) -> Unavailable:
        """The other side closed without a word: what an agent does to a core it does not know (TLS 1.3)."""
        return Unavailable(
            f"{self.place} closed the connection ({_said(failure)})",
            hint="if it does so each time, it pins another core: join it again",
        )

    def _unknown(self, failure: BaseException) -> Unavailable:
        return Unavailable(f"{self.place} cannot be reached: {_said(failure)}")

    def _host(self) -> str:
        try:
            return f"[{self.address}]" if ip_address(self.address).version == 6 else self.address
        except ValueError:
            return self.address


_NO_ROUTE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ETIMEDOUT}


def _causes(failure: BaseException | None) -> "list[BaseException]":
    found: list[BaseException] = []
    while failure is not None and failure not in found:
        found.append(failure)
        if isinstance(failure, BaseExceptionGroup):
            for inner in failure.exceptions:  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType] - of any
                found += _causes(inner)  # pyright: ignore[reportUnknownArgumentType] - an exception
        failure = failure.__cause__ or failure.__context__
    return found


def _is_refused(cause: BaseException) -> bool:
    # Several addresses of one name fail together in one OSError that only says so in text.
    return isinstance(cause, ConnectionRefusedError) or (isinstance(cause, OSError) and "Errno 111" in str(cause))


def _is_unanswered(cause: BaseException) -> bool:
    late = isinstance(cause, TimeoutError) or type(cause).__name__ == "ConnectTimeout"
    return late or getattr(cause, "errno", 0) in _NO_ROUTE


def _is_close(causes: list[BaseException]) -> bool:
    names = {type(cause).__name__ for cause in causes}
    by_tls = any(isinstance(c, ssl.SSLError) for c in causes)
    return by_tls or bool(names & _CLOSES)


_CLOSES = {
    *("ConnectionResetError", "BrokenPipeError", "ReadError", "WriteError", "RemoteProtocolError"),
    *(
        "EndOfStream",
        "BrokenResourceError",
        "EOFError",
        "ConnectionClosedError",
        "InvalidMessage",
        "ClosedResourceError",
    ),
}


def _said(failure: BaseException) -> str:
    """Without the addresses asyncio adds."""
    return _ADDRESS.sub("", str(failure)).strip() or type(failure).__name__


_ADDRESS = re.compile(r" ?\('[^']*', \d+[^)]*\)")
