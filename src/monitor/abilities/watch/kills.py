"""Kills: what a host's agent knows of the kernel's kills for want of memory; in a file, so that whoever watches next,
also an agent that is started anew, goes on from there.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, structs

_STILL = 60.0
"""Seconds between two writes of nothing but that somebody still watches."""


class Account(Struct, frozen=True):
    """How far somebody who watches has accounted for the kernel's count."""

    boot: str = ""
    """Of the host: counts are those since then."""
    at: float = 0.0
    """When that was, in seconds since the epoch."""
    heard: float = 0.0
    """When the newest end happened that was looked into."""
    count: int | None = None
    groups: dict[str, int] = {}
    """Of the count, what groups of containers have counted, by container."""


class _Kept(Struct, frozen=True):
    account: Account = Account()
    when: dict[str, Annotated[float, Meta(ge=0, le=1e11)]] = {}


class Kills:
    """Of one agent. `boot` names the host's present life."""

    def __init__(self, path: Path | None = None, boot: str = "") -> None:
        self.boot = boot
        self._path = path
        self._written = self._read()
        self._account = self._written.account
        self.when = {id: datetime.fromtimestamp(at, UTC) for id, at in self._written.when.items()}
        """When containers were last seen to be killed, by id."""

    def account(self, now: datetime, within: timedelta) -> Account | None:
        """How far it was accounted; None where nobody has watched for so long, or the host was started anew."""
        known = self._account
        fresh = 0 <= now.timestamp() - known.at < within.total_seconds()
        return known if fresh and known.boot == self.boot else None

    def keep(self, account: Account) -> None:
        """This is how far it is now. That somebody still watches, and nothing more, is written now and then."""
        self._account = account
        kept = _Kept(account, {id: at.timestamp() for id, at in self.when.items()})
        before = self._written
        same = structs.replace(before.account, at=account.at) == account and before.when == kept.when
        if not same or not 0 <= account.at - before.account.at < _STILL:
            self._write(kept)

    def _read(self) -> _Kept:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_Kept) if self._path else _Kept()
        except (OSError, msgspec.MsgspecError):
            return _Kept()

    def _write(self, kept: _Kept) -> None:
        self._written = kept
        if self._path is None:
            return
        fresh = self._path.with_suffix(".new")
        with suppress(OSError):  # of a full disk; it is known in memory
            fresh.write_bytes(msgspec.json.encode(kept))
            fresh.replace(self._path)


def boot_of(proc: Path) -> str:
    """The host's present life; empty where the kernel does not say."""
    try:
        return (proc / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
