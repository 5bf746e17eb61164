"""Ids and names. An id is an upper-case ULID, a name is lower-case: the two never collide, so input takes either."""

import hashlib
import re
import secrets
from datetime import datetime

from monitor.kernel.errors import Invalid

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
NAME_RULE = "2 to 63 characters: lower-case letters and digits, single '.', '_' or '-' between them"


def new_id(now: datetime) -> str:
    """A fresh ULID (48 bits of milliseconds, 80 random bits; github.com/ulid/spec), 26 characters, sortable by time."""
    return _ulid(int(now.timestamp() * 1000), secrets.randbits(80))


def derived_id(at: datetime, cause: str) -> str:
    """The same ULID each time for one moment and one cause: what is made twice of it is one."""
    digest = hashlib.sha256(cause.encode()).digest()
    return _ulid(int(at.timestamp() * 1000), int.from_bytes(digest[:10], "big"))


def share_of(id: str) -> float:
    """From 0 to 1, always the same for an id: it spreads in time what would come at once."""
    return int.from_bytes(hashlib.sha256(id.encode()).digest()[:4], "big") / 2**32


def first_id(at: datetime) -> str:
    """The least of all ids that could be made in this millisecond or later."""
    return _ulid(max(int(at.timestamp() * 1000), 0), 0)


def _ulid(milliseconds: int, rest: int) -> str:
    value = (milliseconds << 80) | rest
    return "".join(_CROCKFORD[(value >> shift) & 31] for shift in range(125, -1, -5))


def is_id(text: str) -> bool:
    """Whether `text` can only be an id."""
    return _ID.fullmatch(text) is not None


def check_name(name: str, field: str = "name") -> None:
    """Raise Invalid naming `field` unless `name` is a valid resource name."""
    if not 2 <= len(name) <= 63 or _NAME.fullmatch(name) is None:
        raise Invalid.field(field, f"{_shown(name)} is no valid name; use {NAME_RULE}")


def _shown(name: str) -> str:
    return repr(name if len(name) <= 80 else name[:77] + "...")
