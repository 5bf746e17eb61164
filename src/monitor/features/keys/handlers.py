"""How requests about API keys are answered."""

from datetime import timedelta

from monitor.core.caller import StoredSession
from monitor.core.context import QueryContext
from monitor.core.edit_context import EditContext
from monitor.core.people import SESSION, People, digest, new_secret
from monitor.features.keys.spec import CreateKey, DeleteKey, Key, ListKeys, NewKey
from monitor.kernel.errors import Conflict, NotFound
from monitor.kernel.ids import new_id
from monitor.kernel.operation import AnswerHandler, Handler


class Keys:
    """API keys: sessions with a name and an end."""

    def __init__(self, people: People) -> None:
        self._people = people

    def handlers(self) -> tuple[Handler, ...]:
        """One per operation of the spec."""
        return (
            AnswerHandler(CreateKey, self.create),
            AnswerHandler(ListKeys, self.mine),
            AnswerHandler(DeleteKey, self.delete),
        )

    async def create(self, ctx: EditContext, op: CreateKey) -> NewKey:
        """For the caller himself."""
        secret = f"mon_{new_secret()}"
        session = StoredSession(
            id=digest(secret),
            user=ctx.caller.user,
            created=ctx.now(),
            expires=ctx.now() + timedelta(days=op.days),
            key_name=op.name,
            public=new_id(ctx.now()),
        )
        ctx.changes.put(SESSION, session.id, session)
        ctx.on("key", session.public, op.name)
        return NewKey(key=self._show(session), secret=secret)

    async def mine(self, ctx: QueryContext, op: ListKeys) -> tuple[Key, ...]:
        """The caller's, or an admin's view of all."""
        return tuple(self._show(s) for s in self._visible(ctx))

    async def delete(self, ctx: EditContext, op: DeleteKey) -> None:
        """At once; by its id, or one's own by its name."""
        visible = self._visible(ctx)
        found = [s for s in visible if s.public == op.target]
        found = found or [s for s in visible if (s.key_name, s.user) == (op.target, ctx.caller.user)]
        if not found:
            raise NotFound("there is no such key")
        if len(found) > 1:
            raise Conflict(f"{len(found)} of your keys have this name", hint="Give the id of the one that is meant.")
        ctx.changes.put(SESSION, found[0].id, None)
        ctx.on("key", found[0].public, found[0].key_name)

    def _visible(self, ctx: QueryContext) -> list[StoredSession]:
        keys = [s for s in self._people.sessions() if s.key_name]
        return sorted(
            (s for s in keys if ctx.caller.admin or s.user == ctx.caller.user), key=lambda s: (s.key_name, s.public)
        )

    def _show(self, session: StoredSession) -> Key:
        return Key(
            id=session.public,
            name=session.key_name,
            user=session.user,
            created=session.created,
            expires=session.expires,
            last_used=self._people.last_used(session.id),
        )
