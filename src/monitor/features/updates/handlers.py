"""How newer images are asked for: looked for now, or listed."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.core.catalog import Record
from monitor.core.context import QueryContext
from monitor.features.updates.auto import AutoUpdates
from monitor.features.updates.checks import Checks
from monitor.features.updates.looks import Looks
from monitor.kernel.clock import deadline
from monitor.kernel.errors import MonitorError
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.permission import Level
from monitor.kernel.stream import StreamHandler
from monitor.resources.deployment.newer import ImageUpdate, UpdateState
from monitor.resources.deployment.operations.updates import CheckUpdate, CheckUpdates, FoundUpdate, ListUpdates

if TYPE_CHECKING:
    from monitor.core.app import Core

_JUST_NOW = 3.0
"""Seconds in which who asks again gets the same answer, so that nobody hammers a registry by a button."""
_WITHIN = 30.0


class Updates:
    """Binds checks, looks and automatic updates to what people ask for."""

    def __init__(self, core: "Core") -> None:
        self._parts = core.parts
        self._checks = Checks(core.parts)
        self._auto = AutoUpdates(core, self._checks)
        every = timedelta(hours=core.settings.check_updates_every)
        self._looks = Looks(core.parts, core.timer, self._checks, self._auto, every)

    def handlers(self) -> tuple[Handler | StreamHandler, ...]:
        """One per operation."""
        return (
            AnswerHandler(CheckUpdate, self.check),
            AnswerHandler(CheckUpdates, self.check_all),
            AnswerHandler(ListUpdates, self.list),
        )

    async def stop(self) -> None:
        """End everything that goes on beside requests."""
        await self._looks.stop()
        await self._auto.stop()
        await self._checks.stop()

    async def check(self, ctx: QueryContext, op: CheckUpdate) -> ImageUpdate:
        """What is found out now."""
        return await self._checks.check(ctx.record.id, within=_JUST_NOW)

    async def check_all(self, ctx: QueryContext, op: CheckUpdates) -> tuple[FoundUpdate, ...]:
        """What is known in time; the rest is found out all the same, and shown then."""
        permit = self._parts.permit
        mine = [
            record
            for record in self._parts.catalog.by_name("deployment")
            if permit.level(ctx.caller, "deployment", record.id).covers(Level.EXECUTE)
        ]
        asked = [asyncio.create_task(self._look(record.id)) for record in mine]
        if asked:
            with suppress(TimeoutError):
                async with deadline(self._parts.clock, _WITHIN):
                    await asyncio.wait(asked)
        found = [r for record in mine if (r := self._parts.catalog.get("deployment", record.id)) is not None]
        return tuple(self._show(ctx, record) for record in found)

    async def list(self, ctx: QueryContext, op: ListUpdates) -> tuple[FoundUpdate, ...]:
        """Of those the caller may read."""
        records = [
            record
            for record in self._parts.catalog.by_name("deployment")
            if self._parts.permit.readable(ctx.caller, "deployment", record.id) and (op.every or _has_newer(record))
        ]
        return tuple(self._show(ctx, record) for record in records)

    async def _look(self, id: str) -> None:
        with suppress(MonitorError):
            await self._checks.check(id, within=_JUST_NOW)

    def _show(self, ctx: QueryContext, record: Record) -> FoundUpdate:
        server = self._parts.catalog.get("server", record.server)
        readable = server is not None and self._parts.permit.readable(ctx.caller, "server", server.id)
        image = record.stored.config.image
        update: ImageUpdate | None = record.status.update
        return FoundUpdate(
            name=record.stored.name,
            server=server.stored.name if readable and server is not None else "",
            image=record.info.image or getattr(image, "image", ""),
            state=update.state.value if update else "",
            reason=update.reason if update else "",
            checked=update.checked if update else None,
            newest=update.newest if update else "",
            auto=update.auto if update else "",
            deployment=record.id,
        )


def _has_newer(record: Record) -> bool:
    update: ImageUpdate | None = record.status.update
    return update is not None and update.state is UpdateState.AVAILABLE
