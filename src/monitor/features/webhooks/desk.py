"""Desk: the deliveries of every webhook and what they want: kept before they are answered, shown live."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from msgspec import structs

from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.features.webhooks.payload import Told
from monitor.features.webhooks.sieve import sift
from monitor.features.webhooks.standing import Standing
from monitor.features.webhooks.stored import HOOK, STATE, HookState, StoredHook
from monitor.kernel.errors import Unavailable
from monitor.kernel.ids import new_id
from monitor.kernel.webhooks import Delivery, Outcome, Webhook
from monitor.store.contract import Entry

_SOON = 0.25
"""Seconds in which changes of one webhook are shown, and those that promise nothing are stored, together."""
_SERVICES = {"github": "GitHub", "gitlab": "GitLab", "gitea": "Gitea", "forgejo": "Forgejo", "monitor": "test"}


class Desk:
    """`wake` is told the id of a webhook that wants something."""

    def __init__(self, parts: Parts, wake: Callable[[str], None]) -> None:
        self._parts = parts
        self._wake = wake
        self._standings: dict[str, Standing] = {}
        self._by_digest: dict[str, str] = {}
        for hook in parts.memory.all(HOOK).values():
            self._by_digest[hook.digest] = hook.id
        parts.memory.listen(HOOK, self._hook_changed)

    async def stop(self) -> None:
        """Store what is not yet."""
        for standing in self._standings.values():
            if standing.later is not None:
                standing.later.cancel()
            with suppress(Unavailable):
                await self.save(standing)

    def hook(self, id: str) -> StoredHook | None:
        """A resource's webhook, on or off."""
        return self._parts.memory.get(HOOK, id)

    def at(self, digest: str) -> StoredHook | None:
        """The one whose address has this hash."""
        return self.hook(self._by_digest.get(digest, ""))

    def standing(self, id: str) -> Standing:
        """How it stands."""
        known = self._standings.get(id)
        if known is None:
            known = Standing(self._parts.memory.get(STATE, id) or HookState(id=id))
            if self.hook(id) is not None:  # else nobody would say when to forget it
                self._standings[id] = known
        return known

    def wanting(self) -> list[str]:
        """Ids of those that want something."""
        return [id for id, state in self._parts.memory.all(STATE).items() if state.wanted and self.hook(id)]

    def show(self, id: str) -> Webhook:
        """As readers see it."""
        hook, standing = self.hook(id), self.standing(id)
        shown = Webhook(
            follows=_short(self.follows(id) or ""),
            refused=standing.refused,
            refused_at=standing.refused_at,
            deliveries=standing.state.deliveries,
        )
        if hook is None:
            return shown
        return structs.replace(shown, on=hook.on, made=True, branches=hook.branches, paths=hook.paths)

    def follows(self, id: str) -> str | None:
        """The ref the resource is made from; None where no push can change it."""
        record = self._parts.catalog.anywhere(id)
        pushes = record.behaviour.pushes if record else None
        return pushes.follows(record.stored.config) if record and pushes else None

    def refuse(self, id: str) -> None:
        """Somebody knew the address and not the secret: counted, and nothing of it kept."""
        standing = self.standing(id)
        standing.refused += 1
        standing.refused_at = self._parts.clock.now()
        self.touched(id)

    async def take(self, hook: StoredHook, told: Told) -> Delivery:
        """Note a delivery. What one that counts asks for is stored on return, whatever happens to core then."""
        follows = self.follows(hook.id)
        found = sift(hook, follows, told)
        delivery = Delivery(
            id=new_id(self._parts.clock.now()),
            at=self._parts.clock.now(),
            service=told.service,
            event=told.event,
            branch=_short(told.ref),
            commit=told.commit,
            pusher=told.pusher,
            outcome=Outcome.IGNORED if found.ignored else Outcome.WAITING,
            reason=found.ignored,
        )
        standing = self.standing(hook.id)
        if found.ignored:
            standing.add(delivery)
        else:
            kept = standing.is_kept(found.branch)
            standing.want(found.branch, delivery, _words(delivery, found.branch or _short(follows or "")))
            if not kept:
                await self.save(standing)
            self._wake(hook.id)
        self.touched(hook.id)
        return delivery

    def touched(self, id: str) -> None:
        """It changed: shown, and stored if it is not yet, with all that changes meanwhile."""
        if self.hook(id) is None:
            return  # it went with what it was of
        standing = self.standing(id)
        if standing.later is None:
            standing.later = asyncio.create_task(self._soon(id, standing))

    async def save(self, standing: Standing) -> None:
        """Store it as it is now; of several who ask at once, one does it for all."""
        mine = standing.changes
        async with standing.saving:
            if standing.stored >= mine or self._parts.catalog.anywhere(standing.state.id) is None:
                return
            upto, state, written = standing.changes, standing.begin(), False
            changes = Changes()
            changes.put(STATE, state.id, state)
            try:
                await self._parts.memory.commit(changes, Entry("webhook", self._parts.clock.now()))
                written = True
            finally:
                standing.end(state if written else None, upto)

    async def _soon(self, id: str, standing: Standing) -> None:
        await self._parts.clock.sleep(_SOON)
        standing.later = None
        self._parts.bus.publish(topic_of(id), id, True)
        with suppress(Unavailable):  # a full store: what was promised is kept, this is only shown
            await self.save(standing)

    def _hook_changed(self, id: str, hook: StoredHook | None) -> None:
        self._by_digest = {digest: known for digest, known in self._by_digest.items() if known != id}
        if hook is None:
            self._standings.pop(id, None)
            return
        self._by_digest[hook.digest] = id
        self.touched(id)


def topic_of(id: str) -> str:
    """The bus topic of one webhook."""
    return f"webhook:{id}"


def _short(ref: str) -> str:
    return ref.removeprefix("refs/heads/").removeprefix("refs/tags/")


def _words(delivery: Delivery, branch: str) -> str:
    """Who asks, as the record shows it; the pusher's name is what the sender says."""
    service = _SERVICES.get(delivery.service, "token")
    where = f" to {branch}" if branch else ""
    by = f" by {delivery.pusher}" if delivery.pusher else ""
    return f"webhook ({service}, push{where}{by})"
