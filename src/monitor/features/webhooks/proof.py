"""Proof: how a request shows that its sender knows the secret, in the ways of GitHub, GitLab, Gitea, Forgejo and of a
plain token.

Sources: docs.github.com "Validating webhook deliveries"; docs.gitea.com and forgejo.org "Webhooks"; docs.gitlab.com
"Webhooks" (secret token and signing token, the latter as standardwebhooks.com has it).
"""

import hmac
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_bytes

_PREFIX = "whsec_"
_HEX = ("x-hub-signature-256", "x-forgejo-signature", "x-gitea-signature")
_STANDARD = "webhook-signature"
_TOKENS = ("x-gitlab-token", "x-monitor-token")
_MOST_SIGNATURES = 5


def new_secret() -> str:
    """256 random bits, in the form GitLab's signing tokens have; to all others it is any text."""
    return _PREFIX + b64encode(token_bytes(32)).decode()


class Proof:
    """One request's, worked out while its body comes in. The first of the known headers counts, and no other: a wrong
    one is not made good by another.
    """

    def __init__(self, headers: Mapping[str, str], secret: str) -> None:
        self._secret = secret.encode()
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        self._told = bearer.strip() if scheme.lower() == "bearer" else ""
        self._way = "token"
        for name in (*_HEX, _STANDARD, *_TOKENS):
            if (told := headers.get(name)) is not None:
                self._told = told
                self._way = "hex" if name in _HEX else "standard" if name == _STANDARD else "token"
                break
        self._mac = hmac.new(self._key(), digestmod=sha256)
        if self._way == "standard":
            self._mac.update(f"{headers.get('webhook-id', '')}.{headers.get('webhook-timestamp', '')}.".encode())

    def update(self, chunk: bytes) -> None:
        """The next bytes of the body."""
        self._mac.update(chunk)

    def holds(self) -> bool:
        """Whether the sender knows the secret; as long for every wrong answer."""
        digest = self._mac.digest()
        told = self._told.encode("utf-8", "surrogatepass")
        if self._way == "token":
            return _same(told, self._secret)
        if self._way == "hex":
            return _same(told.removeprefix(b"sha256=").lower(), digest.hex().encode())
        expected = b"v1," + b64encode(digest)
        return sum(_same(one, expected) for one in told.split(b" ")[:_MOST_SIGNATURES]) > 0

    def _key(self) -> bytes:
        if self._way != "standard":
            return self._secret
        try:
            return b64decode(self._secret.decode().removeprefix(_PREFIX), validate=True)
        except Error:
            return self._secret


def _same(one: bytes, other: bytes) -> bool:
    """In constant time; an empty secret is nobody's."""
    return hmac.compare_digest(one, other) and bool(other)
