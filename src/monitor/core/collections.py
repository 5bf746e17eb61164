"""Collections: items resources keep many of, in memory by kind and resource, kept true by listening to it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from msgspec import Struct

from monitor.core.memory import Changes, Memory
from monitor.kernel.collection import Collection
from monitor.kernel.resource import Behaviour

K = TypeVar("K")


class Collected(Struct, Generic[K], frozen=True, kw_only=True):
    """An item as stored, under its own id."""

    resource: str
    item: K


class Collections:
    """All there are, of every type."""

    def __init__(self, memory: Memory, behaviours: Sequence[Behaviour[Any, Any, Any]]) -> None:
        self._by_type = {b.type.name: b.type.collections for b in behaviours}
        self._of: dict[str, dict[str, dict[str, Any]]] = {}
        self._resources: dict[tuple[str, str], str] = {}
        for kind in held_collections(behaviours):
            self._of[kind] = {}
            for id, kept in memory.all(kind).items():
                self._changed(kind, id, kept)
            memory.listen(kind, self._listener(kind))

    def of(self, collection: Collection[Any], resource: str) -> list[Any]:
        """A resource's items, newest first."""
        kept: Mapping[str, Any] = self._of[collection.name].get(resource, {})
        return [kept[id] for id in sorted(kept, reverse=True)]

    def go_with(self, type: str, resource: str, changes: Changes) -> None:
        """Delete what a resource that is deleted has kept."""
        for collection in self._by_type[type]:
            for id in self._of[collection.name].get(resource, {}):
                changes.put(collection.name, id, None)

    def _listener(self, kind: str) -> Callable[[str, Any], None]:
        return partial(self._changed, kind)

    def _changed(self, kind: str, id: str, kept: Collected[Any] | None) -> None:
        if kept is not None:
            self._resources[kind, id] = kept.resource
            self._of[kind].setdefault(kept.resource, {})[id] = kept.item
            return
        resource = self._resources.pop((kind, id), "")
        items = self._of[kind].get(resource, {})
        items.pop(id, None)
        if not items:
            self._of[kind].pop(resource, None)


def held_collections(behaviours: Sequence[Behaviour[Any, Any, Any]]) -> dict[str, Any]:
    """Kinds of documents they need in memory."""
    return {c.name: Collected[c.item] for b in behaviours for c in b.type.collections}
