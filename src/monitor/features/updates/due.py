"""Due: when a deployment's image is looked at next. Pure; from what is stored, so that a restart changes nothing."""

from datetime import datetime, timedelta

from monitor.abilities.registry.calls import Trouble
from monitor.kernel.ids import share_of
from monitor.kernel.windows import Span
from monitor.resources.deployment.newer import ImageUpdate

_SOON = timedelta(minutes=5)
"""New ones are looked at within this time, each at its own moment in it."""
_OPENED = timedelta(minutes=1)
"""The same once a window for automatic updates has opened."""
_AGAIN = timedelta(minutes=15)
"""Until a registry that did not tell is asked again, doubled each time up to the usual interval."""
_LIMITED = timedelta(hours=1)


def next_look(
    id: str, update: ImageUpdate | None, every: timedelta, seen: datetime, window: Span | None
) -> datetime | None:
    """None: never, without an interval and a window. `update` is what still holds, `seen` when core first saw it."""
    share = share_of(id)
    checked = update.checked if update is not None else None
    if checked is None or update is None:
        first = seen + share * min(_SOON, every or _SOON)
        return first if every or window else None
    found: list[datetime] = []
    if every:
        found.append(checked + _wait(update, every) * (0.9 + 0.2 * share))
    if window is not None and checked < window.begin and update.trouble is not Trouble.LIMITED:
        found.append(window.begin + share * _OPENED)
    return min(found, default=None)


def _wait(update: ImageUpdate, every: timedelta) -> timedelta:
    if update.trouble not in (Trouble.LATER, Trouble.LIMITED):
        return every
    first = _LIMITED if update.trouble is Trouble.LIMITED else _AGAIN
    return min(every, first * 2 ** min(update.failures - 1, 10))
