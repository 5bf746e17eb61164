"""Dispatch: the one road of every operation: find, permit, validate, record, run, publish."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, structs

from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.config import check_powers, runs_code
from monitor.core.context import QueryContext
from monitor.core.edit_context import EditContext, what_of
from monitor.core.journal import Journal
from monitor.core.parts import Parts
from monitor.core.work import Work
from monitor.kernel.activity import State
from monitor.kernel.errors import Forbidden, NotFound, NotSignedIn
from monitor.kernel.ids import new_id
from monitor.kernel.operation import ActionHandler, AnswerHandler, ForwardHandler, Handler, Kind, Operation, tag_of
from monitor.kernel.permission import Level
from monitor.kernel.stream import Stream


class Outcome(Struct, frozen=True):
    """What an operation answered, and the activity that recorded it (empty for queries)."""

    value: Any
    activity: str = ""
    session: str | None = None
    """Secret of a session that was opened; empty when the caller's was ended."""


class Dispatcher:
    """Runs operations for callers. A handler cannot be reached but through `run`."""

    def __init__(self, parts: Parts, journal: Journal, work: Work, handlers: Mapping[str, Handler]) -> None:
        self._parts = parts
        self._journal = journal
        self._work = work
        self._handlers = handlers

    async def run(
        self, caller: Caller, op: Operation[Any], parent: str = "", *, id: str = "", once: bool = False
    ) -> Outcome:
        """Do one operation for one caller; every refusal is raised before anything is written.

        `id` is the activity's, for an action whose asker must know it before: whether it was begun tells the record.
        `once`: an action on a resource which this caller has asked for already, and which still waits, is answered with
        that one (Work.accept_once).
        """
        handler = self._handlers[tag_of(op.__class__)]
        record = self.find(caller, op)
        self.permit(caller, op, record)
        if isinstance(handler, ForwardHandler):
            meant = handler.forward(QueryContext(self._parts, caller, record, self.run_other), op)
            return await self.run(structs.replace(caller, cause=what_of(record)), meant, parent, id=id, once=once)
        if isinstance(handler, ActionHandler):
            if once and record is not None:
                activity = await self._work.accept_once(caller, op, record, handler, parent)
            else:
                activity = await self._work.accept(caller, op, record, handler, parent=parent, id=id)
            return Outcome(activity, activity.id)
        if op.kind is Kind.QUERY:
            context = QueryContext(self._parts, caller, record, self.run_other)
            return Outcome(await handler.answer(context, op))
        return await self._edit(caller, op, handler, parent)

    def find(self, caller: Caller, op: Any) -> Record | None:
        """The target of an operation or topic on a resource; what the caller may not know of is not found."""
        kept = self._parts.registry.type_of(tag_of(op.__class__))
        if kept is None or not op.targeted:
            return None
        record = self._parts.catalog.find(kept.name, op.target)
        if record is None or not self._parts.permit.readable(caller, kept.name, record.id):
            if not caller.user and not caller.admin and caller.bound is None:
                raise NotSignedIn("sign in first")
            shown = op.target if len(op.target) <= 80 else op.target[:77] + "..."
            raise NotFound(f"there is no {kept.name} called {shown!r}")
        return record

    def permit(self, caller: Caller, op: Any, record: Record | None) -> None:
        """Raise unless the caller meets what the operation or topic needs."""
        name = tag_of(op.__class__)
        kept = name.partition(".")[0]
        if caller.bound is not None and name != caller.bound.operation:
            raise Forbidden(f"{caller.who.name} may do nothing but {caller.bound.operation}")
        if self._parts.permit.may(caller, op.needs, kept, record.id if record else ""):
            if record is not None and runs_code(op.needs):
                check_powers(self._parts, caller, record.behaviour, record.stored.config)
            return
        if not caller.user and not caller.admin:
            raise NotSignedIn("sign in first")
        reads = op.kind is Kind.QUERY or isinstance(op, Stream)
        if record is None and reads and op.needs is Level.READ:
            return  # a list, or all changes, shows each caller what he may read
        needs = op.needs.value
        where = f"{record.type} {record.stored.name}" if record else f"{kept}s"
        raise Forbidden(f"{name} needs {needs!r} on {where}", hint="Ask an admin or its owner to grant it.")

    async def _edit(self, caller: Caller, op: Operation[Any], handler: AnswerHandler, parent: str) -> Outcome:
        """Run an edit alone among edits; its changes and its record are one write."""
        parts = self._parts
        prepared = None
        if handler.before is not None:
            record = self.find(caller, op)
            prepared = await handler.before(QueryContext(parts, caller, record, self.run_other), op)
        async with parts.memory.writing:
            record = self.find(caller, op)  # it may have changed while this one waited
            self.permit(caller, op, record)
            id = new_id(parts.clock.now())
            context = EditContext(parts, caller, record, _no_other, id)
            context.prepared = prepared
            value = await handler.answer(context, op)
            if not context.recorded:
                return Outcome(value)
            activity = self._journal.new(context.caller, op, id, context.what, parent)
            activity = self._journal.ended(
                activity,
                State.SUCCEEDED,
                started=activity.created,
                changes=context.record_changes,
                summary=context.text,
            )
            await parts.releases.go_with(context.changes)
            await self._journal.write(activity, "done", context.changes)
            for then in context.after:
                then()
            value = context.answer() if context.answer else value
            return Outcome(value, id, context.session)

    async def run_other(self, caller: Caller, op: Operation[Any], parent: str) -> Any:
        """What `ctx.run` does: the same road, with the asking activity as parent."""
        outcome = await self.run(caller, op, parent)
        return outcome.value


async def _no_other(caller: Caller, op: Operation[Any], parent: str) -> Any:
    raise TypeError("an edit is one write: it runs no other operation")
