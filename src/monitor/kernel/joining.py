"""Joining: the messages by which a host and core come to trust each other, each proved by a one-time token's secret.

The token carries core's fingerprint to the host by the hand of an admin. Nothing else here needs to be secret or
protected on the way: every message has an HMAC-SHA256 over its fields, keyed by the token's secret.
"""

import hmac
import secrets
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import asdict

from monitor.kernel.errors import Invalid
from monitor.kernel.wire import pack

TOKEN_LIFE = 900.0
"""Seconds a token may be used."""
_FORM = "the token must look like ID.SECRET.FINGERPRINT; copy it whole from core's answer"

Certificate = Annotated[str, Meta(max_length=8192)]
Port = Annotated[int, Meta(ge=1, le=65535)]
Address = Annotated[str, Meta(max_length=255, pattern=r"^[A-Za-z0-9._:%\[\]-]*$")]
Mac = Annotated[str, Meta(max_length=128)]
TokenId = Annotated[str, Meta(max_length=64)]


class Token(Struct, frozen=True):
    """What an admin carries from core to the host."""

    id: str
    secret: str
    fingerprint: str
    """SHA-256 of core's link certificate, hex."""

    def __str__(self) -> str:
        return f"{self.id}.{self.secret}.{self.fingerprint}"

    @classmethod
    def parse(cls, text: str) -> "Token":
        """A token as printed. Invalid if it is not whole."""
        parts = text.strip().split(".")
        if len(parts) != 3 or not all(parts) or len(parts[2]) != 64:
            raise Invalid(_FORM)
        return cls(*parts)


class JoinRequest(Struct, frozen=True, kw_only=True):
    """Host to core: here is my certificate, call me at this port."""

    token: TokenId
    """The token's id; its secret never travels."""
    certificate: Certificate
    port: Port
    address: Address = ""
    """Where core should call; empty means where this request came from."""
    mac: Mac = ""


class JoinAnswer(Struct, frozen=True, kw_only=True):
    """Core to host: here is my certificate, I call from this address."""

    certificate: Certificate
    source: str
    request: str
    """The request's mac, so that an answer belongs to one request."""
    mac: Mac = ""


class JoinConfirm(Struct, frozen=True, kw_only=True):
    """Host to core: I have pinned you and listen, try."""

    token: TokenId
    mac: Mac = ""


class JoinOutcome(Struct, frozen=True, kw_only=True):
    """Core to host: whether the call to the host worked, else the exact error."""

    ok: bool
    server: str = ""
    """Name of the server that was joined."""
    error: str = ""
    hint: str = ""
    mac: Mac = ""


Message = JoinRequest | JoinAnswer | JoinConfirm | JoinOutcome


def new_secret() -> str:
    """256 random bits as text without a dot."""
    return secrets.token_urlsafe(32)


def mac_of(message: Message, secret: str) -> str:
    """HMAC-SHA256 over the message's kind and every other field."""
    fields = asdict(message)
    fields.pop("mac")
    content = pack([type(message).__name__, sorted(fields.items())])
    return hmac.new(secret.encode(), content, "sha256").hexdigest()


def is_authentic(message: Message, secret: str) -> bool:
    """Whether the holder of the secret made this message, unaltered."""
    return hmac.compare_digest(message.mac.encode(), mac_of(message, secret).encode())
