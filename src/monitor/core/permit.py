"""Permit: what a caller may do to what. The only place that decides; the dispatcher and live ask it."""

from collections.abc import Iterable

from monitor.core.caller import Caller
from monitor.core.memory import Memory
from monitor.features.permissions.spec import Grant
from monitor.kernel.operation import Needs
from monitor.kernel.permission import Access, HostPower, Level, Right
from monitor.kernel.registry import Registry

GRANT = "grant"


class Permit:
    """Levels, rights and powers of callers, from the grants in memory."""

    def __init__(self, memory: Memory, registry: Registry) -> None:
        self._memory = memory
        self._needs: dict[str, list[tuple[str, Needs]]] = {}
        for name, operation in registry.operations.items():
            if operation.targeted:
                self._needs.setdefault(name.partition(".")[0], []).append((name, operation.needs))
        self._operations: dict[tuple[str, bool, Level, frozenset[Right]], tuple[str, ...]] = {}
        """What may be asked for, by what a caller holds on a resource."""
        self._by_user: dict[str, dict[tuple[str, str], Grant]] = {}
        self._by_id: dict[str, Grant] | None = None
        """What `_by_user` was made of; None before anybody asked."""
        memory.listen(GRANT, self._note)

    def level(self, caller: Caller, type: str, id: str) -> Level:
        """The highest level granted on the resource or its whole type."""
        if caller.admin:
            return Level.WRITE
        if caller.bound is not None:
            return caller.bound.level if (type, id) == (caller.bound.type, caller.bound.id) else Level.NONE
        levels = [g.level for g in self._grants(caller, type, id)]
        return max(levels, key=lambda level: level.rank, default=Level.NONE)

    def right(self, caller: Caller, right: Right, type: str, id: str) -> bool:
        """Whether a right is granted on the resource (or, with an empty id, the whole type)."""
        return caller.admin or any(right in g.rights for g in self._grants(caller, type, id))

    def powers(self, caller: Caller, server: str) -> frozenset[HostPower]:
        """Host powers the caller holds on a server."""
        if caller.admin:
            return frozenset(HostPower)
        return frozenset(p for g in self._grants(caller, "server", server) for p in g.powers)

    def may(self, caller: Caller, needs: Needs, type: str, id: str) -> bool:
        """Whether the caller meets `needs` on a resource he can read, or, without one, at all."""
        if isinstance(needs, Level):
            return self.level(caller, type, id).covers(needs)
        if isinstance(needs, Right):
            return self.right(caller, needs, type, id)
        if needs is Access.PUBLIC:
            return True
        return caller.admin if needs is Access.ADMIN else bool(caller.user) or caller.admin

    def readable(self, caller: Caller, type: str, id: str) -> bool:
        """Whether the caller may know that the resource exists."""
        return caller.admin or self.level(caller, type, id).covers(Level.READ)

    def operations(self, caller: Caller, type: str, id: str) -> tuple[str, ...]:
        """Names of the operations on this resource the caller may ask for."""
        rights = frozenset(r for g in self._grants(caller, type, id) for r in g.rights)
        if caller.bound is not None:
            return (caller.bound.operation,) if (type, id) == (caller.bound.type, caller.bound.id) else ()
        key = (type, caller.admin, self.level(caller, type, id), rights)
        known = self._operations.get(key)
        if known is None:
            known = tuple(n for n, needs in self._needs.get(type, ()) if self.may(caller, needs, type, id))
            self._operations[key] = known
        return known

    def held(self, caller: Caller) -> dict[tuple[str, str], Grant]:
        """His grants by type and resource, as they are now."""
        return dict(self._index().get(caller.user, {}))

    def grant(self, user: str, type: str, resource: str) -> Grant | None:
        """A user's on one resource (or, with an empty one, the whole type)."""
        return self._index().get(user, {}).get((type, resource))

    def _grants(self, caller: Caller, type: str, id: str) -> Iterable[Grant]:
        mine = self._index().get(caller.user)
        if not mine:
            return ()
        return [g for key in {(type, id), (type, "")} if (g := mine.get(key)) is not None]

    def _index(self) -> dict[str, dict[tuple[str, str], Grant]]:
        if self._by_id is None:
            self._by_id = {}
            for id, grant in self._memory.all(GRANT).items():
                self._note(id, grant)
        return self._by_user

    def _note(self, id: str, value: Grant | None) -> None:
        if self._by_id is None:
            return
        old = self._by_id.pop(id, None)
        if old is not None and self._by_user[old.user].get((old.type, old.resource)) is old:
            del self._by_user[old.user][old.type, old.resource]
            if not self._by_user[old.user]:
                del self._by_user[old.user]
        if value is not None:
            self._by_id[id] = value
            self._by_user.setdefault(value.user, {})[value.type, value.resource] = value
