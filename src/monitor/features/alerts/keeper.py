"""Keeper: every figure that is not at rest, moved on look by look; what is new of it goes to the record.

It holds all that the engine remembers. What it hands on is what must outlive core: alerts that opened, changed or
ended, and what people are to be told. Of what has not lasted long enough yet nothing is stored: a core that was killed
gets the samples since from the hosts again, and sees again how everything else stands.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from msgspec import structs

from monitor.features.alerts.causes import explains
from monitor.features.alerts.culprits import Fields
from monitor.features.alerts.engine.standing import Standing
from monitor.features.alerts.engine.step import Step, due, end, look
from monitor.features.alerts.engine.terms import Grade
from monitor.features.alerts.explaining import Explained, Explaining
from monitor.features.alerts.live import NO_CULPRIT, Live, Seen, alert_of, grade_now, with_moment
from monitor.features.alerts.record import AlertRecord
from monitor.features.alerts.rulebook import Watch
from monitor.features.alerts.stored import Key
from monitor.features.alerts.words import ended
from monitor.kernel.alerts import Alert, AlertChange, AlertState
from monitor.kernel.clock import Clock
from monitor.kernel.ids import new_id

_SHOW = 30.0
"""Seconds after which an alert whose figure alone has changed is shown again."""


class Keeper:
    """Of one core."""

    def __init__(self, clock: Clock, record: AlertRecord, server_changed: Callable[[str], None]) -> None:
        """`server_changed` is told of a server on which another alert than before explains what is there."""
        self._clock = clock
        self._record = record
        self._server_changed = server_changed
        self.live: dict[Key, Live] = {}
        self._by_alert: dict[str, Key] = {}
        self._on: dict[str, set[Key]] = {}
        """By server."""
        self._explaining = Explaining(self.live)

    def restore(self, live: Live) -> None:
        """One from a former life of core; what it explained stays so until it is looked at."""
        self._hold(live)
        self._explaining.note(live)

    def on(self, server: str) -> Iterable[Live]:
        """Those of a server, and of what is on it."""
        return [self.live[key] for key in self._on.get(server, ())]

    def by_alert(self, id: str) -> Live | None:
        """Whose alert that is, while it has not ended."""
        key = self._by_alert.get(id)
        return self.live.get(key) if key else None

    def current(self) -> list[Alert]:
        """All that have not ended, pending ones too."""
        return [live.alert for live in self.live.values() if live.alert is not None]

    def show(self) -> None:
        """All that go on once more: something else about them is another."""
        for alert in self.current():
            self._record.show(alert)

    def due(self, watch: Watch, live: Live) -> float | None:
        """When it must be looked at again."""
        return due(live.standing, watch.terms)

    def see(self, watch: Watch, key: Key, server: str, seen: Seen, *, late: bool = False) -> None:
        """One look. `late`: of a time that is over, with newer ones to come at once: what is over is not told."""
        live = self._held(watch, key, server, seen)
        if live is None:
            return
        if late and live.standing.seen is not None and seen.at <= live.standing.seen:
            return  # sent again to a core that had it, and had not noted so
        live.cause = live.cause if seen.value is None else seen.cause
        before, said, why = live.standing, self._explaining.said_by(live), self._explaining.of(live)
        step = look(before, watch.terms, seen.at, seen.value, silenced=late or why.silent, by=why.grade)
        live.standing, live.looked = step.standing, self._clock.now().timestamp()
        if step.ended:
            self._end(live, seen, step)
        elif live.is_open or live.standing.pending is not None:
            self._go_on(live, watch, seen, step, before.told)
        else:
            self._drop_alert(live)
            if before.rises and not live.standing.rises:
                self._record.put_standing(live)
        self._explaining.note(live)
        if live.standing.idle:
            self._let_go(live)
        if self._explaining.said_by(live) != said:
            self._server_changed(server)

    def end(self, live: Live, why: str) -> None:
        """What it is about, or its rule, is gone."""
        step, said = end(live.standing), self._explaining.said_by(live)
        at = self._clock.now().timestamp()
        live.standing = Standing()
        if step.ended and live.alert is not None:
            self._finish(live, live.alert, step.told, at, why)
        else:
            self._drop_alert(live)
        self._record.put_standing(live)
        self._let_go(live)
        if said is not None:
            self._server_changed(live.server)

    def change(self, live: Live, standing: Standing, alert: Alert) -> None:
        """Somebody has acknowledged it, or taken that back."""
        live.standing, live.alert = standing, alert
        self._record.put(live, alert)
        self._record.show(alert)

    def keep(self, id: str, fields: Fields) -> None:
        """What its host says of it has come."""
        live = self.by_alert(id)
        if live is not None and live.alert is not None:
            live.alert = structs.replace(live.alert, **fields)
            self._record.show(live.alert)

    def _go_on(self, live: Live, watch: Watch, seen: Seen, step: Step, told: Grade) -> None:
        old, standing, why = live.alert, live.standing, self._explaining.of(live)
        if seen.value is None and old is not None:
            live.alert = _explained(old, why) if why.alert[0] else old
            if live.alert != old and live.is_open:
                self._record.put(live, live.alert)
            return
        if grade_now(watch, seen) is not Grade.WELL:
            live.text = seen.text
        news = step.opened or step.told is not None or old is None
        alert = alert_of(live, watch, seen, self._id(old, seen), news=news)
        if step.told is not None:
            alert = with_moment(alert, step.told, self._moment(seen.at))
        live.alert = alert = _explained(alert, why if live.is_open and _covers(why, live) else Explained())
        self._by_alert[alert.id] = live.key
        if step.told is not None:
            self._record.tell(live, step.told, alert)
        changed = old is None or _matters(old, alert) or standing.told != told
        if changed and live.is_open:
            self._record.put(live, alert)
        if changed or seen.at - live.shown >= _SHOW:
            live.shown = seen.at
            self._record.show(alert)

    def _end(self, live: Live, seen: Seen, step: Step) -> None:
        if live.alert is not None:
            alert = live.alert
            if seen.value is not None and alert.value is not None:
                alert = structs.replace(alert, value=seen.value)
            self._finish(live, alert, step.told, seen.at, "")
        self._record.put_standing(live)

    def _finish(self, live: Live, alert: Alert, told: AlertChange | None, at: float, why: str) -> None:
        moment = max(self._moment(at), alert.opened or alert.since)
        over = structs.replace(
            alert,
            state=AlertState.RESOLVED,
            resolved=moment,
            flapping=False,
            why_resolved=why,
            message=ended(alert.message, moment, why),
        )
        live.alert = None
        self._by_alert.pop(alert.id, None)
        if told is not None:
            over = with_moment(over, told, moment)
            self._record.tell(live, told, over)
        self._record.put(live, over)
        self._record.show(over)

    def explained(self, server: str) -> None:
        """Say of what is open on a server what explains it now."""
        for live in self.on(server):
            old, why = live.alert, self._explaining.of(live)
            if old is None or not live.is_open:
                continue
            alert = _explained(old, why if _covers(why, live) else Explained())
            if alert != old:
                live.alert = alert
                self._record.put(live, alert)
                self._record.show(alert)

    def _held(self, watch: Watch, key: Key, server: str, seen: Seen) -> Live | None:
        """What is remembered of it, from now on too where this is worth it; what has moved is with its new server."""
        live = self.live.get(key)
        if live is None:
            if seen.value is None or not watch.terms.asks(seen.value):
                return None
            live = Live(key, watch.watched, server, explains=explains(watch.what))
        elif live.server == server:
            return live
        else:
            self._leave(live)
            live.server = server
        self._hold(live)
        return live

    def _hold(self, live: Live) -> None:
        self.live[live.key] = live
        self._on.setdefault(live.server, set()).add(live.key)
        if live.alert is not None:
            self._by_alert[live.alert.id] = live.key

    def _let_go(self, live: Live) -> None:
        self._drop_alert(live)
        if self.live.get(live.key) is not live:
            return
        del self.live[live.key]
        self._leave(live)

    def _leave(self, live: Live) -> None:
        """It is not on its server any more."""
        self._explaining.forget(live)
        on = self._on[live.server]
        on.discard(live.key)
        if not on:
            del self._on[live.server]

    def _drop_alert(self, live: Live) -> None:
        """One that was pending, and came to nothing."""
        if live.alert is not None:
            self._by_alert.pop(live.alert.id, None)
            self._record.hide(live.alert.id)
            live.alert = None

    def _id(self, old: Alert | None, seen: Seen) -> str:
        return old.id if old else new_id(self._moment(seen.at))

    def _moment(self, at: float) -> datetime:
        """Never later than now: hosts' samples may be ahead by a little."""
        return min(self._clock.now(), datetime.fromtimestamp(at, UTC))


def _covers(why: Explained, live: Live) -> bool:
    """Whether it is no worse than what explains it; a server that does not answer explains everything."""
    return why.silent or live.standing.grade <= why.grade


def _explained(alert: Alert, why: Explained) -> Alert:
    by, kind = why.alert
    return structs.replace(alert, silenced_by=by, explained_as=kind)


def _matters(old: Alert, new: Alert) -> bool:
    """Whether more has changed than the figure."""
    same = (structs.replace(alert, value=None, message="", limit=None, **NO_CULPRIT) for alert in (old, new))
    first, second = same
    return first != second
