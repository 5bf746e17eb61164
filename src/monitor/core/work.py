"""Work: actions on their way from accepted to ended: lanes, jobs, steps, output, settle; also after a restart."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec
from msgspec import structs

from monitor.core.caller import SYSTEM, Caller
from monitor.core.catalog import Record
from monitor.core.context import ActionContext, RunOther, what_of
from monitor.core.follow import Follower, HostAway
from monitor.core.journal import Journal
from monitor.core.lanes import Lanes
from monitor.core.memory import Changes
from monitor.core.output import Outputs
from monitor.core.parts import Parts
from monitor.kernel.activity import Activity, State, Who
from monitor.kernel.errors import Conflict, MonitorError, Unavailable
from monitor.kernel.ids import new_id
from monitor.kernel.job import Job, JobEnded
from monitor.kernel.operation import ActionHandler, Operation

log = logging.getLogger(__name__)


class Work:
    """Every action under way in this core."""

    def __init__(self, parts: Parts, journal: Journal, outputs: Outputs, lanes: Lanes) -> None:
        self._parts = parts
        self._journal = journal
        self._outputs = outputs
        self._lanes = lanes
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._cancelled: set[str] = set()
        self._stopping = False
        self.run_other: RunOther | None = None

    async def accept(
        self, caller: Caller, op: Operation[Any], record: Record | None, handler: ActionHandler, parent: str
    ) -> Activity:
        """Record an action as queued and set it going; Conflict when too many wait for its target."""
        if self._stopping:
            raise Unavailable("core is stopping; try again in a moment")
        if record is not None:
            if handler.check is not None:
                handler.check(ActionContext(self._parts, caller, record, _nothing_else, ""), op)
            self._lanes.check_room(f"target:{record.id}")
            op = structs.replace(op, target=record.id)
        activity = self._journal.new(caller, op, new_id(self._parts.clock.now()), what_of(record), parent)
        activity = structs.replace(activity, request=msgspec.json.encode(op).decode())
        self._journal.open[activity.id] = activity  # so that a cancel finds it while it is being stored
        await self._journal.write(activity, "opened")
        self._start(activity, caller, op, record, handler)
        return self._journal.open.get(activity.id, activity)

    async def resume(self, activities: list[Activity], handlers: Mapping[str, Any]) -> None:
        """Go on with what a former life left: running jobs are attached again, queued ones wait again, in order."""
        for activity in sorted(activities, key=lambda a: (a.state is State.QUEUED, a.id)):
            handler = handlers.get(activity.operation)
            record = self._parts.catalog.get(activity.what.type, activity.what.id) if activity.what else None
            gone = activity.what is not None and record is None
            if not isinstance(handler, ActionHandler) or gone:
                why = "its target is gone" if gone else "this core does not know the operation"
                await self._close(activity, State.INTERRUPTED, f"core was restarted, and {why}")
                continue
            op = msgspec.json.decode(activity.request, type=handler.operation)
            self._start(activity, self._caller_of(activity), op, record, handler)

    async def cancel(self, activity: Activity) -> Activity:
        """Ask an open action to end. Conflict when it has ended."""
        if activity.state.ended or activity.id not in self._tasks:
            raise Conflict(f"it has {activity.state} already")
        activity = structs.replace(self._journal.open[activity.id], cancel_requested=True)
        self._cancelled.add(activity.id)
        if activity.state is State.QUEUED:
            self._tasks[activity.id].cancel()
            await asyncio.wait([self._tasks[activity.id]], timeout=5)
            return await self._journal.get(activity.id) or activity
        await self._journal.write(activity, "cancel_requested")
        if activity.server:
            with suppress(MonitorError):
                await self._parts.hosts.raw_host(activity.server).cancel_job(activity.id)
        return activity

    async def stop(self) -> None:
        """Let go of everything; jobs go on at their hosts and are attached again at the next start."""
        self._stopping = True
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def abandon(self) -> None:
        """Drop everything at once, as a killed process would (for tests)."""
        self._stopping = True
        for task in self._tasks.values():
            task.cancel()

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    def _start(
        self, activity: Activity, caller: Caller, op: Operation[Any], record: Record | None, handler: ActionHandler
    ) -> None:
        self._journal.open[activity.id] = activity
        task = asyncio.create_task(self._run(activity.id, caller, op, record, handler), name=f"action {activity.id}")
        self._tasks[activity.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(activity.id, None))

    async def _run(
        self, id: str, caller: Caller, op: Operation[Any], record: Record | None, handler: ActionHandler
    ) -> None:
        assert self.run_other is not None  # noqa: S101 - set when core is put together
        context = ActionContext(self._parts, caller, record, self.run_other, id)
        try:
            keys = (f"target:{record.id}",) if record else ()
            keys += handler.lanes(context, op) if handler.lanes else ()
            async with self._lanes.hold(id, keys, lambda holders: self._waits(id, holders)):
                await self._work(context, op, handler)
        except asyncio.CancelledError:
            if self._stopping and id not in self._cancelled:
                raise  # it stays open in the store, for the next life
            await self._close(self._journal.open[id], State.CANCELLED, "cancelled before it began")
        except MonitorError as failure:
            await self._close(self._journal.open[id], State.FAILED, failure.message, failure.hint)
        except Exception as bug:
            log.exception("action failed unexpectedly", extra={"activity": id})
            await self._close(self._journal.open[id], State.FAILED, f"a bug in Monitor: {bug!r}")
        finally:
            self._cancelled.discard(id)

    async def _work(self, context: ActionContext, op: Operation[Any], handler: ActionHandler) -> None:
        """With the lanes held: prepare, hand over, follow, settle. A job handed over earlier is only followed."""
        activity = self._journal.open[context.activity]
        follower = Follower(self._parts, self._journal, self._outputs, activity.id)
        if activity.state is State.QUEUED:
            job = await self._prepare(context, op, handler)
            if job.work is None:
                await self._settle(context, op, handler, job.result)
                return
            started = structs.replace(
                self._journal.open[activity.id],
                state=State.RUNNING,
                server=job.server,
                started=self._parts.clock.now(),
                waiting_for="",
                time_limit=job.time_limit or job.work.time_limit,
            )
            await self._journal.write(started, "started")
            await follower.hand_over(job, job.work)
        try:
            end = await follower.follow(self._journal.open[activity.id].time_limit)
        except HostAway as away:
            await self._close(self._journal.open[activity.id], State.INTERRUPTED, str(away))
            return
        await self._finish(context, op, handler, end)

    async def _prepare(self, context: ActionContext, op: Operation[Any], handler: ActionHandler) -> "Job[Any]":
        """What the host is to do, by the config and the rights as they are now."""
        self._permit(context, op)
        job = await handler.prepare(context, op)
        if job.work is not None:
            self._parts.hosts.host(job.server)  # says at once why it cannot be reached
        return job

    def _permit(self, context: ActionContext, op: Operation[Any]) -> None:
        """A right lost while it waited ends it."""
        record = context.record
        if not self._parts.permit.may(context.caller, op.needs, record.type, record.id):
            raise Conflict(f"{context.caller.who.name} lost the right to do this while it waited")

    async def _finish(self, context: ActionContext, op: Operation[Any], handler: ActionHandler, end: JobEnded) -> None:
        server = self._journal.open[context.activity].server
        await self._outputs.end(context.activity)
        if end.state is State.SUCCEEDED:
            result = msgspec.msgpack.decode(end.result, type=handler.result)
            await self._settle(context, op, handler, result)
        else:
            await self._close(self._journal.open[context.activity], end.state, end.error, end.hint)
        with suppress(MonitorError):
            await self._parts.hosts.raw_host(server).forget_job(context.activity)

    async def _settle(self, context: ActionContext, op: Operation[Any], handler: ActionHandler, result: Any) -> None:
        """The outcome's changes and the end of the activity are one write."""
        async with self._parts.memory.writing:
            await handler.settle(context, op, result)
            activity = self._journal.open[context.activity]
            ended = self._journal.ended(
                activity,
                State.SUCCEEDED,
                summary=context.text,
                started=activity.started or self._parts.clock.now(),
            )
            await self._journal.write(ended, "closed", context.changes)

    async def _close(self, activity: Activity, state: State, error: str = "", hint: str = "") -> None:
        await self._outputs.end(activity.id)
        now = self._parts.clock.now()
        steps = tuple(s if s.ended else structs.replace(s, ended=now, outcome=state.value) for s in activity.steps)
        ended = self._journal.ended(activity, state, error=error, hint=hint, steps=steps)
        await self._journal.write(ended, "closed", Changes())

    def _waits(self, id: str, holders: str) -> None:
        self._journal.show(structs.replace(self._journal.open[id], waiting_for=holders))

    def _caller_of(self, activity: Activity) -> Caller:
        """Who asked, with the rights he has now."""
        if activity.who.kind != "user":
            return structs.replace(SYSTEM, who=activity.who)
        user = self._parts.memory.get("user", activity.who.id)
        admin = bool(user and user.enabled and user.admin)
        return Caller(who=Who("user", activity.who.id, activity.who.name), admin=admin, origin=activity.origin)


async def _nothing_else(caller: Caller, op: Operation[Any], parent: str) -> Any:
    raise TypeError("a check runs no operation")
