"""Catalog: every resource with its info and live status, in memory, by id and by name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct

from monitor.core.bus import Bus
from monitor.core.memory import Memory
from monitor.kernel.activity import Who
from monitor.kernel.fields import replace_marked
from monitor.kernel.hostview import HostView
from monitor.kernel.ids import is_id
from monitor.kernel.resource import Behaviour, NoStatus, StatusInput

RESOURCE = "resource."
"""What the kinds of documents of resources begin with."""

C = TypeVar("C")
Views = Callable[[str], HostView | None]


class Sealed(Struct, frozen=True):
    """One secret of a config: where it stands, and its encrypted value."""

    path: str
    value: str


class SetBy(Struct, frozen=True):
    """Who gave a field that Monitor acts on by itself the value it has."""

    field: str
    who: Who


class Stored(Struct, Generic[C], frozen=True, kw_only=True):
    """A resource as stored: config with null in place of secrets, references by id; the secrets beside it, sealed.

    A sealed value is longer than the secret and follows no rule of its field, so it cannot stand there.
    """

    id: str
    name: str
    description: str = ""
    tags: tuple[str, ...] = ()
    revision: int
    configured: int = 1
    """The revision that last changed the config or the name, not only words about it."""
    created: datetime
    updated: datetime
    config: C
    sealed: tuple[Sealed, ...] = ()
    former: tuple[str, ...] = ()
    """Sealed values it had before, newest first: what was started with one may still print it."""
    set_by: tuple[SetBy, ...] = ()
    """Of each field marked STANDING that says something."""


class Record:
    """One resource in memory, with all that lists need worked out already."""

    def __init__(self, behaviour: "Behaviour[Any, Any, Any]", stored: Stored[Any], info: Any) -> None:
        self.behaviour = behaviour
        self.type: str = behaviour.type.name
        self.info = info
        self.status: Any = NoStatus()
        self.not_now: dict[str, str] = {}
        self.store(stored)

    def store(self, stored: Stored[Any]) -> None:
        """Take over a new config."""
        self.stored = stored
        self.id = stored.id
        self.references = references(stored.config)
        self.asked = asked(stored.config)
        """What its config has done by itself is of these: ids with their types. They may be deleted all the same."""
        server_of = self.behaviour.hooks.server_of
        self.server = server_of(stored.config) if server_of else (stored.id if self.type == "server" else "")

    def refresh(self, views: Views) -> bool:
        """Work the status, and what cannot work now, out again; whether that changed."""
        hooks = self.behaviour.hooks
        if hooks.status is None and hooks.hinders is None:
            return False
        view = views(self.server) if self.server else None
        stored = self.stored
        set_by = {one.field: one.who.name for one in stored.set_by}
        given = StatusInput(stored.id, stored.name, stored.configured, stored.config, self.info, view, set_by)
        before = self.status, self.not_now
        self.status = hooks.status(given) if hooks.status else self.status
        self.not_now = hooks.hinders(given, self.status) if hooks.hinders else {}
        return (self.status, self.not_now) != before


class Catalog:
    """Records by type, id and name, kept true by listening to memory; tells the bus what changed."""

    def __init__(
        self, memory: Memory, behaviours: Sequence["Behaviour[Any, Any, Any]"], views: Views, bus: Bus
    ) -> None:
        self.behaviours = {b.type.name: b for b in behaviours}
        self._memory = memory
        self._views = views
        self._bus = bus
        self._records: dict[str, dict[str, Record]] = {name: {} for name in self.behaviours}
        self._names: dict[str, dict[str, str]] = {name: {} for name in self.behaviours}
        self._sorted: dict[str, list[Record] | None] = dict.fromkeys(self.behaviours)
        for name in self.behaviours:
            memory.listen(resource_kind(name), self._resource_listener(name))
            memory.listen(info_kind(name), self._info_listener(name))

    @staticmethod
    def held(behaviours: Sequence["Behaviour[Any, Any, Any]"]) -> dict[str, Any]:
        """Kinds of documents the catalog needs in memory."""
        kinds: dict[str, Any] = {}
        for behaviour in behaviours:
            kinds[resource_kind(behaviour.type.name)] = Stored[behaviour.type.config]
            kinds[info_kind(behaviour.type.name)] = behaviour.type.info
        return kinds

    def load(self) -> None:
        """Build all records from memory."""
        for name in self.behaviours:
            for id, stored in self._memory.all(resource_kind(name)).items():
                self._put(name, id, stored)

    def get(self, type: str, id: str) -> Record | None:
        """By id."""
        return self._records[type].get(id)

    def find(self, type: str, ref: str) -> Record | None:
        """By id or name; none of a type there is not."""
        id = ref if is_id(ref) else self._names.get(type, {}).get(ref, "")
        return self._records.get(type, {}).get(id)

    def by_name(self, type: str) -> list[Record]:
        """All of a type in order of name; do not change the list."""
        known = self._sorted[type]
        if known is None:
            known = self._sorted[type] = sorted(self._records[type].values(), key=lambda r: r.stored.name)
        return known

    def all(self, type: str) -> Mapping[str, Record]:
        """All of a type by id."""
        return self._records[type]

    def anywhere(self, id: str) -> Record | None:
        """A resource of whatever type."""
        return next((r for records in self._records.values() if (r := records.get(id))), None)

    def referrers(self, id: str) -> list[Record]:
        """Those whose config names this resource."""
        return [r for records in self._records.values() for r in records.values() if id in r.references]

    def view_changed(self, server: str) -> None:
        """What core knows of a server changed: refresh what lives there."""
        for records in self._records.values():
            self._refresh(r for r in records.values() if r.server == server)

    def _refresh(self, records: Iterable[Record]) -> None:
        for record in records:
            if record.refresh(self._views):
                self._bus.publish(record.type, record.id, record)

    def _put(self, type: str, id: str, stored: Stored[Any]) -> Record:
        record = self._records[type].get(id)
        if record is None:
            behaviour = self.behaviours[type]
            info = self._memory.get(info_kind(type), id) or behaviour.type.info()
            record = self._records[type][id] = Record(behaviour, stored, info)
        else:
            self._names[type].pop(record.stored.name, None)
            record.store(stored)
        self._names[type][stored.name] = id
        self._sorted[type] = None
        record.refresh(self._views)
        return record

    def _resource_listener(self, type: str) -> Callable[[str, Any], None]:
        def changed(id: str, value: Any) -> None:
            if value is not None:
                self._bus.publish(type, id, self._put(type, id, value))
                return
            record = self._records[type].pop(id, None)
            if record is not None:
                self._names[type].pop(record.stored.name, None)
                self._sorted[type] = None
            self._bus.publish(type, id, None)

        return changed

    def _info_listener(self, type: str) -> Callable[[str, Any], None]:
        def changed(id: str, value: Any) -> None:
            record = self._records[type].get(id)
            if record is not None and value is not None:
                record.info = value
                record.refresh(self._views)
                self._bus.publish(type, id, record)

        return changed


def resource_kind(type: str) -> str:
    """Document kind of a type's resources."""
    return f"{RESOURCE}{type}"


def info_kind(type: str) -> str:
    """Document kind of a type's infos."""
    return f"info.{type}"


def asked(config: Any) -> dict[str, str]:
    """Ids of what the actions a config keeps are of, with their types."""
    found: dict[str, str] = {}

    def note(mark: Any, value: Any, path: str) -> Any:
        if value is not None and value.target:
            found[value.target] = value.operation.partition(".")[0]
        return value

    replace_marked(config, "asks", note)
    return found


def references(config: Any) -> dict[str, str]:
    """Ids a config refers to, with their types."""
    found: dict[str, str] = {}

    def note(mark: Any, value: Any, path: str) -> Any:
        if isinstance(value, str) and value:
            found[value] = mark["type"]
        return value

    replace_marked(config, "refers_to", note)
    return found
