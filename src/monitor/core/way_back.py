"""Way back: how an action begins a release and ends it, and how the config of an earlier one becomes the config."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Raw, structs

from monitor.core import config as configs
from monitor.core.catalog import Record, Sealed, Stored, resource_kind
from monitor.core.changes import compare
from monitor.core.parts import Parts
from monitor.core.releases import RELEASE, StoredRelease, info_of
from monitor.kernel.activity import Change
from monitor.kernel.errors import Conflict, Invalid
from monitor.kernel.release import Release

if TYPE_CHECKING:
    from monitor.core.context import QueryContext
    from monitor.core.edit_context import ActionContext

AnyRelease = Release[Any, Any]


def shown_release(record: Record, kept: StoredRelease) -> AnyRelease:
    """A stored release with its config and info as the type's own."""
    type = record.behaviour.type
    return Release(
        activity=kept.id,
        number=kept.number,
        state=kept.state,
        error=kept.error,
        operation=kept.operation,
        who=kept.who,
        began=kept.began,
        ended=kept.ended,
        revision=kept.revision,
        config=msgspec.json.decode(kept.config, type=type.config),
        info=info_of(kept, type.info),
        fingerprint=kept.fingerprint,
    )


def stored_config(record: Record, kept: StoredRelease | None) -> Stored[Any]:
    """The resource as it would be with a release's config; as it is, without one."""
    if kept is None:
        return record.stored
    config = msgspec.json.decode(kept.config, type=record.behaviour.type.config)
    return structs.replace(record.stored, config=config, sealed=kept.sealed)


def check(ctx: "QueryContext", kept: StoredRelease) -> None:
    """Refuse to make a release's config the config, as an update to it would be: what it newly names must be there and
    allowed, and so must its host powers.
    """
    record, config = ctx.record, stored_config(ctx.record, kept).config
    try:
        configs.resolve(ctx.parts, ctx.caller, config, record.references)
        configs.check(ctx.parts, ctx.caller, record.behaviour, record, config)
    except Invalid as wrong:
        raise Conflict(
            f"release {kept.number} cannot come back: {wrong.message}",
            wrong.fields,
            hint="What it names was deleted since, or is not yours to see. Choose another, or change the config.",
        ) from None


def differences(parts: Parts, before: Stored[Any], after: Stored[Any]) -> tuple[Change, ...]:
    """Field by field; of a secret only that it is another."""
    return compare(_by_value(parts, before), _by_value(parts, after))


async def begin(ctx: "ActionContext", fingerprint: str, restores: StoredRelease | None) -> None:
    """Put a release into the changes that go with the action's start: of the config now, or of an earlier one."""
    stored = stored_config(ctx.record, restores)
    before = [release.place for release in await ctx.parts.releases.of(ctx.record.id)]
    release = StoredRelease(
        id=ctx.activity,
        type=ctx.record.type,
        resource=ctx.record.id,
        place=max(before, default=0) + 1,
        operation=ctx.operation,
        who=ctx.caller.who,
        began=ctx.now(),
        revision=stored.revision,
        configured=stored.configured,
        restores=restores is not None,
        fingerprint=fingerprint,
        config=Raw(msgspec.json.encode(stored.config)),
        sealed=stored.sealed,
    )
    ctx.changes.put(RELEASE, release.id, release)


async def succeed(ctx: "ActionContext", content: str, info: Callable[[int, int], Any]) -> None:
    """End the begun release, and set the info made from its number and the config's revision: one write with the
    action's end. (0, 0) where none was begun: an older core started the action.
    """
    type = ctx.record.behaviour.type
    begun = await ctx.parts.releases.get(ctx.activity)
    if begun is None:
        ctx.set_info(type, ctx.record.id, info(0, 0))
        return
    revision = _restore(ctx, begun) if begun.restores else begun.revision
    ended = structs.replace(begun, ended=ctx.now(), revision=revision, content=content)
    done = await ctx.parts.releases.succeed(ended, ctx.changes)
    left = info(done.number, revision)
    ctx.changes.put(RELEASE, done.id, structs.replace(done, info=Raw(msgspec.json.encode(left))))
    ctx.set_info(type, ctx.record.id, left)


def _restore(ctx: "ActionContext", begun: StoredRelease) -> int:
    """Make its config the resource's; the revision it then is. What was changed meanwhile stays changed, and the
    resource says that it is not what runs.
    """
    record = ctx.record
    old, new = record.stored, stored_config(record, begun)
    if old.configured != begun.configured:
        return begun.configured
    if not differences(ctx.parts, old, new):
        return old.revision
    revision = old.revision + 1
    new = structs.replace(
        new,
        former=configs.former(old, new.sealed),
        revision=revision,
        configured=revision,
        updated=ctx.now(),
    )
    ctx.changes.put(resource_kind(record.type), record.id, new)
    ctx.changed(differences(ctx.parts, old, new))
    return revision


def _by_value(parts: Parts, stored: Stored[Any]) -> Stored[Any]:
    """The same, with secrets that tell each other apart by what they say: sealed, no two are alike."""

    def told(one: Sealed) -> Sealed:
        plain = parts.seal.open(one.value, stored.id)
        return Sealed(one.path, parts.seal.fingerprint(plain.encode("utf-8", "surrogatepass"), one.path))

    return structs.replace(stored, sealed=tuple(map(told, stored.sealed)))
