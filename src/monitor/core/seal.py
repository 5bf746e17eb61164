"""Seal: secrets encrypted at rest with a key file made at first start (AES-256-GCM, bound to their resource)."""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from monitor.kernel.errors import Unavailable

_MARK = "sealed:1:"
_FINGERPRINTS = b"monitor fingerprints 1"


class Seal:
    """Encrypts and decrypts single values."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._fingerprints = hmac.digest(key, _FINGERPRINTS, hashlib.sha256)

    @classmethod
    def from_file(cls, path: Path) -> "Seal":
        """Read the 32-byte key, or make it (0600) when there is none; never overwrites one."""
        try:
            key = path.read_bytes()
        except FileNotFoundError:
            key = secrets.token_bytes(32)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
        if len(key) != 32:
            raise Unavailable(f"{path} holds {len(key)} bytes; the key for secrets has 32", hint="Restore the file.")
        return cls(key)

    def seal(self, value: str, context: str) -> str:
        """The value encrypted, as text; it opens only with the same `context` (the resource's id)."""
        nonce = secrets.token_bytes(12)
        sealed = nonce + self._cipher.encrypt(nonce, value.encode("utf-8", "surrogatepass"), context.encode())
        return _MARK + base64.b64encode(sealed).decode()

    def open(self, sealed: str, context: str) -> str:
        """The value in clear. Unavailable when the key file is not the one it was sealed with."""
        data = base64.b64decode(sealed.removeprefix(_MARK))
        try:
            return self._cipher.decrypt(data[:12], data[12:], context.encode()).decode("utf-8", "surrogatepass")
        except InvalidTag:
            raise Unavailable(
                "a stored secret cannot be opened: the key file is not the one it was sealed with",
                hint="Restore the key file that belongs to this database, or set the secret again.",
            ) from None

    def fingerprint(self, value: bytes, context: str) -> str:
        """The same for the same value of the same `context` only; without the key nothing to try guesses against."""
        return hmac.digest(self._fingerprints, context.encode() + b"\0" + value, hashlib.sha256).hex()
