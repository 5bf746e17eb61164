"""Auto: a newer image taken by itself, inside its window, with the rights of whoever switched that on."""

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from monitor.abilities.registry.answers import unknown
from monitor.abilities.registry.calls import AskRegistry, Trouble
from monitor.core.asker import stands_for, without_right
from monitor.core.caller import Caller
from monitor.core.catalog import Record, resource_kind
from monitor.core.edit_context import what_of
from monitor.core.journal import ACTIVITY
from monitor.features.updates.checks import Checks
from monitor.kernel.activity import Activity, State
from monitor.kernel.errors import Conflict, MonitorError
from monitor.kernel.ids import new_id
from monitor.kernel.operation import tag_of
from monitor.kernel.windows import Span
from monitor.resources.deployment.newer import ImageUpdate, UpdateState, window_of
from monitor.resources.deployment.operations.updates import UpdateImage
from monitor.store.contract import Where

if TYPE_CHECKING:
    from monitor.core.app import Core

ORIGIN = "auto_update"
_AT_ONCE = 4
"""Updates under way at a time, so that a night's work does not take every server at once."""
_LOOKED_BACK = 50
log = logging.getLogger(__name__)


class AutoUpdates:
    """The record of activities says what was tried: nothing is tried twice for one digest, whenever core stopped."""

    def __init__(self, core: "Core", checks: Checks) -> None:
        self._core = core
        self._checks = checks
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._considered: dict[str, tuple[str, datetime]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        core.parts.memory.listen(resource_kind("deployment"), self._changed)

    def consider(self, record: Record, span: Span) -> None:
        """Take what is newer, once for each digest; a refusal stands for this opening of the window."""
        update: ImageUpdate | None = record.status.update if record.status.state == "running" else None
        if update is None or update.state is not UpdateState.AVAILABLE:
            return
        if self._considered.get(record.id) == (update.newest, span.begin):
            return
        self._considered[record.id] = (update.newest, span.begin)
        task = asyncio.create_task(self._take(record, update.newest, span))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Let go; what was begun goes on as any other activity."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _changed(self, id: str, value: object) -> None:
        if value is None:
            self._considered.pop(id, None)

    async def _take(self, record: Record, newest: str, span: Span) -> None:
        async with self._places:
            if self._core.parts.clock.now() >= span.end:
                return  # it never came to it; the next opening is soon enough
            op = UpdateImage(target=record.id, expects=newest)
            tried = await self._tried(record.id, newest, span)
            if tried is None:
                tried = await self._run(record, op)
            ended = await self._end_of(tried)
            if ended.state is not State.SUCCEEDED:
                await self._tell(record.id, newest, ended)

    async def _run(self, record: Record, op: UpdateImage) -> Activity:
        """What was accepted; or what records why it was not."""
        try:
            caller = stands_for(self._core.parts, record, "auto_update", ORIGIN)
        except MonitorError as refusal:
            return await self._refused(record, op, without_right(record, "auto_update", ORIGIN), refusal)
        try:
            await self._check(record)
            return (await self._core.dispatcher.run(caller, op)).value
        except MonitorError as refusal:
            return await self._refused(record, op, caller, refusal)

    async def _check(self, record: Record) -> None:
        """What a rule needs beside what a person does."""
        config, parts = record.stored.config, self._core.parts
        if record.status.outdated:
            raise Conflict("its config was changed after the last deploy, which an update would deploy too")
        if config.auto_update_with_volumes:
            return
        container = self._checks.container_of(record)
        if container is None:
            raise Conflict("it has no container")
        question = AskRegistry(
            container=container.id,
            deployment=record.id,
            reference=record.info.image or container.image,
            known=unknown(Trouble.NONE, "not asked"),
        )
        if (await parts.hosts.host(config.server).call(question)).runs.writes:
            raise Conflict(
                "its container has a volume it can write to, and a newer version may change what is in there for good",
                hint="Turn on auto_update_with_volumes if that is meant.",
            )

    async def _tried(self, id: str, newest: str, span: Span) -> Activity | None:
        """What was done about this digest before; what was refused counts for the opening it was refused in."""
        where = [
            Where(path="what.id", equals=id),
            Where(path="operation", equals=tag_of(UpdateImage)),
        ]
        found, _ = await self._core.journal.find(where, cursor="", limit=_LOOKED_BACK)
        for activity in found:
            if activity.origin != ORIGIN or _expected(activity) != newest:
                continue
            refused = activity.state is State.FAILED and activity.server == ""
            if not refused or activity.created >= span.begin:
                return activity
        return None

    async def _refused(self, record: Record, op: UpdateImage, caller: Caller, refusal: MonitorError) -> Activity:
        """A record of its own: nobody was there to be told."""
        core = self._core
        id, error = new_id(core.parts.clock.now()), f"not run: {refusal.message}"
        ended = core.journal.not_run(caller, op, id, what_of(record), error=error, hint=refusal.hint)
        await core.journal.write(ended, "closed")
        return ended

    async def _end_of(self, activity: Activity) -> Activity:
        bus, journal = self._core.parts.bus, self._core.journal
        listener = bus.listen(ACTIVITY)
        try:
            known = await journal.get(activity.id) or activity
            if known.state.ended:
                return known
            async for id, told in listener:
                if id == activity.id and told.state.ended:
                    return told
        finally:
            bus.leave(ACTIVITY, listener)
        return activity

    async def _tell(self, id: str, newest: str, ended: Activity) -> None:
        """Shown beside the update until there is another."""
        record = self._core.parts.catalog.get("deployment", id)
        update: ImageUpdate | None = record.info.update if record else None
        if update is None or update.newest != newest:
            return
        said = ended.error or ended.state.value
        text = said if said.startswith("not run: ") else f"failed: {said}"
        log.warning("automatic update of %s: %s", id, text)
        await self._checks.note(id, structs.replace(update, auto=text[:500]))


def window_at(record: Record, now: datetime) -> tuple[Span | None, datetime | None]:
    """The opening of its window `now` lies in, and when the window opens next; two times None where it has no rule."""
    window = window_of(record.stored.config.auto_update)
    return (window.open_at(now), window.next_after(now)) if window else (None, None)


def _expected(activity: Activity) -> str:
    try:
        return msgspec.json.decode(activity.request, type=UpdateImage).expects
    except msgspec.MsgspecError:
        return ""
