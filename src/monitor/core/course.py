"""Course: an accepted action on its way through lanes, job, steps and output to its one end."""

import logging
from asyncio import CancelledError
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import msgspec
from msgspec import structs

from monitor.core.asker import caller_of
from monitor.core.config import check_powers, runs_code
from monitor.core.edit_context import ActionContext, what_of
from monitor.core.follow import Follower, HostAway
from monitor.core.journal import Journal
from monitor.core.lanes import Lanes, Standing, Ticket
from monitor.core.memory import Changes
from monitor.core.output import Outputs
from monitor.core.parts import Parts
from monitor.kernel.activity import Activity, State, Step
from monitor.kernel.batches import Led
from monitor.kernel.errors import Conflict, MonitorError, Unavailable
from monitor.kernel.job import Job, JobEnded
from monitor.kernel.operation import ActionHandler, Operation, tag_of

log = logging.getLogger(__name__)

_AGAIN = 2.0
"""Seconds until what the store could not take (a full disk) is tried again."""


class Course:
    """Runs accepted actions. `forget` is told (id, server) of jobs whose end is stored, `gave_up` (id, last seq heard)
    of those whose host stayed away.
    """

    def __init__(
        self,
        parts: Parts,
        journal: Journal,
        outputs: Outputs,
        lanes: Lanes,
        *,
        forget: Callable[[str, str], None],
        gave_up: Callable[[str, int], None],
    ) -> None:
        self._parts = parts
        self._journal = journal
        self._outputs = outputs
        self._lanes = lanes
        self._forget = forget
        self._gave_up = gave_up

    async def run(
        self,
        context: ActionContext,
        op: Operation[Any],
        handler: ActionHandler,
        ticket: Ticket,
        *,
        keys: Callable[[], tuple[str, ...]],
        lets_go: Callable[[], bool],
    ) -> None:
        """To its end; cancelled, it ends as cancelled unless `lets_go` says that it stays open for the next life. What
        was moved while it waited (`keys`: a build to another builder) waits again, where it belongs now.
        """
        id = context.activity
        try:
            while True:
                async with self._lanes.hold(ticket, lambda standing: self._waits(id, standing)):
                    wanted = keys()
                    if self._journal.open[id].state is not State.QUEUED or set(wanted) == set(ticket.keys):
                        await self._work(context, op, handler)
                        return
                ticket = self._lanes.enter(id, wanted)
        except CancelledError:
            if lets_go():
                raise
            await self.close(id, State.CANCELLED, "cancelled before it began")
        except MonitorError as failure:
            await self.close(id, State.FAILED, failure.message, failure.hint)
        except Exception as bug:
            log.exception("action failed unexpectedly", extra={"activity": id})
            await self.close(id, State.FAILED, f"a bug in Monitor: {bug!r}")

    async def close(self, id: str, state: State, error: str = "", hint: str = "") -> None:
        """End it as anything but succeeded."""
        if id not in self._journal.open:
            return  # a cancellation came just when it had ended
        server = self._journal.open[id].server

        async def write() -> None:
            await self._outputs.flush(id)
            async with self._journal.changing(id) as activity:
                if activity is None:
                    return
                now = self._parts.clock.now()
                steps = _all_ended(activity, now, state)
                ended = self._journal.ended(activity, state, error=error, hint=hint, steps=steps)
                changes = Changes()
                await self._parts.releases.fail(id, state, now, changes, error=error)
                await self._journal.write(ended, "closed", changes)

        await self._lasting(write)
        await self._outputs.end(id)
        if server and state is not State.INTERRUPTED:
            self._forget(id, server)

    async def _work(self, context: ActionContext, op: Operation[Any], handler: ActionHandler) -> None:
        """With the lanes held: prepare, hand over, follow, settle. A job handed over earlier is only followed."""
        id = context.activity
        if handler.lead is not None:
            await self._lead(context, op, handler, handler.lead)
            return
        follower = Follower(self._parts, self._journal, self._outputs, id)
        if self._journal.open[id].state is State.QUEUED:
            job = await self._prepare(context, op, handler)
            if job.work is None:
                await self._settle(context, op, handler, job.result)
                return
            async with self._journal.changing(id):
                started = structs.replace(
                    self._journal.open[id],
                    state=State.RUNNING,
                    server=job.server,
                    started=self._parts.clock.now(),
                    what=what_of(context.target_record),
                    waiting_for="",
                    turn=None,
                    time_limit=job.time_limit or job.work.time_limit,
                    expected=job.steps,
                )
                await self._journal.write(started, "started", context.take_changes())
            await follower.hand_over(job, job.work)
        try:
            end = await follower.follow(self._journal.open[id].time_limit)
        except HostAway as away:
            await self.close(id, State.INTERRUPTED, str(away))
            self._gave_up(id, follower.after)
            return
        await self._finish(context, op, handler, end)

    async def _lead(
        self, context: ActionContext, op: Operation[Any], handler: ActionHandler, lead: Callable[[Any, Any], Any]
    ) -> None:
        """One that has others run: it holds no lane meanwhile, for it has none, and goes on after a restart."""
        id = context.activity
        if self._journal.open[id].state is State.QUEUED:
            self._permit(context, op)
            async with self._journal.changing(id):
                begun = structs.replace(
                    self._journal.open[id],
                    state=State.RUNNING,
                    started=self._parts.clock.now(),
                    waiting_for="",
                    turn=None,
                )
                await self._journal.write(begun, "started")
        led: Led = await lead(context, op)
        if led.state is State.SUCCEEDED:
            context.summary(led.text)
            await self._settle(context, op, handler, None)
        else:
            await self.close(id, led.state, led.text, led.hint)

    async def _prepare(self, context: ActionContext, op: Operation[Any], handler: ActionHandler) -> "Job[Any]":
        """What the host is to do, by the config and the rights as they are now."""
        self._permit(context, op)
        context.operation = tag_of(op.__class__)
        if (target := context.target_record) is not None:  # some ask its host already
            await self._parts.hosts.tried(target.server)
        job = await handler.prepare(context, op)
        if job.work is not None:
            await self._parts.hosts.tried(job.server)
            self._parts.hosts.host(job.server)  # says at once why it cannot be reached
        return job

    def _permit(self, context: ActionContext, op: Operation[Any]) -> None:
        """A right lost while it waited ends it."""
        permit, caller = self._parts.permit, caller_of(self._parts, self._journal.open[context.activity])
        type, id = tag_of(op.__class__).partition(".")[0], context.record.id if op.targeted else ""
        readable = caller is not None and (not id or permit.readable(caller, type, id))
        if caller is not None and readable and permit.may(caller, op.needs, type, id):
            context.caller = caller
            if op.targeted and runs_code(op.needs):
                check_powers(self._parts, caller, context.record.behaviour, context.record.stored.config)
            return
        raise Conflict(f"{context.caller.who.name} lost the right to do this while it waited")

    async def _finish(self, context: ActionContext, op: Operation[Any], handler: ActionHandler, end: JobEnded) -> None:
        await self._outputs.flush(context.activity)
        if end.state is not State.SUCCEEDED:
            await self.close(context.activity, end.state, end.error, end.hint)
            return
        try:
            result = msgspec.msgpack.decode(end.result, type=handler.result)
        except msgspec.MsgspecError as wrong:
            await self.close(context.activity, State.FAILED, f"the host's answer cannot be read: {wrong}")
            return
        begun = self._journal.open[context.activity]
        context.server, context.begun_as = begun.server, begun.what.name if begun.what else ""
        await self._settle(context, op, handler, result)

    async def _settle(self, context: ActionContext, op: Operation[Any], handler: ActionHandler, result: Any) -> None:
        """The outcome's changes and the end of the activity are one write."""

        async def write() -> None:
            async with self._parts.memory.writing, self._journal.changing(context.activity) as activity:
                assert activity is not None  # noqa: S101 - only this ends one that succeeded
                await handler.settle(context, op, result)
                failure, asked = context.failure, activity.cancel_requested
                failed = State.CANCELLED if asked else State.FAILED
                ended = self._journal.ended(
                    activity,
                    failed if failure else State.SUCCEEDED,
                    error=failure.message if failure else "",
                    hint=failure.hint if failure else "",
                    summary=context.text,
                    steps=_all_ended(activity, self._parts.clock.now(), State.INTERRUPTED),
                    changes=context.record_changes,
                    started=activity.started or self._parts.clock.now(),
                )
                await self._parts.releases.go_with(context.changes)
                await self._journal.write(ended, "closed", context.changes)

        server = self._journal.open[context.activity].server
        await self._lasting(write)
        await self._outputs.end(context.activity)
        if server:
            self._forget(context.activity, server)

    async def _lasting(self, write: Callable[[], Awaitable[None]]) -> None:
        """An end is not lost because the store cannot take it now: it is tried until it can."""
        while True:
            try:
                await write()
            except Unavailable as full:
                log.error("an action's end waits for the store: %s", full.message)
                await self._parts.clock.sleep(_AGAIN)
            else:
                return

    def _waits(self, id: str, standing: Standing) -> None:
        waits = structs.replace(self._journal.open[id], waiting_for=standing.holders, turn=standing.turn)
        self._journal.show(waits)


def _all_ended(activity: Activity, now: datetime, state: State) -> tuple[Step, ...]:
    """Its steps; one that was cut off ended with it."""
    return tuple(s if s.ended else structs.replace(s, ended=now, outcome=state.value) for s in activity.steps)
