"""Run: one round of redeploys after a build: a batch in which each is done with the right of its own caller.

Who reads the build may not read every deployment of it, so this activity says how many; which ones, and why one was not
redeployed, stands in an activity of each, shown to who may read that one.
"""

from monitor.core.batch import BatchRun, Means
from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.edit_context import what_of
from monitor.features.redeploying.followers import ORIGIN, caller_for, follows, left_alone, who_asked
from monitor.kernel.activity import State
from monitor.kernel.batches import Led
from monitor.kernel.errors import MonitorError
from monitor.kernel.ids import new_id
from monitor.resources.deployment.operations.deploy import Deploy

_AFTER_A_FAILURE = "not begun: a redeploy before it did not succeed"
_CANCELLED = "not begun: the redeploys were cancelled"


class RedeployRun(BatchRun):
    """The activity `parent`, of the build's redeploys."""

    def __init__(self, means: Means, parent: str, build: str, version: str) -> None:
        super().__init__(means, parent, Deploy)
        self._build = build
        self._version = version

    async def to_its_end(self, targets: tuple[str, ...], limit: int, *, stop_on_failure: bool) -> Led:
        """As a batch; those it did not come to have that recorded."""
        led = await super().to_its_end(targets, limit, stop_on_failure=stop_on_failure)
        why = _CANCELLED if self._cancelled else _AFTER_A_FAILURE
        for id in self._waiting:
            record = self._parts.catalog.get("deployment", id)
            if record is not None and self._why_skipped(record) == "":
                await self._record(record, self._nobody(record), State.CANCELLED, why)
        return led

    async def _begin_one(self, id: str) -> None:
        record = self._parts.catalog.get("deployment", id)
        why = "it is gone" if record is None else self._why_skipped(record)
        if record is None or why:
            self._skipped[id] = why
            return
        caller = self._nobody(record)
        assert self._work.run_other is not None  # noqa: S101 - set when core is put together
        try:
            caller = caller_for(self._parts, record, self._build)
            activity = await self._work.run_other(caller, Deploy(target=id, if_changed=True), self._parent)
        except MonitorError as refusal:
            await self._record(record, caller, State.FAILED, f"not run: {refusal.message}", refusal.hint)
            return
        self._note_state(id, await self._journal.get(activity.id) or activity)
        await self._cancel_if_asked()  # it may have been asked for while this one was being stored

    def _why_skipped(self, record: Record) -> str:
        """It may have been changed since this round began."""
        if not follows(record, self._build, self._version):
            return "it does not ask for it any more"
        build = self._parts.catalog.get("build", self._build)
        newest = build.info.version if build else ""
        if newest != self._version and not record.stored.config.image.version:
            return f"{newest or 'a newer version'} has a round of its own"
        return left_alone(record)

    async def _record(self, record: Record, caller: Caller, state: State, error: str, hint: str = "") -> None:
        """What was not run has an activity too: nobody was there to be told."""
        op = Deploy(target=record.id, if_changed=True)
        id, what = new_id(self._parts.clock.now()), what_of(record)
        ended = self._journal.not_run(caller, op, id, what, error=error, hint=hint, state=state, parent=self._parent)
        await self._journal.write(ended, "closed")
        self._note_state(record.id, ended)

    def _nobody(self, record: Record) -> Caller:
        return Caller(who=who_asked(record), origin=ORIGIN)

    def _led(self) -> Led:
        done = [a for a in self._ended.values() if a.state is State.SUCCEEDED]
        counts = [
            (len(done), "succeeded"),
            (len(self._failures), "cancelled or failed" if self._cancelled else "failed"),
            (len(self._skipped), "left alone"),
            (len(self._waiting), "not begun"),
        ]
        told = ", ".join(f"{n} {word}" for n, word in counts if n) or "nothing to do"
        text = f"redeploys of {self._version}: {told}"
        if self._cancelled:
            return Led(state=State.CANCELLED, text=text)
        if self._failures:
            return Led(state=State.FAILED, text=text, hint="Each has an activity that says why.")
        return Led(state=State.SUCCEEDED, text=text)

    async def _say(self, text: str) -> None:
        """Names are for who may read each; see above."""
