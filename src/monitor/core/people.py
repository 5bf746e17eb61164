"""People: users, sessions and keys in memory; who a secret belongs to."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from msgspec import structs

from monitor.core.caller import Caller, StoredSession, StoredUser
from monitor.core.edit_context import EditContext
from monitor.core.memory import Memory
from monitor.features.users.spec import User
from monitor.kernel.activity import Who
from monitor.kernel.clock import Clock
from monitor.kernel.errors import NotFound

USER = "user"
SESSION = "session"
SESSION_LIFE = timedelta(days=30)
SESSION_IDLE = timedelta(days=7)


class People:
    """Looks people up; changes go through edits."""

    held: dict[str, Any] = {USER: StoredUser, SESSION: StoredSession}  # noqa: RUF012 - a constant

    def __init__(self, memory: Memory, clock: Clock) -> None:
        self._memory = memory
        self._clock = clock
        self._seen: dict[str, datetime] = {}
        self._begun = clock.now()
        memory.listen(SESSION, self._session_changed)

    def users(self) -> list[StoredUser]:
        """Every user, by name."""
        return sorted(self._memory.all(USER).values(), key=lambda u: u.name)

    def find(self, ref: str) -> StoredUser | None:
        """By id or name."""
        return self._memory.get(USER, ref) or self.named(ref)

    def named(self, name: str) -> StoredUser | None:
        """By name alone."""
        return next((u for u in self._memory.all(USER).values() if u.name == name), None)

    def need(self, ref: str) -> StoredUser:
        """By id or name, or NotFound."""
        user = self.find(ref)
        if user is None:
            raise NotFound(f"there is no user called {ref[:80]!r}")
        return user

    def has_admin(self) -> bool:
        """Whether set-up is over."""
        return any(u.admin for u in self._memory.all(USER).values())

    def caller(self, secret: str, *, origin: str, address: str) -> Caller | None:
        """Who holds this session or key secret; None when it is unknown, expired, or its user disabled."""
        caller = self.by_session(digest(secret))
        return structs.replace(caller, origin=origin, address=address) if caller else None

    def by_session(self, id: str) -> Caller | None:
        """Who stands behind a session or key now."""
        session: StoredSession | None = self._memory.get(SESSION, id)
        now = self._clock.now()
        if session is None or session.expires <= now:
            return None
        # When one was used before core started is not known: it counts as used then.
        seen = self._seen.get(session.id) or max(session.created, self._begun)
        if not session.key_name and now - seen > SESSION_IDLE:
            return None
        user = self.find(session.user)
        if user is None or not user.enabled:
            return None
        self._seen[session.id] = now
        who = Who("user", user.id, user.name)
        return Caller(who=who, admin=user.admin, session=session.id)

    def _session_changed(self, id: str, session: StoredSession | None) -> None:
        if session is None:
            self._seen.pop(id, None)

    def last_used(self, session: str) -> datetime | None:
        """When a session or key was last seen since core started."""
        return self._seen.get(session)

    def sessions(self) -> list[StoredSession]:
        """Every session and key."""
        return list(self._memory.all(SESSION).values())

    def open_session(self, ctx: EditContext, user: str) -> str:
        """Put a new session into the changes; answers its secret."""
        secret = new_secret()
        now = self._clock.now()
        for old in self.sessions():
            if old.user == user and old.expires <= now:
                ctx.changes.put(SESSION, old.id, None)
        session = StoredSession(id=digest(secret), user=user, created=now, expires=now + SESSION_LIFE)
        ctx.changes.put(SESSION, session.id, session)
        return secret

    def end_sessions(self, ctx: EditContext, user: str, *, but: str = "", keys: bool = True) -> None:
        """Put the end of a user's sessions (and keys) into the changes."""
        for session in self.sessions():
            if session.user == user and session.id != but and (keys or not session.key_name):
                ctx.changes.put(SESSION, session.id, None)

    def show(self, user: StoredUser) -> User:
        """A user as people see him."""
        seen = [at for s in self.sessions() if s.user == user.id and (at := self._seen.get(s.id))]
        return User(
            id=user.id,
            name=user.name,
            admin=user.admin,
            enabled=user.enabled,
            created=user.created,
            last_seen=max(seen, default=None),
        )


def new_secret() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored of a secret of 256 random bits: SHA-256; guessing it is as hard as the secret itself."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
