"""The standard operations of every resource type: create, list, get, update, delete."""

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET

from monitor.core import config as configs
from monitor.core import requested, shown
from monitor.core.catalog import Record, Sealed, Stored, resource_kind
from monitor.core.changes import compare
from monitor.core.context import QueryContext
from monitor.core.copying import copied_config
from monitor.core.edit_context import EditContext
from monitor.core.listing import after, narrow, sort
from monitor.core.noted import notes_on
from monitor.core.parts import Parts
from monitor.core.permit import GRANT
from monitor.core.short_secrets import short_secrets
from monitor.core.topic import keyed
from monitor.features.permissions.spec import Grant
from monitor.kernel import standard
from monitor.kernel.errors import Conflict, Invalid
from monitor.kernel.ids import check_name, new_id
from monitor.kernel.permission import Level, Right
from monitor.kernel.resource import Page, Resource
from monitor.kernel.stream import Item, Snapshot

AnyResource = Resource[Any, Any, Any]
_CREATOR_RIGHTS = (Right.LOGS, Right.TERMINAL, Right.INSPECT, Right.PROCESSES, Right.USE, Right.MANAGE)


class Wanted(NamedTuple):
    """What a create is asked for."""

    name: str
    description: str
    tags: tuple[str, ...]
    config: Any


class Crud:
    """Answers the standard operations of one type."""

    def __init__(self, parts: Parts, type: standard.AnyType) -> None:
        self._parts = parts
        self._type = type
        self._behaviour = parts.catalog.behaviours[type.name]

    async def create(self, ctx: EditContext, op: Any) -> AnyResource:
        """Store a new resource; a creator who is no admin gets write on it."""
        parts, type = self._parts, self._type
        check_name(op.name)
        configs.check_free(self._parts, self._type.name, op.name)
        _check_tags(op.tags)
        config = configs.resolve(parts, ctx.caller, op.config, {})
        config = requested.resolve(parts, ctx.caller, config, None)
        configs.check(parts, ctx.caller, self._behaviour, None, config)
        id = new_id(ctx.now())
        config, sealed = configs.seal(parts, id, config, ())
        stored = Stored(
            id=id,
            name=op.name,
            description=op.description,
            tags=op.tags,
            revision=1,
            created=ctx.now(),
            updated=ctx.now(),
            config=config,
            sealed=sealed,
            set_by=configs.set_by(ctx.caller, None, config),
        )
        ctx.changes.put(resource_kind(type.name), id, stored)
        if ctx.caller.user and not ctx.caller.admin:
            self._grant_creator(ctx, id)
        ctx.on(type.name, id, op.name)
        ctx.changed(compare(None, stored))
        # Shown once it is stored: what its creator may do with it is in the same write.
        made = self.preview(stored, type.info())
        notes = (*notes_on(parts, ctx.caller, made, None), *short_secrets(op.config))
        ctx.show(lambda: shown.show(parts, ctx.caller, parts.catalog.all(type.name)[id], notes))
        return shown.show(parts, ctx.caller, made, notes)

    async def copy(self, ctx: EditContext, op: Any) -> AnyResource:
        """Create one with the target's config: the same rights as to create it by hand, and write for its secrets."""
        parts, source = self._parts, ctx.record
        description = source.stored.description if op.description is None else op.description
        config = copied_config(parts, ctx.caller, source, without_secrets=op.without_secrets)
        if (copied := self._behaviour.hooks.copied) is not None:
            config = copied(config)
        return await self.create(ctx, Wanted(op.name, description, op.tags, config))

    async def get(self, ctx: QueryContext, op: Any) -> AnyResource:
        """The target."""
        return shown.show(self._parts, ctx.caller, ctx.record)

    async def list(self, ctx: QueryContext, op: Any) -> Page[AnyResource]:
        """A page of what the caller may read."""
        parts, name = self._parts, self._type.name
        matching = parts.catalog.by_name(name)
        if not ctx.caller.admin:
            matching = [r for r in matching if parts.permit.readable(ctx.caller, name, r.id)]
        matching = narrow(parts, ctx.caller, matching, op)
        matching = sort(matching, op.sort)
        start = after(matching, op.cursor)
        page = matching[start : start + op.limit]
        more = start + op.limit < len(matching)
        items = tuple(shown.show(parts, ctx.caller, r) for r in page)
        return Page(items=items, total=len(matching), next=page[-1].id if more else "")

    async def update(self, ctx: EditContext, op: Any) -> AnyResource:
        """Replace what was given; the whole resource is checked as it will be."""
        parts, record = self._parts, ctx.record
        old: Stored[Any] = record.stored
        if op.revision is not None and op.revision != old.revision:
            current = shown.show(parts, ctx.caller, record)
            raise Conflict(f"it was changed meanwhile; it is at revision {old.revision} now", current=current)
        name = old.name if op.name is UNSET else op.name
        if name != old.name:
            check_name(name)
            configs.check_free(self._parts, self._type.name, name)
        tags = old.tags if op.tags is UNSET else op.tags
        _check_tags(tags)
        config, sealed = self._new_config(ctx, record, op.config)
        stored = msgspec.structs.replace(
            old,
            name=name,
            tags=tags,
            description=old.description if op.description is UNSET else op.description,
            config=config,
            sealed=sealed,
            former=configs.former(old, sealed),
            set_by=configs.set_by(ctx.caller, old, config),
            revision=old.revision + 1,
            configured=old.revision + 1,
            updated=ctx.now(),
        )
        if (name, config, sealed) == (old.name, old.config, old.sealed):
            stored = msgspec.structs.replace(stored, configured=old.configured)
        changes = compare(old, stored)
        ctx.on(record.type, record.id, name)
        if not changes:
            ctx.unchanged()
            return shown.show(parts, ctx.caller, record)
        ctx.changes.put(resource_kind(record.type), record.id, stored)
        ctx.changed(changes)
        made = self.preview(stored, record.info)
        of_config = notes_on(parts, ctx.caller, made, old.config) if stored.configured != old.configured else ()
        notes = (*of_config, *short_secrets(op.config))
        return shown.show(parts, ctx.caller, made, notes)

    async def delete(self, ctx: EditContext, op: Any) -> None:
        """Remove the target unless others refer to it."""
        ctx.delete(self._type, ctx.record.id)

    def changes(self, ctx: QueryContext, topic: Any) -> AsyncIterator[Item[AnyResource] | Snapshot]:
        """Every one the caller may read, then each that changes."""
        parts, name = self._parts, self._type.name

        def show(id: str, record: Record) -> AnyResource | None:
            readable = parts.permit.readable(ctx.caller, name, id)
            return shown.show(parts, ctx.caller, record) if readable else None

        return keyed(parts.bus, name, lambda: [(r.id, r) for r in parts.catalog.by_name(name)], show)

    def preview(self, stored: Stored[Any], info: Any) -> Record:
        """A record of what is about to be stored."""
        record = Record(self._behaviour, stored, info)
        record.refresh(self._parts.hosts.view)
        return record

    def _new_config(self, ctx: EditContext, record: Record, given: Any) -> tuple[Any, tuple[Sealed, ...]]:
        """The stored config with the given top-level fields replaced, references resolved, secrets sealed."""
        parts, old = self._parts, record.stored
        if given is UNSET:
            return old.config, old.sealed
        fields = {f: v for f in given.__struct_fields__ if (v := getattr(given, f)) is not UNSET}
        given = configs.resolve(parts, ctx.caller, msgspec.structs.replace(old.config, **fields), record.references)
        given = requested.resolve(parts, ctx.caller, given, record)
        configs.check(parts, ctx.caller, self._behaviour, record, given)
        return configs.seal(parts, record.id, given, old.sealed)

    def _grant_creator(self, ctx: EditContext, id: str) -> None:
        grant = Grant(
            id=new_id(ctx.now()),
            user=ctx.caller.user,
            type=self._type.name,
            resource=id,
            level=Level.WRITE,
            rights=_CREATOR_RIGHTS,
            created=ctx.now(),
        )
        ctx.changes.put(GRANT, grant.id, grant)


def _check_tags(tags: tuple[str, ...]) -> None:
    if len(tags) > 50:
        raise Invalid.field("tags", "no more than 50")
    for index, tag in enumerate(tags):
        check_name(tag, f"tags[{index}]")
        if tag in tags[:index]:
            raise Invalid.field(f"tags[{index}]", f"{tag} is given twice")
