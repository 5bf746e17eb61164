"""Source: people's schedules as something that recurs: when, where each stands, and what it asks for, for whom."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from monitor.core.asker import stands_for, without_right
from monitor.core.catalog import RESOURCE, Record, info_kind, resource_kind
from monitor.core.context import QueryContext
from monitor.core.memory import Changes
from monitor.core.people import USER
from monitor.core.permit import GRANT
from monitor.core.requested import operation_of
from monitor.core.sources import Asking
from monitor.kernel.activity import What
from monitor.kernel.errors import Conflict, MonitorError, NotFound
from monitor.kernel.operation import ForwardHandler, Handler, Operation
from monitor.kernel.recurring import Rule, Stand
from monitor.kernel.stream import StreamHandler
from monitor.resources.schedule import plan
from monitor.resources.schedule.spec import RunSchedule, ScheduleConfig

if TYPE_CHECKING:
    from monitor.core.app import Core

ORIGIN = "schedule"
TYPE = "schedule"


class Schedules:
    """All of one core. Each runs as whoever switched it on, with the rights he has then."""

    name = "schedule"

    def __init__(self, core: "Core") -> None:
        self._parts = core.parts
        self._rules: dict[str, Rule | None] | None = None
        """As long as no schedule changes."""
        core.recurring.add(self)
        core.parts.memory.listen(resource_kind(TYPE), self._forget)
        for kind in (USER, GRANT, *(f"{RESOURCE}{type}" for type in core.parts.registry.types)):
            core.parts.memory.listen(kind, lambda _, __: core.recurring.changed())

    def handlers(self) -> tuple[Handler | StreamHandler, ...]:
        """Running one by hand."""
        return (ForwardHandler(RunSchedule, self.meant),)

    def meant(self, ctx: QueryContext, op: RunSchedule) -> Operation[Any]:
        """What it does, as it stands there now."""
        return self._operation(ctx.record)

    def rules(self) -> Mapping[str, Rule | None]:
        """Of every schedule."""
        if self._rules is None:
            found = self._parts.catalog.all(TYPE).items()
            self._rules = {id: plan.rule_of(record.stored.config) for id, record in found}
        return self._rules

    def stand(self, id: str) -> Stand:
        """Its info."""
        record = self._parts.catalog.get(TYPE, id)
        return record.info if record else Stand()

    def put(self, changes: Changes, id: str, stand: Stand) -> None:
        """The same."""
        changes.put(info_kind(TYPE), id, stand)

    def asking(self, id: str) -> Asking:
        """As its config says now."""
        record = self._parts.catalog.get(TYPE, id)
        if record is None:
            raise NotFound("the schedule is gone")
        operation = self._operation(record)
        cause = What(TYPE, id, record.stored.name)
        try:
            return Asking(stands_for(self._parts, record, "enabled", ORIGIN, cause), operation)
        except MonitorError as refusal:
            return Asking(without_right(record, "enabled", ORIGIN, cause), operation, refusal)

    def _forget(self, id: str, value: object) -> None:
        self._rules = None

    def _operation(self, record: Record) -> Operation[Any]:
        config: ScheduleConfig = record.stored.config
        if config.does is None:
            raise Conflict(plan.NOTHING)
        return operation_of(self._parts.registry, config.does, "does")
