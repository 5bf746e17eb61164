"""Prompter: looks what a repository has where a push said that there is something new, and has it run.

Of each webhook at most one run goes on and one waits: while one goes on, all that comes is one mark that waits for its
end. The repository is asked only then, so that the mark stands for whatever came meanwhile.
"""

import asyncio
import logging
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from msgspec import structs

from monitor.core.catalog import Record
from monitor.core.context import QueryContext
from monitor.core.journal import ACTIVITY
from monitor.features.webhooks.desk import Desk
from monitor.features.webhooks.standing import Standing
from monitor.features.webhooks.stored import StoredHook, Tried, Wanted, actor
from monitor.kernel.activity import Activity
from monitor.kernel.errors import Conflict, HostError, MonitorError, Unavailable
from monitor.kernel.operation import Operation, tag_of
from monitor.kernel.webhooks import Head, Outcome, Pushes

if TYPE_CHECKING:
    from monitor.core.app import Core

_AT_ONCE = 4
"""Looks through one server at a time."""
_PAUSE = 1.0
"""Seconds between two looks for one webhook, however often it is prompted."""
_AGAIN_FIRST, _AGAIN_MOST = 5.0, 60.0
"""Seconds until who did not answer is asked again, doubled each time."""
_MOST_FAILURES = 6
"""After so many the push is given up; a builder that is away is waited for all the same."""
_BUG = "a bug in Monitor; core's log has the details"
log = logging.getLogger(__name__)


class Prompter:
    """One task for each webhook that wants something."""

    def __init__(self, core: "Core") -> None:
        self._core = core
        self._parts = core.parts
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._looking: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._stopped = True
        self.desk = Desk(core.parts, self.wake)

    def start(self) -> None:
        """Go on with what a former life of core was asked for."""
        self._stopped = False
        for id in self.desk.wanting():
            self.wake(id)

    async def stop(self) -> None:
        """Let go; what is wanted stays so, and what was run goes on as any other activity."""
        self._stopped = True
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.desk.stop()

    def wake(self, id: str) -> None:
        """This one wants something."""
        if id not in self._tasks and not self._stopped:
            task = self._tasks[id] = asyncio.create_task(self._run(id))
            task.add_done_callback(lambda _: self._ended(id))

    def _ended(self, id: str) -> None:
        self._tasks.pop(id, None)
        hook = self.desk.hook(id)
        if hook is not None and hook.on and self.desk.standing(id).state.wanted:
            self.wake(id)  # one came between the last look and the end

    async def _run(self, id: str) -> None:
        standing = self.desk.standing(id)
        failures = 0
        while standing.state.wanted:
            branch = standing.state.wanted[0].branch
            try:
                await self._free(id, standing, branch)
                if not await self._look(id, standing, branch):
                    return
                failures = 0
                await self._parts.clock.sleep(_PAUSE)
            except MonitorError as trouble:
                failures = self._failed(id, standing, branch, trouble, failures)
                wait = _AGAIN_FIRST * 2.0 ** (min(failures, 10) - 1)
                await self._parts.clock.sleep(min(wait, _AGAIN_MOST) if failures else _PAUSE)
            except Exception:
                log.exception("a webhook's push could not be looked at", extra={"resource": id})
                self._finish(id, standing, branch, Outcome.FAILED, _BUG)
                await self._parts.clock.sleep(_AGAIN_FIRST)

    async def _look(self, id: str, standing: Standing, branch: str) -> bool:
        """Ask what there is, and do what that calls for. False where there is no webhook to do it for any more."""
        hook, record = self.desk.hook(id), self._parts.catalog.anywhere(id)
        pushes = record.behaviour.pushes if record is not None else None
        wanted = standing.wanted(branch)
        if hook is None or not hook.on or record is None or pushes is None or wanted is None:
            self._drop(id, standing)
            return False
        made, by = pushes.made_of(record.info)
        tried = standing.tried(branch)
        since = (tried.commit if tried else "") if branch else made
        head = await self._ask(hook, record, wanted, pushes, since)
        wanted = _as_it_was(standing, wanted)
        if head.commit == made:
            reason = f"commit {head.commit[:10]} is built already"
            self._finish(hook.id, standing, branch, Outcome.NOTHING_NEW, reason, those=wanted.deliveries, by=by)
        elif tried is not None and tried.commit == head.commit:
            reason = f"commit {head.commit[:10]} was tried already: run it by hand to try it again"
            self._finish(
                hook.id, standing, branch, Outcome.NOTHING_NEW, reason, those=wanted.deliveries, by=tried.activity
            )
        elif not head.changed:
            reason = f"no file that counts changed between {since[:10]} and {head.commit[:10]}"
            self._finish(hook.id, standing, branch, Outcome.IGNORED, reason, those=wanted.deliveries)
        else:
            await self._have_run(hook, pushes.run(hook.id, branch), standing, wanted, head)
        return True

    async def _ask(self, hook: StoredHook, record: Record, wanted: Wanted, pushes: Pushes, since: str) -> Head:
        slot = self._looking.setdefault(record.server, asyncio.Semaphore(_AT_ONCE))
        async with slot:
            operation = tag_of(type(pushes.run(hook.id, wanted.branch)))
            caller = actor(self._parts, hook.type, hook.id, operation, wanted.words)
            if caller is None:
                raise Conflict("the webhook was switched off meanwhile")
            context = QueryContext(self._parts, caller, record, self._core.dispatcher.run_other)
            return await pushes.head(context, wanted.branch, since, hook.paths)

    async def _have_run(
        self, hook: StoredHook, op: Operation[Any], standing: Standing, wanted: Wanted, head: Head
    ) -> None:
        caller = actor(self._parts, hook.type, hook.id, tag_of(type(op)), wanted.words)
        if caller is None:
            return
        activity = (await self._core.dispatcher.run(caller, op)).value
        tried = Tried(branch=wanted.branch, commit=head.commit, activity=activity.id)
        reason = f"commit {head.commit[:10]}" + (f" of {head.branch}" if head.branch else "")
        self._finish(
            hook.id, standing, wanted.branch, Outcome.RUN, reason, those=wanted.deliveries, by=activity.id, tried=tried
        )
        await self.desk.save(standing)

    async def _free(self, id: str, standing: Standing, branch: str) -> None:
        """Until no run of it goes on or waits, whoever asked for it."""
        record = self._parts.catalog.anywhere(id)
        names = frozenset(tag_of(op) for op in (record.behaviour.type.pushed if record is not None else ()))
        listener = self._parts.bus.listen(ACTIVITY)
        try:
            while (busy := self._busy(id, names)) is not None:
                wanted = standing.wanted(branch)
                those = wanted.deliveries if wanted else ()
                standing.tell(those, Outcome.WAITING, "waits until this run has ended", busy.id)
                self.desk.touched(id)
                async for key, told in listener:
                    if key == busy.id and told.state.ended:
                        break
        finally:
            self._parts.bus.leave(ACTIVITY, listener)

    def _busy(self, id: str, names: frozenset[str]) -> Activity | None:
        opened = self._core.journal.open.values()
        return next((a for a in opened if a.what is not None and a.what.id == id and a.operation in names), None)

    def _failed(self, id: str, standing: Standing, branch: str, trouble: MonitorError, failures: int) -> int:
        """Wait for a builder that is away; ask a repository that does not answer a few times; give up on the rest."""
        failures += 1
        away = isinstance(trouble, Unavailable)
        asked_again = (
            isinstance(trouble, HostError) and trouble.exit_code is not None
        )  # git says so when nobody answers
        wanted = standing.wanted(branch)
        if wanted is not None and (away or (asked_again and failures < _MOST_FAILURES)):
            standing.tell(wanted.deliveries, Outcome.WAITING, f"asked again in a while: {trouble.message}"[:500])
            self.desk.touched(id)
            return failures
        self._finish(id, standing, branch, Outcome.FAILED, trouble.message[:500])
        return 0

    def _drop(self, id: str, standing: Standing) -> None:
        for wanted in standing.state.wanted:
            standing.tell(wanted.deliveries, Outcome.IGNORED, "the webhook was switched off meanwhile")
        standing.forget()
        self.desk.touched(id)

    def _finish(
        self,
        id: str,
        standing: Standing,
        branch: str,
        outcome: Outcome,
        reason: str,
        *,
        those: tuple[str, ...] | None = None,
        by: str = "",
        tried: Tried | None = None,
    ) -> None:
        wanted = standing.wanted(branch)
        named = those if those is not None else (wanted.deliveries if wanted else ())
        standing.tell(named, outcome, reason, by)
        standing.done(branch, named, tried)
        self.desk.touched(id)


def _as_it_was(standing: Standing, before: Wanted) -> Wanted:
    """With the newest words, and the deliveries of before: one that came since may be of a later head."""
    now = standing.wanted(before.branch)
    return structs.replace(before, words=now.words) if now else before
