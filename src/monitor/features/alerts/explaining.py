"""Explaining: which alerts explain others now; kept by the keeper, look by look."""

from collections.abc import Mapping
from typing import NamedTuple

from monitor.features.alerts.causes import Cause
from monitor.features.alerts.engine.terms import Grade
from monitor.features.alerts.live import Live
from monitor.features.alerts.stored import Key

_BUSY = 80.0
"""Percent: a cpu rule with a lower level does not say why the load is high."""


class Explained(NamedTuple):
    """By what one is explained."""

    silent: bool = False
    """Its server does not answer: nothing at all is told."""
    by: Live | None = None
    """The alert that says so; none as long as the server is only about to be said not to answer."""

    @property
    def grade(self) -> Grade:
        """As how bad people know what explains it."""
        return max(self.by.standing.grade, self.by.standing.told) if self.by and not self.silent else Grade.WELL

    @property
    def alert(self) -> tuple[str, str]:
        """Its id, and its kind."""
        alert = self.by.alert if self.by else None
        return (alert.id, alert.rule_kind) if alert else ("", "")


class Explaining:
    """Of one core."""

    def __init__(self, live: Mapping[Key, Live]) -> None:
        self._live = live
        self._at: dict[tuple[str, ...], set[Key]] = {}

    def note(self, live: Live) -> None:
        """After each look: it explains others from now on, or does not any more."""
        if live.explains is None:
            return
        place = _place(live.explains, live.server, live.key)
        if _holds(live):
            self._at.setdefault(place, set()).add(live.key)
        else:
            self._drop(place, live.key)

    def forget(self, live: Live) -> None:
        """It is not held any more, or on another server from now on."""
        if live.explains is not None:
            self._drop(_place(live.explains, live.server, live.key), live.key)

    def said_by(self, live: Live) -> tuple[str, Grade] | None:
        """What others are told of by this one: the alert's id and how bad it is; None: it explains nothing now."""
        place = _place(live.explains, live.server, live.key) if live.explains is not None else ()
        if live.key not in self._at.get(place, ()):
            return None
        return _open_id(live), live.standing.grade

    def of(self, live: Live) -> Explained:
        """By what one is explained now."""
        if live.explains is Cause.SILENCE:
            return Explained()
        found = [self._live[key] for key in self._at.get(_place(Cause.SILENCE, live.server, live.key), ())]
        if found:
            return Explained(silent=True, by=_worst(found))
        if live.cause is None:
            return Explained()
        return Explained(by=_worst([self._live[key] for key in self._at.get(_place(live.cause, "", live.key), ())]))

    def _drop(self, place: tuple[str, ...], key: Key) -> None:
        keys = self._at.get(place, set())
        keys.discard(key)
        if not keys:
            self._at.pop(place, None)


def _place(cause: Cause, server: str, key: Key) -> tuple[str, ...]:
    """A server explains all that is on it, everything else only what is about the same thing."""
    return (cause, server) if cause is Cause.SILENCE else (cause, key.type, key.id, key.thing)


def _holds(live: Live) -> bool:
    standing = live.standing
    match live.explains:
        case Cause.SILENCE:  # also before it is said
            return standing.pending is not None or standing.grade > Grade.WELL
        case Cause.CPU:
            return live.is_open and live.alert is not None and (live.alert.limit or 0.0) >= _BUSY
        case _:
            return live.is_open


def _open_id(live: Live) -> str:
    return live.alert.id if live.alert is not None and live.is_open else ""


def _worst(found: list[Live]) -> Live | None:
    told = [live for live in found if _open_id(live)]
    return max(told, key=lambda live: (live.standing.grade, _open_id(live)), default=None)
