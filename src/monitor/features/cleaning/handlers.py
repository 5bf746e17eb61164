"""How a server's clean-up recurs: by its rules' own times, as whoever set them, with the rights he has then."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from monitor.core.asker import stands_for, who_set, without_right
from monitor.core.catalog import Record, resource_kind
from monitor.core.context import QueryContext
from monitor.core.memory import Changes
from monitor.core.people import USER
from monitor.core.permit import GRANT
from monitor.core.sources import Asking, StoredStands
from monitor.kernel.errors import MonitorError, NotFound
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.recurring import Rule, Stand
from monitor.kernel.stream import StreamHandler
from monitor.resources.server.actions.clean_up import nothing_goes
from monitor.resources.server.operations.clean_up import CleanUpNow, CleanUpTimes, ShowCleanUpTimes
from monitor.resources.server.rules import rule_of

if TYPE_CHECKING:
    from monitor.core.app import Core

ORIGIN = "clean_up"
_FIELD = "clean_up"


class Cleaning:
    """Of all servers of one core; a source of what recurs."""

    name = "clean-up"

    def __init__(self, core: "Core") -> None:
        self._core = core
        self._parts = core.parts
        self._stands = StoredStands(core.parts.memory, self.name)
        self._rules: dict[str, Rule | None] | None = None
        """As long as no server changes."""
        core.recurring.add(self)
        core.parts.memory.listen(resource_kind("server"), self._forget)
        for kind in (USER, GRANT, resource_kind("server")):
            core.parts.memory.listen(kind, lambda _, __: core.recurring.changed())

    def handlers(self) -> tuple[Handler | StreamHandler, ...]:
        """What can be asked about it."""
        return (AnswerHandler(ShowCleanUpTimes, self.show),)

    async def show(self, ctx: QueryContext, op: ShowCleanUpTimes) -> CleanUpTimes:
        """When it runs next, as whom, and what became of the last times."""
        record, stand = ctx.record, self.stand(ctx.record.id)
        who = who_set(record, _FIELD)
        if _rule(record) is None:
            return CleanUpTimes(last=tuple(reversed(stand.occasions)))
        return CleanUpTimes(
            next=stand.due,
            runs_as=who.name if who else "",
            blocked=stand.blocked,
            last=tuple(reversed(stand.occasions)),
        )

    def rules(self) -> Mapping[str, Rule | None]:
        """Of every server; one that is disabled is left alone."""
        if self._rules is None:
            self._rules = {id: _rule(record) for id, record in self._parts.catalog.all("server").items()}
        return self._rules

    def stand(self, id: str) -> Stand:
        """As stored."""
        return self._stands.stand(id)

    def put(self, changes: Changes, id: str, stand: Stand) -> None:
        """The same."""
        self._stands.put(changes, id, stand)

    def asking(self, id: str) -> Asking:
        """What a person would ask for by the button."""
        record = self._parts.catalog.get("server", id)
        if record is None:
            raise NotFound("the server is gone")
        operation = CleanUpNow(target=id)
        try:
            caller = stands_for(self._parts, record, _FIELD, ORIGIN)
        except MonitorError as refusal:
            return Asking(without_right(record, _FIELD, ORIGIN), operation, refusal)
        context: Any = QueryContext(self._parts, caller, record, self._core.dispatcher.run_other)
        return Asking(caller, operation, idle=lambda: nothing_goes(context))

    def _forget(self, id: str, value: object) -> None:
        self._rules = None


def _rule(record: Record) -> Rule | None:
    config = record.stored.config
    return rule_of(config.clean_up) if config.enabled else None
