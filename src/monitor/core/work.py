"""Work: every action under way in this core: accepted, resumed after a restart, cancelled, let go of at a stop."""

import asyncio
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

import msgspec
from msgspec import structs

from monitor.core.asker import caller_of
from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.context import RunOther
from monitor.core.course import Course
from monitor.core.edit_context import ActionContext, what_of
from monitor.core.journal import Journal
from monitor.core.lanes import Lanes, Ticket
from monitor.core.late import note_late
from monitor.core.output import Outputs
from monitor.core.parts import Parts
from monitor.kernel.activity import Activity, State, Who
from monitor.kernel.errors import Conflict, MonitorError, Unavailable, UnknownJob
from monitor.kernel.ids import new_id
from monitor.kernel.operation import ActionHandler, Operation, tag_of

_TICK = timedelta(microseconds=1)
_PUT_BACK = timedelta(seconds=5)
_AGAIN = 1.0
"""Seconds until a host that could not be told something is told again."""


class Work:
    """Accepts actions and keeps their tasks."""

    def __init__(self, parts: Parts, journal: Journal, outputs: Outputs, lanes: Lanes) -> None:
        self._parts = parts
        self._journal = journal
        self._outputs = outputs
        self._lanes = lanes
        self._course = Course(parts, journal, outputs, lanes, forget=self._forget, gave_up=self._gave_up)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._beside: set[asyncio.Task[None]] = set()
        self._cancelled: set[str] = set()
        self._merging: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._stopping = False
        self._last: datetime | None = None
        self.run_other: RunOther | None = None

    async def accept(
        self,
        caller: Caller,
        op: Operation[Any],
        record: Record | None,
        handler: ActionHandler,
        *,
        parent: str = "",
        id: str = "",
    ) -> Activity:
        """Record an action as queued and set it going; Conflict when too many wait for its target.

        With `id`, derived from what made this happen, it is Monitor itself that asks.
        """
        if self._stopping:
            raise Unavailable("core is stopping; try again in a moment")
        context = self._context(caller, record, id or new_id(self._parts.clock.now()))
        if record is not None:
            op = structs.replace(op, target=record.id)
        if handler.check is not None:
            handler.check(context, op)
        if handler.look is not None and not id:  # else nobody is there to be told, and the record is no place for it
            await handler.look(context, op)
        if handler.freeze is not None:
            op = handler.freeze(context, op)
        keys = _keys(context, op, record, handler)
        if record is not None and keys:
            self._lanes.check_room(keys[0])
        activity = self._journal.new(caller, op, context.activity, what_of(record), parent)
        activity = structs.replace(
            activity, request=msgspec.json.encode(op).decode(), created=self._moment_of(activity.created)
        )
        ticket = self._lanes.enter(activity.id, keys)
        self._journal.open[activity.id] = activity  # so that a cancel finds it while it is being stored
        self._journal.unstored.add(activity.id)
        try:
            await self._journal.write(activity, "opened")
        except asyncio.CancelledError:
            self._start(context, op, handler, ticket)  # it is stored: who asked has gone, what he asked for has not
            raise
        except Exception:
            self._journal.open.pop(activity.id, None)
            self._journal.unstored.discard(activity.id)
            self._lanes.leave(ticket)
            raise
        self._start(context, op, handler, ticket)
        return self._journal.open.get(activity.id, activity)

    async def accept_once(
        self, caller: Caller, op: Operation[Any], record: Record, handler: ActionHandler, parent: str = ""
    ) -> Activity:
        """As `accept`; but where this caller has asked for exactly the same and it still waits, that is the answer.

        For what comes in bursts and means the same each time (pushes to one branch): what waits has not looked at its
        config, its rights and its source yet, so it will do for those who came later too. At most one waits, and one
        runs.
        """
        name = tag_of(op.__class__)
        lock = self._merging.setdefault(f"{caller.who.kind} {caller.who.id} {name} {record.id}", asyncio.Lock())
        async with lock:  # one that is being stored is found by the next
            request = msgspec.json.encode(structs.replace(op, target=record.id)).decode()
            for activity in self._journal.open.values():
                same = (activity.operation, activity.who, activity.request) == (name, caller.who, request)
                if same and self._lanes.waits(activity.id):
                    return activity
            return await self.accept(caller, op, record, handler, parent=parent)

    async def resume(self, activities: list[Activity], handlers: Mapping[str, Any]) -> None:
        """Go on with what a former life left: running jobs are attached again, queued ones wait again, in order."""
        for activity in sorted(activities, key=lambda a: (a.state is State.QUEUED, a.created, a.id)):
            handler = handlers.get(activity.operation)
            record = self._parts.catalog.get(activity.what.type, activity.what.id) if activity.what else None
            try:
                self._go_on(activity, record, handler)
            except (_Lost, MonitorError) as lost:
                await self._course.close(activity.id, State.INTERRUPTED, f"core was restarted, and {lost}")

    async def cancel(self, activity: Activity) -> Activity:
        """Ask an open action to end; no host is waited for. Conflict when it has ended."""
        # A task cancelled before its first step would run no line of its own.
        await self._parts.clock.sleep(0)
        async with self._journal.changing(activity.id) as current:
            task = self._tasks.get(activity.id)
            if current is None or task is None:
                raise Conflict("it has ended already")
            if current.state is not State.QUEUED:
                asked = structs.replace(current, cancel_requested=True)
                await self._journal.write(asked, "cancel_requested")
                self._aside(self._cancel_at_host(activity.id))
                return asked
            self._cancelled.add(activity.id)
            task.cancel()  # it is in the middle of no write now
        await asyncio.wait([task], timeout=5)
        return await self._journal.get(activity.id) or current

    async def stop(self) -> None:
        """Let go of everything; jobs go on at their hosts and are attached again at the next start."""
        self.abandon()
        await asyncio.gather(*self._tasks.values(), *self._beside, return_exceptions=True)

    def abandon(self) -> None:
        """Drop everything at once, as a killed process would (for tests)."""
        self._stopping = True
        for task in (*self._tasks.values(), *self._beside):
            task.cancel()

    @property
    def stopping(self) -> bool:
        """Whether it takes nothing new: what is refused now is for the next core to begin."""
        return self._stopping

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    def places_changed(self) -> None:
        """A lane may have more places than before."""
        self._lanes.look_again()

    def _go_on(self, activity: Activity, record: Record | None, handler: Any) -> None:
        if activity.what is not None and record is None:
            raise _Lost("its target is gone")
        if not isinstance(handler, ActionHandler):
            raise _Lost("this core does not know the operation")
        try:
            op = msgspec.json.decode(activity.request, type=handler.operation)
        except msgspec.MsgspecError:
            raise _Lost("this core does not understand what was asked for") from None
        asked_by = caller_of(self._parts, activity) or Caller(who=Who("user", activity.who.id, activity.who.name))
        context = self._context(asked_by, record, activity.id)
        running = activity.state is State.RUNNING
        ticket = self._lanes.enter(activity.id, _keys(context, op, record, handler), running=running)
        self._start(context, op, handler, ticket)
        if activity.cancel_requested:
            self._aside(self._cancel_at_host(activity.id))

    def _moment_of(self, now: datetime) -> datetime:
        """Later than every one before: by it they wait in the same order after a restart. A clock put back is one."""
        behind = self._last - now if self._last else -_TICK
        self._last = self._last + _TICK if self._last and timedelta(0) <= behind < _PUT_BACK else now
        return self._last

    def _start(self, context: ActionContext, op: Operation[Any], handler: ActionHandler, ticket: Ticket) -> None:
        id = context.activity
        if self._stopping:  # it was being stored when that began: the next life takes it up
            self._lanes.leave(ticket)
            return
        run = self._course.run(
            context,
            op,
            handler,
            ticket,
            keys=lambda: _keys(context, op, context.target_record, handler),
            lets_go=lambda: self._stopping and id not in self._cancelled,
        )
        task = asyncio.create_task(run, name=f"action {id}")
        self._tasks[id] = task
        task.add_done_callback(lambda _: self._done(id))

    def _done(self, id: str) -> None:
        self._tasks.pop(id, None)
        self._cancelled.discard(id)

    def _context(self, caller: Caller, record: Record | None, id: str) -> ActionContext:
        assert self.run_other is not None  # noqa: S101 - set when core is put together
        return ActionContext(self._parts, caller, record, self.run_other, id)

    async def _cancel_at_host(self, id: str) -> None:
        """Until the host has heard it, or the action has ended. One that only has others run sees it by itself."""
        while (activity := self._journal.open.get(id)) is not None and activity.server:
            try:
                await self._parts.hosts.raw_host(activity.server).cancel_job(id)
            except UnknownJob:
                return  # not handed over yet: who hands it over looks again
            except MonitorError:
                await self._parts.clock.sleep(_AGAIN)
            else:
                return

    def _forget(self, id: str, server: str) -> None:
        """The host may delete what it kept; one that does not hear it now does so by itself after a while."""
        self._aside(self._tell_to_forget(id, server))

    async def _tell_to_forget(self, id: str, server: str) -> None:
        with suppress(MonitorError):
            await self._parts.hosts.raw_host(server).forget_job(id)

    def _gave_up(self, id: str, after: int) -> None:
        self._aside(note_late(self._parts, self._journal, self._outputs, id, after))

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Keep something going beside the actions."""
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)


class _Lost(Exception):
    """Why an action of a former life cannot go on."""


def _keys(context: ActionContext, op: Operation[Any], record: Record | None, handler: ActionHandler) -> tuple[str, ...]:
    """The lanes an action takes, its target's first; none while a person sits in front of it."""
    if op.attended:
        return ()
    keys = (f"target:{record.id}",) if record and not handler.apart else ()
    return keys + (handler.lanes(context, op) if handler.lanes else ())
