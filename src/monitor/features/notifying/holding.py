"""Holding: why something is not told at a moment, and until when: a maintenance goes on, or quiet hours."""

from datetime import datetime

from monitor.core.catalog import Record
from monitor.core.parts import Parts
from monitor.kernel.alerts import AlertEvent
from monitor.kernel.windows import Span
from monitor.resources.alert_target import plan
from monitor.resources.alert_target.info import Delivery, Held
from monitor.resources.maintenance import plan as maintenance
from monitor.resources.maintenance.spec import MAINTENANCE


class Times:
    """Of one moment: which maintenances go on, and which targets have their quiet hours, worked out once for all."""

    def __init__(self, parts: Parts, now: datetime) -> None:
        self.now = now
        configs = [one.stored.config for one in parts.catalog.all(MAINTENANCE.name).values()]
        self._going = [(one, span) for one in configs if (span := maintenance.going(one, now)) is not None]
        self._quiet: dict[str, Span | None] = {}
        ends = [span.end for one, span in self._going if maintenance.covers_all(one)]
        self.all_held = max(ends, default=None)
        """Until when a maintenance of everything goes on."""

    def is_worked_on(self, event: AlertEvent) -> bool:
        """Whether a maintenance covers it."""
        return any(maintenance.covers(one, event.alert.subject) for one, _ in self._going)

    def hold(self, record: Record, event: AlertEvent) -> tuple[Held, datetime | None]:
        """Why it is not sent to a target now, and until when."""
        ends = [span.end for one, span in self._going if maintenance.covers(one, event.alert.subject)]
        if ends:
            return Held.MAINTENANCE, max(ends)
        if record.id not in self._quiet:
            self._quiet[record.id] = plan.quiet_at(record.stored.config, self.now)
        quiet = self._quiet[record.id]
        held = quiet is not None and not plan.passes(record.stored.config, event)
        return (Held.QUIET, quiet.end) if held and quiet else (Held.NO, None)

    def until(self, record: Record, held: Delivery) -> datetime | None:
        """Until when what is held is."""
        return self.hold(record, held.events[0])[1]
