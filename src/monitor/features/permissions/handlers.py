"""How requests about grants are answered."""

from msgspec import structs

from monitor.core.caller import Caller
from monitor.core.context import QueryContext
from monitor.core.edit_context import EditContext
from monitor.core.parts import Parts
from monitor.core.people import People
from monitor.core.permit import GRANT
from monitor.features.permissions.spec import DeleteGrant, Grant, ListGrants, SetGrant
from monitor.kernel.activity import Change
from monitor.kernel.errors import Forbidden, Invalid, NotFound
from monitor.kernel.ids import new_id
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.permission import HostPower, Level, Right


class Permissions:
    """Grants. Who holds `manage` on a resource may share what he has himself; the rest is for admins."""

    def __init__(self, parts: Parts, people: People) -> None:
        self._parts = parts
        self._people = people

    def handlers(self) -> tuple[Handler, ...]:
        """One per operation of the spec."""
        return (
            AnswerHandler(SetGrant, self.grant),
            AnswerHandler(ListGrants, self.find),
            AnswerHandler(DeleteGrant, self.delete),
        )

    async def grant(self, ctx: EditContext, op: SetGrant) -> Grant:
        """One grant per user and resource (or type)."""
        type, resource, name = self._place(ctx.caller, op)
        user = self._people.find(op.user)
        if user is None:
            raise Invalid.field("user", f"there is no user {op.user[:80]!r}")
        self._check_own(ctx.caller, type, resource, op)
        old = self._parts.permit.grant(user.id, type, resource)
        grant = Grant(
            id=old.id if old else new_id(ctx.now()),
            user=user.id,
            type=type,
            resource=resource,
            level=op.level,
            rights=tuple(dict.fromkeys(op.rights)),
            powers=tuple(dict.fromkeys(op.powers)),
            created=ctx.now(),
        )
        ctx.changes.put(GRANT, grant.id, grant)
        ctx.on(type, resource, name)
        ctx.changed((Change(f"grant {user.name}", _told(old), _told(grant)),))
        ctx.summary(f"{user.name} has {_told(grant)} on {type} {name}")
        return self._named(ctx.caller, grant)

    async def find(self, ctx: QueryContext, op: ListGrants) -> tuple[Grant, ...]:
        """Filtered by what is given."""
        user = self._people.find(op.user) if op.user else None
        place = self._parts.catalog.find(op.type, op.resource) if op.resource and op.type else None
        found: list[Grant] = []
        for grant in self._parts.memory.all(GRANT).values():
            fits = (not op.user or (user is not None and grant.user == user.id)) and (
                not op.type or grant.type == op.type
            )
            fits = fits and (not op.resource or (place is not None and grant.resource == place.id))
            if fits and (grant.user == ctx.caller.user or self._manages(ctx.caller, grant.type, grant.resource)):
                found.append(grant)
        return tuple(self._named(ctx.caller, g) for g in sorted(found, key=lambda g: g.id))

    async def delete(self, ctx: EditContext, op: DeleteGrant) -> None:
        """Take it back."""
        grant: Grant | None = self._parts.memory.get(GRANT, op.target)
        if grant is None or not self._manages(ctx.caller, grant.type, grant.resource):
            raise NotFound("there is no such grant")
        user = self._people.find(grant.user)
        record = self._parts.catalog.get(grant.type, grant.resource) if grant.resource else None
        ctx.changes.put(GRANT, grant.id, None)
        ctx.on(grant.type, grant.resource, record.stored.name if record else "")
        ctx.changed((Change(f"grant {user.name if user else grant.user}", _told(grant), "none"),))

    def _place(self, caller: Caller, op: SetGrant) -> tuple[str, str, str]:
        """(type, resource id, name) of what is granted on; the caller must manage it."""
        if op.type not in self._parts.registry.types:
            raise Invalid.field("type", f"unknown; known are {', '.join(self._parts.registry.types)}")
        if not op.resource:
            if not caller.admin:
                raise Forbidden("only admins grant on all of a type")
            return op.type, "", "(all)"
        record = self._parts.catalog.find(op.type, op.resource)
        if record is None or not self._parts.permit.readable(caller, op.type, record.id):
            raise Invalid.field("resource", f"there is no {op.type} {op.resource[:80]!r}")
        if not self._manages(caller, op.type, record.id):
            raise Forbidden(f"the right 'manage' on {op.type} {record.stored.name} is needed to share it")
        return op.type, record.id, record.stored.name

    def _check_own(self, caller: Caller, type: str, resource: str, op: SetGrant) -> None:
        """Nobody gives more than he has."""
        permit = self._parts.permit
        if Right.CREATE in op.rights and resource:
            raise Invalid.field("rights", "'create' is granted on a whole type: leave resource empty")
        if op.powers and type != "server":
            raise Invalid.field("powers", "host powers are granted on servers")
        more = [r.value for r in op.rights if not permit.right(caller, r, type, resource)]
        more += [p.value for p in op.powers if p not in permit.powers(caller, resource)]
        if not permit.level(caller, type, resource).covers(op.level) or more:
            raise Forbidden(f"you cannot grant more than you have: {', '.join(more) or op.level.value}")

    def _manages(self, caller: Caller, type: str, resource: str) -> bool:
        return caller.admin or (bool(resource) and self._parts.permit.right(caller, Right.MANAGE, type, resource))

    def _named(self, caller: Caller, grant: Grant) -> Grant:
        """With whom it is for, and on what as far as the caller may read that."""
        user = self._people.find(grant.user)
        readable = grant.resource and self._parts.permit.readable(caller, grant.type, grant.resource)
        record = self._parts.catalog.get(grant.type, grant.resource) if readable else None
        return structs.replace(
            grant,
            user_name=user.name if user else "",
            resource_name=record.stored.name if record else "",
        )


def _told(grant: Grant | None) -> str:
    if grant is None:
        return "none"
    extra: list[Right | HostPower] = [*grant.rights, *grant.powers]
    parts = [grant.level.value if grant.level is not Level.NONE or not extra else "", *(e.value for e in extra)]
    return ", ".join(p for p in parts if p)
