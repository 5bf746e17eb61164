"""Waits: what a queued activity waits for, by name; core tells ids, for not everybody may know all of them."""

from typing import TYPE_CHECKING

from msgspec import structs

from monitor.features.activity.spec import GetActivity
from monitor.kernel.activity import Activity
from monitor.kernel.errors import MonitorError

if TYPE_CHECKING:
    from monitor.client.blocking import Client

_NAMED = 3
"""More than the nearest few are counted."""


class Waits:
    """Asks core once for each activity that something waits for."""

    def __init__(self, client: "Client") -> None:
        self._client = client
        self._names: dict[str, str] = {}

    def named(self, activity: Activity) -> Activity:
        """The same, its ids replaced: `build.run api, build.run web and 2 more`."""
        if not activity.waiting_for:
            return activity
        ids = activity.waiting_for.split(", ")
        names = ", ".join(self._name(id) for id in ids[:_NAMED])
        more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
        return structs.replace(activity, waiting_for=names + more)

    def _name(self, id: str) -> str:
        if id not in self._names:
            try:
                found = self._client.run(GetActivity(target=id))
                self._names[id] = f"{found.operation} {found.what.name}" if found.what else found.operation
            except MonitorError:  # gone, or not for this caller
                self._names[id] = id
        return self._names[id]
