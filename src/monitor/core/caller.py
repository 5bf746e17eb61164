"""Caller: who stands behind a request, and what memory knows of people."""

from datetime import datetime

from msgspec import Struct

from monitor.kernel.activity import What, Who
from monitor.kernel.permission import Level


class Bound(Struct, frozen=True):
    """All that one may do who is no person: one operation on one resource, with the level it needs there."""

    type: str
    id: str
    operation: str
    level: Level


class Caller(Struct, frozen=True, kw_only=True):
    """Who asks. Anonymous callers have an empty user id."""

    who: Who
    admin: bool = False
    session: str = ""
    """Id of the session or key the request came with."""
    origin: str = "api"
    address: str = ""
    cause: What | None = None
    """What asks for him by itself: a schedule of his."""
    bound: Bound | None = None
    """Of who is no person and no part of core: nothing but this."""

    @property
    def user(self) -> str:
        """The user's id; empty for nobody and for the system itself."""
        return self.who.id if self.who.kind == "user" else ""


ANONYMOUS = Caller(who=Who("nobody", "", "nobody"))
SYSTEM = Caller(who=Who("system", "", "monitor"), admin=True, origin="system")


class StoredUser(Struct, frozen=True, kw_only=True):
    """A user as stored, with the hash of the password (argon2)."""

    id: str
    name: str
    admin: bool
    enabled: bool
    password: str
    created: datetime


class StoredSession(Struct, frozen=True, kw_only=True):
    """A session or key as stored, under the SHA-256 of its secret."""

    id: str
    user: str
    created: datetime
    expires: datetime
    key_name: str = ""
    """The key's name; empty for a browser's session."""
    public: str = ""
    """A key's own id, shown to people."""
