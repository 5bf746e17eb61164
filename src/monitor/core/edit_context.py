"""Contexts of handlers that change something: of edits, which are committed with their record, and of actions."""

from collections.abc import Callable
from typing import Any

from monitor.core import way_back
from monitor.core.caller import Caller
from monitor.core.catalog import Record, info_kind
from monitor.core.collections import Collected
from monitor.core.context import QueryContext, RunOther
from monitor.core.deletion import delete_resource
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.core.renaming import rename_resource
from monitor.kernel.activity import Change, What
from monitor.kernel.collection import Collection
from monitor.kernel.errors import HostError, NotFound
from monitor.kernel.release import Release
from monitor.kernel.resource import ResourceType
from monitor.kernel.sentence import short_ids


class EditContext(QueryContext):
    """What an edit may reach: the changes it collects are committed with its record."""

    def __init__(self, parts: Parts, caller: Caller, record: Record | None, run: RunOther, activity: str) -> None:
        super().__init__(parts, caller, record, run)
        self.activity = activity
        self.changes = Changes()
        self.record_changes: tuple[Change, ...] = ()
        self.what: What | None = what_of(record)
        self.text = ""
        self.recorded = True
        self.prepared: Any = None
        """What the handler's `before` answered."""
        self.session: str | None = None
        """The secret of a session this edit opened; empty: it ended the caller's."""
        self.after: list[Callable[[], None]] = []
        """Called once the commit is durable."""
        self.answer: Callable[[], Any] | None = None
        """Makes the answer once the commit is durable, instead of what the handler answered."""

    def on(self, type: str, id: str, name: str) -> None:
        """Say what it was done to, where that is not the target."""
        self.what = What(type, id, name)

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Field by field, for the record."""
        self.record_changes = changes

    def show(self, answer: Callable[[], Any]) -> None:
        """Answer what can be told only once it is stored."""
        self.answer = answer

    def unchanged(self) -> None:
        """Nothing was changed after all: no record is left."""
        self.recorded = False

    def set_info(self, type: ResourceType[Any, Any, Any], id: str, info: Any) -> None:
        self.changes.put(info_kind(type.name), id, info)

    def put_item(self, collection: Collection[Any], resource: str, item: Any) -> None:
        self.changes.put(collection.name, item.id, Collected(resource=resource, item=item))

    def drop_item(self, collection: Collection[Any], id: str) -> None:
        self.changes.put(collection.name, id, None)

    def delete(self, type: ResourceType[Any, Any, Any], id: str) -> None:
        delete_resource(self.parts, self.caller, self.changes, type.name, id)

    def rename(self, type: ResourceType[Any, Any, Any], id: str, name: str) -> None:
        self.changed(rename_resource(self.parts, self.changes, type.name, id, name))

    def summary(self, text: str) -> None:
        self.text = short_ids(text)


class ActionContext(EditContext):
    """What an action's two halves may reach."""

    operation = ""
    failure: HostError | None = None
    """Why it has failed though its job has not."""

    def end_failed(self, failure: HostError) -> None:
        self.failure = failure

    async def begin_release(
        self, type: ResourceType[Any, Any, Any], fingerprint: str, restores: Release[Any, Any] | None = None
    ) -> None:
        earlier = self._kept[restores.activity] if restores else None
        await way_back.begin(self, fingerprint, earlier)

    async def end_release(
        self, type: ResourceType[Any, Any, Any], content: str, info: Callable[[int, int], Any]
    ) -> None:
        await way_back.succeed(self, content, info)

    @property
    def target_record(self) -> Record | None:
        """The target as it is now, None for an operation that has none."""
        return self.record if self._record else None

    def take_changes(self) -> Changes:
        """What was collected so far, which is written now and not again."""
        taken, self.changes = self.changes, Changes()
        return taken

    @property
    def record(self) -> Record:
        known = self._record
        current = self.parts.catalog.get(known.type, known.id) if known else None
        if current is None:
            raise NotFound("its target was deleted meanwhile")
        return current


def what_of(record: Record | None) -> What | None:
    """A record's target as the activity keeps it."""
    return What(record.type, record.id, record.stored.name) if record else None
