"""Standing: how one webhook stands in memory, and how far that is stored."""

import asyncio
from datetime import datetime

from msgspec import structs

from monitor.features.webhooks.stored import HookState, Tried, Wanted
from monitor.kernel.webhooks import KEPT, Delivery, Outcome


class Standing:
    """Changed at once, stored by whoever holds `saving`."""

    def __init__(self, state: HookState) -> None:
        self.state = state
        self.refused = 0
        self.refused_at: datetime | None = None
        self.changes = self.stored = 0
        self.saving = asyncio.Lock()
        self.later: asyncio.Task[None] | None = None
        self._saved = state
        self._writing: HookState | None = None

    def wanted(self, branch: str) -> Wanted | None:
        """What is wanted of a branch."""
        return _of(self.state, branch)

    def is_kept(self, branch: str) -> bool:
        """Whether a mark of this branch is stored, and no write under way takes it away."""
        states = [self._saved, *([self._writing] if self._writing else [])]
        return all(_of(state, branch) is not None for state in states)

    def begin(self) -> HookState:
        """What is written now."""
        self._writing = self.state
        return self.state

    def end(self, state: HookState | None, upto: int) -> None:
        """It is written, or (None) could not be."""
        self._writing = None
        if state is not None:
            self._saved, self.stored = state, upto

    def add(self, delivery: Delivery) -> None:
        """Note one that came."""
        self._change(deliveries=(delivery, *self.state.deliveries)[:KEPT])

    def want(self, branch: str, delivery: Delivery, words: str) -> None:
        """Note one that asks for a look at a branch; those that wait already are joined, and what is said of them."""
        known = self.wanted(branch) or Wanted(branch=branch, since=delivery.at)
        with_it = next((d for d in self.state.deliveries if d.id in known.deliveries), delivery)
        self.add(structs.replace(delivery, reason=with_it.reason, activity=with_it.activity))
        joined = structs.replace(known, words=words, deliveries=(*known.deliveries, delivery.id)[-KEPT:])
        self._change(wanted=(*(w for w in self.state.wanted if w.branch != branch), joined))

    def tell(self, those: tuple[str, ...], outcome: Outcome, reason: str = "", activity: str = "") -> None:
        """Say what became of these; of those that had something run, only the newest did."""
        newest = those[-1] if those else ""
        told = tuple(
            structs.replace(
                one,
                outcome=Outcome.MERGED if outcome is Outcome.RUN and one.id != newest else outcome,
                reason=reason,
                activity=activity,
            )
            if one.id in those
            else one
            for one in self.state.deliveries
        )
        self._change(deliveries=told)

    def done(self, branch: str, those: tuple[str, ...], tried: Tried | None) -> None:
        """These were looked at; those that came meanwhile are still wanted."""
        wanted: list[Wanted] = []
        for one in self.state.wanted:
            left = tuple(id for id in one.deliveries if one.branch != branch or id not in those)
            if left:
                wanted.append(structs.replace(one, deliveries=left))
        others = tuple(t for t in self.state.tried if tried is None or t.branch != tried.branch)
        self._change(wanted=tuple(wanted), tried=((tried, *others) if tried else others)[:KEPT])

    def forget(self) -> None:
        """Nothing is wanted any more."""
        self._change(wanted=())

    def tried(self, branch: str) -> Tried | None:
        """The commit of a branch that was run last."""
        return next((t for t in self.state.tried if t.branch == branch), None)

    def _change(self, **fields: object) -> None:
        self.state = structs.replace(self.state, **fields)
        self.changes += 1


def _of(state: HookState, branch: str) -> Wanted | None:
    return next((w for w in state.wanted if w.branch == branch), None)
