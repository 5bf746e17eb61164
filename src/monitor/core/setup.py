"""Set-up token: the one-time secret with which the first admin is made; its hash lives in a file on core's host."""

import hmac
import os
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from monitor.core.people import digest, new_secret
from monitor.kernel.clock import Clock

LIFE = timedelta(hours=1)


class _Kept(Struct, frozen=True):
    hash: str
    expires: datetime


class SetUpToken:
    """Issued at core's start, or again by anybody who can write core's folder; good for one hour and one use."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._file = folder / "set-up-token.json"
        self._clock = clock

    def issue(self) -> str:
        """A fresh token; the one before it is worthless."""
        token = new_secret()
        kept = _Kept(digest(token), self._clock.now() + LIFE)
        temporary = self._file.with_suffix(".new")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(kept))
        temporary.replace(self._file)
        return token

    def matches(self, token: str) -> bool:
        """Whether it is the token and still good."""
        try:
            kept = msgspec.json.decode(self._file.read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError):
            return False
        return hmac.compare_digest(kept.hash, digest(token)) and self._clock.now() < kept.expires

    def spend(self) -> None:
        """It was used."""
        self._file.unlink(missing_ok=True)
