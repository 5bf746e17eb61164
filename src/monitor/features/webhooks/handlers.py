"""How webhooks are asked for: switched on and off, given a new secret, tried, and looked at."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import structs
from starlette.routing import Route

from monitor.core.catalog import Record
from monitor.core.context import QueryContext
from monitor.core.edit_context import EditContext
from monitor.core.people import digest
from monitor.core.people import new_secret as new_address
from monitor.core.settings import has_tls
from monitor.core.topic import keyed
from monitor.features.webhooks.desk import topic_of
from monitor.features.webhooks.door import Door
from monitor.features.webhooks.payload import Told
from monitor.features.webhooks.prompter import Prompter
from monitor.features.webhooks.proof import new_secret
from monitor.features.webhooks.stored import HOOK, WHO, StoredHook, actor_of
from monitor.kernel.activity import Change
from monitor.kernel.errors import Conflict
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.stream import Item, Snapshot, StreamHandler
from monitor.kernel.webhooks import (
    Delivery,
    RenewWebhook,
    ShowWebhook,
    ShowWebhookUrl,
    SwitchWebhookOff,
    SwitchWebhookOn,
    TryWebhook,
    WatchWebhook,
    Webhook,
    WebhookAddress,
    webhook_operations,
    webhook_stream,
)

if TYPE_CHECKING:
    from monitor.core.app import Core


class Webhooks:
    """Of every type that declares what a push prompts."""

    def __init__(self, core: "Core") -> None:
        self._core = core
        self._parts = core.parts
        core.parts.actors[WHO] = lambda activity: actor_of(core.parts, activity)
        self._prompter = Prompter(core)
        self._desk = self._prompter.desk
        self._door = Door(core.parts, self._desk)

    def start(self) -> None:
        """Go on with what is wanted."""
        self._prompter.start()

    async def stop(self) -> None:
        """End that."""
        await self._prompter.stop()

    def routes(self) -> list[Route]:
        """Where services send their pushes to."""
        return self._door.routes()

    def handlers(self) -> tuple[Handler | StreamHandler, ...]:
        """One per operation and topic of each of these types. TypeError for one that cannot say what it is made of."""
        answers = {
            "webhook": self.show,
            "webhook_url": self.url,
            "webhook_on": self.on,
            "webhook_off": self.off,
            "webhook_renew": self.renew,
            "webhook_test": self.test,
        }
        bound: list[Handler | StreamHandler] = []
        for behaviour in self._parts.catalog.behaviours.values():
            if bool(behaviour.type.pushed) != (behaviour.pushes is not None):
                raise TypeError(f"{behaviour.type.name}: `pushed` and `pushes` go together")
            made = webhook_operations(behaviour.type)
            bound += [AnswerHandler(operation, answers[verb]) for verb, operation in made.items()]
            if made:
                bound.append(StreamHandler(webhook_stream(behaviour.type), self.watch))
        return tuple(bound)

    async def show(self, ctx: QueryContext, op: ShowWebhook) -> Webhook:
        """For who may read the resource."""
        return self._desk.show(ctx.record.id)

    async def url(self, ctx: QueryContext, op: ShowWebhookUrl) -> WebhookAddress:
        """For who may write it."""
        return self._address(self._need(ctx.record))

    async def on(self, ctx: EditContext, op: SwitchWebhookOn) -> WebhookAddress:
        """The secret is answered where it is made, and never again."""
        record, known = ctx.record, self._desk.hook(ctx.record.id)
        if self._desk.follows(record.id) is None:
            raise Conflict(
                "no push can change what it is made from: one commit, or no repository at all",
                hint="Give it a repository, with a branch or none named.",
            )
        secret = "" if known else new_secret()
        given = {name: v for name in ("branches", "paths") if (v := getattr(op, name)) is not msgspec.UNSET}
        hook = structs.replace(known or self._new(record, secret), on=True, **given)
        if hook == known:
            ctx.unchanged()
        ctx.changes.put(HOOK, record.id, hook)
        ctx.changed(_changes(known, hook))
        ctx.summary("switched the webhook on" if known is None or not known.on else "changed what the webhook counts")
        return self._address(hook, secret)

    async def off(self, ctx: EditContext, op: SwitchWebhookOff) -> None:
        """What runs goes on; what waits is dropped."""
        known = self._desk.hook(ctx.record.id)
        if known is None or not known.on:
            ctx.unchanged()
            return
        hook = structs.replace(known, on=False)
        ctx.changes.put(HOOK, hook.id, hook)
        ctx.changed(_changes(known, hook))
        ctx.summary("switched the webhook off")

    async def renew(self, ctx: EditContext, op: RenewWebhook) -> WebhookAddress:
        """The old secret is worthless once this is stored."""
        known, secret = self._need(ctx.record), new_secret()
        fresh = self._new(ctx.record, secret)
        hook = structs.replace(known, secret=fresh.secret)
        if op.address:
            hook = structs.replace(hook, address=fresh.address, digest=fresh.digest)
        ctx.changes.put(HOOK, hook.id, hook)
        ctx.summary("gave the webhook a new secret" + (" and a new address" if op.address else ""))
        return self._address(hook, secret)

    async def test(self, ctx: EditContext, op: TryWebhook) -> Delivery:
        """As a push with the right secret would, by whoever asks."""
        hook = self._need(ctx.record)
        if not hook.on:
            raise Conflict("the webhook is switched off", hint="Switch it on first.")
        ctx.summary("sent a test to the webhook")
        return await self._desk.take(hook, Told(service="monitor", event="push", pusher=ctx.who.name))

    def watch(self, ctx: QueryContext, topic: WatchWebhook) -> AsyncIterator[Item[Webhook] | Snapshot]:
        """As it is, then as it changes."""
        id = ctx.record.id
        return keyed(self._parts.bus, topic_of(id), lambda: [(id, True)], lambda key, _: self._desk.show(key))

    def _need(self, record: Record) -> StoredHook:
        hook = self._desk.hook(record.id)
        if hook is None:
            raise Conflict("it has no webhook yet", hint="Switch it on first.")
        return hook

    def _new(self, record: Record, secret: str) -> StoredHook:
        seal, address = self._parts.seal, new_address()
        return StoredHook(
            id=record.id,
            type=record.type,
            on=True,
            address=seal.seal(address, record.id),
            digest=digest(address),
            secret=seal.seal(secret, record.id),
            made=self._parts.clock.now(),
        )

    def _address(self, hook: StoredHook, secret: str = "") -> WebhookAddress:
        settings = self._core.settings
        scheme = "https" if has_tls(settings) else "http"
        base = settings.public_url.rstrip("/") or f"{scheme}://{settings.address}:{settings.port}"
        note = ""
        if not settings.public_url:
            note = (
                "Core has no public_url, so this begins with where it listens: put in what the service reaches it at."
            )
        elif not settings.public_url.startswith("https:"):
            note = "public_url is not https: secrets of services that send them in clear can be read on the way"
        last = self._parts.seal.open(hook.address, hook.id)
        return WebhookAddress(url=f"{base}/api/hooks/{last}", secret=secret, note=note)


def _changes(before: StoredHook | None, after: StoredHook) -> tuple[Change, ...]:
    """Field by field, as the record shows it; never address or secret."""
    fields: dict[str, tuple[Any, Any]] = {
        "webhook": ("on" if before and before.on else "off", "on" if after.on else "off"),
        "webhook.branches": (before.branches if before else (), after.branches),
        "webhook.paths": (before.paths if before else (), after.paths),
    }
    return tuple(Change(name, _json(was), _json(now)) for name, (was, now) in fields.items() if was != now)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
