"""How requests about users are answered."""

from msgspec import UNSET, structs

from monitor.core.caller import StoredUser
from monitor.core.context import QueryContext
from monitor.core.edit_context import EditContext
from monitor.core.limits import Limit
from monitor.core.parts import Parts
from monitor.core.passwords import Passwords
from monitor.core.people import USER, People
from monitor.core.permit import GRANT
from monitor.features.users.spec import CreateUser, DeleteUser, GetUser, ListUsers, SetPassword, UpdateUser, User
from monitor.kernel.activity import Change
from monitor.kernel.errors import Conflict, FieldError, Forbidden
from monitor.kernel.ids import check_name, new_id
from monitor.kernel.operation import AnswerHandler, Handler


class Users:
    """Who may sign in. There is always an enabled admin."""

    def __init__(self, parts: Parts, people: People, passwords: Passwords) -> None:
        self._parts = parts
        self._people = people
        self._passwords = passwords
        self._guesses = Limit(parts.clock, burst=10, every=6)

    def handlers(self) -> tuple[Handler, ...]:
        """One per operation of the spec."""
        return (
            AnswerHandler(ListUsers, self.everybody),
            AnswerHandler(GetUser, self.get),
            AnswerHandler(CreateUser, self.create, before=self.hash_password),
            AnswerHandler(UpdateUser, self.update),
            AnswerHandler(SetPassword, self.set_password, before=self.check_and_hash),
            AnswerHandler(DeleteUser, self.delete),
        )

    async def everybody(self, ctx: QueryContext, op: ListUsers) -> tuple[User, ...]:
        """By name."""
        return tuple(self._people.show(u) for u in self._people.users())

    async def get(self, ctx: QueryContext, op: GetUser) -> User:
        """One."""
        return self._people.show(self._people.need(op.target))

    async def hash_password(self, ctx: QueryContext, op: CreateUser) -> str:
        """Before edits are held up."""
        check_name(op.name)
        return await self._passwords.hash(op.password)

    async def create(self, ctx: EditContext, op: CreateUser) -> User:
        """Add one."""
        if self._people.find(op.name) is not None:
            message = f"there is a user called {op.name} already"
            raise Conflict(message, (FieldError("name", message),))
        user = StoredUser(
            id=new_id(ctx.now()), name=op.name, admin=op.admin, enabled=True, password=ctx.prepared, created=ctx.now()
        )
        ctx.changes.put(USER, user.id, user)
        ctx.on("user", user.id, user.name)
        return self._people.show(user)

    async def update(self, ctx: EditContext, op: UpdateUser) -> User:
        """Enable, disable, make admin or not."""
        old = self._people.need(op.target)
        new = structs.replace(
            old,
            enabled=old.enabled if op.enabled is UNSET else op.enabled,
            admin=old.admin if op.admin is UNSET else op.admin,
        )
        ctx.on("user", old.id, old.name)
        ctx.changed(tuple(_change(f, old, new) for f in ("enabled", "admin") if getattr(old, f) != getattr(new, f)))
        if not ctx.record_changes:
            ctx.unchanged()
            return self._people.show(old)
        self._keep_an_admin(old, new)
        ctx.changes.put(USER, new.id, new)
        if (old.enabled and not new.enabled) or (old.admin and not new.admin):
            self._people.end_sessions(ctx, old.id)
        return self._people.show(new)

    async def check_and_hash(self, ctx: QueryContext, op: SetPassword) -> str:
        """One's own needs the current one; anybody else's needs an admin."""
        user = self._people.find(op.target)
        own = user is not None and user.id == ctx.caller.user
        if not own and not ctx.caller.admin:
            raise Forbidden("only admins set other people's passwords")
        user = self._people.need(op.target)
        if own:
            self._guesses.take(user.id)
        if own and not await self._passwords.check(user.password, op.current):
            raise Forbidden("current: not the current password", (FieldError("current", "not the current password"),))
        return await self._passwords.hash(op.password)

    async def set_password(self, ctx: EditContext, op: SetPassword) -> None:
        """Every other session and key of that user ends."""
        user = structs.replace(self._people.need(op.target), password=ctx.prepared)
        ctx.changes.put(USER, user.id, user)
        ctx.on("user", user.id, user.name)
        self._people.end_sessions(ctx, user.id, but=ctx.caller.session)

    async def delete(self, ctx: EditContext, op: DeleteUser) -> None:
        """With his grants, sessions and keys."""
        user = self._people.need(op.target)
        self._keep_an_admin(user, None)
        ctx.on("user", user.id, user.name)
        ctx.changes.put(USER, user.id, None)
        self._people.end_sessions(ctx, user.id)
        for grant in self._parts.memory.all(GRANT).values():
            if grant.user == user.id:
                ctx.changes.put(GRANT, grant.id, None)

    def _keep_an_admin(self, old: StoredUser, new: StoredUser | None) -> None:
        left = [u for u in self._people.users() if u.admin and u.enabled and u.id != old.id]
        if old.admin and not left and not (new and new.admin and new.enabled):
            raise Conflict(f"{old.name} is the last enabled admin", hint="Make somebody else admin first.")


def _change(field: str, old: StoredUser, new: StoredUser) -> Change:
    return Change(field, str(getattr(old, field)).lower(), str(getattr(new, field)).lower())
