"""Occasions: until when a maintenance goes on, or when it begins next: noted with it, so that lists say so."""

from datetime import datetime

from monitor.core.catalog import info_kind
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.resources.maintenance import plan
from monitor.resources.maintenance.spec import MAINTENANCE, MaintenanceInfo


class Occasions:
    """Of one core's maintenances. `note` is called while holding `memory.writing`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def due(self, now: datetime) -> datetime | None:
        """When the next of them begins or ends; now: what is noted of one is not so any more."""
        if self._news(now):
            return now
        infos = [record.info for record in self._parts.catalog.all(MAINTENANCE.name).values()]
        return min((at for info in infos if (at := _until(info)) is not None), default=None)

    def note(self, changes: Changes, now: datetime) -> None:
        """What is another than it was."""
        for id, info in self._news(now).items():
            changes.put(info_kind(MAINTENANCE.name), id, info)

    def _news(self, now: datetime) -> dict[str, MaintenanceInfo]:
        known = self._parts.catalog.all(MAINTENANCE.name)
        found = {id: plan.occasion(record.stored.config, now) for id, record in known.items()}
        return {id: info for id, info in found.items() if info != known[id].info}


def _until(info: MaintenanceInfo) -> datetime | None:
    return info.ends if info.going else info.begins
