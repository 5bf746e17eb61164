"""How requests about the record are answered."""

from collections.abc import AsyncIterator

from msgspec import structs

from monitor.core.caller import Caller
from monitor.core.context import QueryContext
from monitor.core.edit_context import EditContext
from monitor.core.journal import ACTIVITY, Journal
from monitor.core.listing import known_id
from monitor.core.output import Outputs
from monitor.core.parts import Parts
from monitor.core.people import People
from monitor.core.work import Work
from monitor.features.activity.spec import (
    CancelActivity,
    FollowOutput,
    GetActivity,
    GetOutput,
    ListActivity,
    OutputLine,
    WatchActivity,
)
from monitor.kernel.activity import CONTAINER_LOG, Activity, Line, What
from monitor.kernel.errors import Forbidden, NotFound
from monitor.kernel.ids import first_id
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.permission import Right
from monitor.kernel.resource import Page
from monitor.kernel.stream import Item, Snapshot, StreamHandler
from monitor.store.contract import Where

_NEWEST = 50
_SCAN = 200
_MOST_SCANNED = 2000
"""Activities one request looks through for those its caller may see; `next` goes on from there."""


class ActivityFeature:
    """Reads the record; shows each caller what he did and what was done to what he may read."""

    def __init__(self, parts: Parts, people: People, journal: Journal, outputs: Outputs, work: Work) -> None:
        self._parts = parts
        self._people = people
        self._journal = journal
        self._outputs = outputs
        self._work = work

    def handlers(self) -> tuple[Handler | StreamHandler, ...]:
        """One per operation and topic of the spec."""
        return (
            AnswerHandler(ListActivity, self.page),
            AnswerHandler(GetActivity, self.get),
            AnswerHandler(GetOutput, self.output),
            AnswerHandler(CancelActivity, self.cancel),
            StreamHandler(WatchActivity, self.watch),
            StreamHandler(FollowOutput, self.follow_output),
        )

    async def page(self, ctx: QueryContext, op: ListActivity) -> Page[Activity]:
        """Newest first. For a caller who is no admin `total` counts this page only: all he may see is not known."""
        where = self._conditions(ctx.caller, op)
        if ctx.caller.admin:
            found, total = await self._journal.find(where, cursor=op.cursor, limit=op.limit)
            return Page(items=tuple(found), total=total, next=found[-1].id if len(found) == op.limit else "")
        return await self._list_visible(ctx.caller, where, op)

    async def get(self, ctx: QueryContext, op: GetActivity) -> Activity:
        """One."""
        return self._told(ctx.caller, await self._need(ctx.caller, op.target))

    async def output(self, ctx: QueryContext, op: GetOutput) -> tuple[OutputLine, ...]:
        """A piece of it."""
        activity, after = await self._need(ctx.caller, op.target), op.after
        while lines := await self._outputs.read(activity.id, after, op.limit):
            if shown := tuple(_shown(x) for x in lines if self._may_see(ctx.caller, activity, x)):
                return shown
            after = lines[-1].seq  # nothing of it is for him: what comes after may be
        return ()

    async def cancel(self, ctx: EditContext, op: CancelActivity) -> Activity:
        """Who may start it may end it, and who started it. The activity itself is the record of it."""
        activity = await self._need(ctx.caller, op.target)
        operation = self._parts.registry.operations.get(activity.operation)
        what = activity.what
        may = (
            operation is not None
            and what is not None
            and self._parts.permit.may(ctx.caller, operation.needs, what.type, what.id)
        )
        if not may and activity.who.id != ctx.caller.user:
            raise Forbidden("cancelling needs what starting it needed")
        if what is not None:
            ctx.on(what.type, what.id, what.name)
        ctx.summary(f"asked to cancel {_said(activity)}, asked for by {activity.who.name}")
        return await self._work.cancel(activity)

    async def watch(self, ctx: QueryContext, topic: WatchActivity) -> AsyncIterator[Item[Activity] | Snapshot]:
        """The newest ones and all that are open, however old; then every change."""
        listener = self._parts.bus.listen(ACTIVITY)
        try:
            if topic.target:
                yield Item(key=topic.target, data=self._told(ctx.caller, await self._need(ctx.caller, topic.target)))
            else:
                page = await self.page(ctx, ListActivity(limit=_NEWEST))
                shown = {a.id: a for a in (*page.items, *self._open_ones(ctx.caller))}
                for id in sorted(shown):
                    yield Item(key=id, data=self._told(ctx.caller, shown[id]))
            yield Snapshot.DONE
            async for id, activity in listener:
                if topic.target in ("", id) and self._visible(ctx.caller, activity):
                    yield Item(key=id, data=self._told(ctx.caller, activity))
        finally:
            self._parts.bus.leave(ACTIVITY, listener)

    async def follow_output(self, ctx: QueryContext, topic: FollowOutput) -> AsyncIterator[Item[OutputLine] | Snapshot]:
        """From `after` to the activity's end."""
        activity = await self._need(ctx.caller, topic.target)
        live = activity.id in self._journal.open
        async for line in self._outputs.follow(activity.id, topic.after, live=live):
            if self._may_see(ctx.caller, activity, line):
                yield Item(seq=line.seq, data=_shown(line))

    def _open_ones(self, caller: Caller) -> list[Activity]:
        journal = self._journal
        return [a for id, a in journal.open.items() if id not in journal.unstored and self._visible(caller, a)]

    def _visible(self, caller: Caller, activity: Activity) -> bool:
        if caller.admin or (caller.user and activity.who.id == caller.user):
            return True
        what = activity.what
        known = what is not None and what.type in self._parts.registry.types and what.id
        return bool(known and what and self._parts.permit.readable(caller, what.type, what.id))

    def _told(self, caller: Caller, activity: Activity) -> Activity:
        """That a schedule had it run is told to all, which one to who may know of it."""
        cause = activity.cause
        if cause is None or self._parts.permit.readable(caller, cause.type, cause.id):
            return activity
        return structs.replace(activity, cause=What(cause.type, "", ""))

    def _may_see(self, caller: Caller, activity: Activity, line: Line) -> bool:
        """What a container wrote is its log, also where it stands in the output of what was done to it."""
        if line.stream != CONTAINER_LOG or caller.admin:
            return True
        what = activity.what
        return what is not None and self._parts.permit.right(caller, Right.LOGS, what.type, what.id)

    async def _need(self, caller: Caller, id: str) -> Activity:
        activity = await self._journal.get(id)
        if activity is None or not self._visible(caller, activity):
            raise NotFound("there is no such activity")
        return activity

    async def _list_visible(self, caller: Caller, where: list[Where], op: ListActivity) -> Page[Activity]:
        """Look through the record, newest first, until the page is full or has taken long enough."""
        cursor, items = op.cursor, list[Activity]()
        more, seen = True, 0
        while more and len(items) < op.limit and seen < _MOST_SCANNED:
            found, _ = await self._journal.find(where, cursor=cursor, limit=_SCAN)
            seen += len(found)
            for activity in found:
                cursor = activity.id
                if self._visible(caller, activity):
                    items.append(self._told(caller, activity))
                    if len(items) == op.limit:
                        break
            more = len(found) == _SCAN
        return Page(items=tuple(items), total=len(items), next=cursor if more or len(items) == op.limit else "")

    def _conditions(self, caller: Caller, op: ListActivity) -> list[Where]:
        equal = {
            "what.id": known_id(self._parts, caller, op.type, op.resource),
            "what.type": op.type,
            "server": known_id(self._parts, caller, "server", op.server),
            "who.id": self._user(op.user),
            "parent": op.parent,
        }
        where = [Where(path=path, equals=value) for path, value in equal.items() if value]
        if op.operation:
            where.append(Where(path="operation", among=op.operation))
        if op.state:
            where.append(Where(path="state", among=tuple(s.value for s in op.state)))
        # An activity's id begins with the time it was asked for.
        if op.since is not None:
            where.append(Where(path="id", at_least=first_id(op.since)))
        if op.before is not None:
            where.append(Where(path="id", below=first_id(op.before)))
        return where

    def _user(self, ref: str) -> str:
        """The id; who nobody is has done nothing, and so has who did nothing that may be seen."""
        user = self._people.find(ref) if ref else None
        return user.id if user else ref


def _said(activity: Activity) -> str:
    """`prune volumes of server web-1`."""
    verb = activity.operation.rpartition(".")[2].replace("_", " ")
    return f"{verb} of {activity.what.type.replace('_', ' ')} {activity.what.name}" if activity.what else verb


def _shown(line: Line) -> OutputLine:
    return OutputLine(
        seq=line.seq, at=line.at, step=line.step, stream=line.stream, text=line.data.decode("utf-8", "replace")
    )
