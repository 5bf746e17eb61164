"""Watching: the task that hears of every change in core, and has what it is about looked at, at once or in time."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from monitor.core.bus import Listener
from monitor.core.catalog import info_kind, resource_kind
from monitor.core.history.history import Taken
from monitor.core.hosts import CONTAINERS
from monitor.core.journal import ACTIVITY
from monitor.core.parts import Parts
from monitor.features.alerts.asking import said_of
from monitor.features.alerts.causes import explained_by
from monitor.features.alerts.culprits import Fields
from monitor.features.alerts.filling import Filling
from monitor.features.alerts.keeper import Keeper
from monitor.features.alerts.live import Live
from monitor.features.alerts.looking import Looking
from monitor.features.alerts.record import AlertRecord
from monitor.features.alerts.rulebook import SUBJECTS, Rulebook, Watch
from monitor.features.alerts.sampling import Sampling
from monitor.features.alerts.stored import Key
from monitor.kernel.activity import Activity
from monitor.kernel.errors import MonitorError, Unavailable
from monitor.kernel.hostview import Container
from monitor.resources.alert_rule.conditions import FIGURES, OomKilled, RestartLoop
from monitor.resources.maintenance.spec import MAINTENANCE

if TYPE_CHECKING:
    from monitor.core.app import Core

_AT_A_STRETCH = 20
"""Resources looked at before others get their turn."""
_COUNT_AGAIN = 20.0
_TIDY = 86_400.0
_PAUSE = 0.5
"""Seconds between two turns for what is due in time."""
RULE_GONE, RULE_OFF, RULE_OTHER = (
    "its rule was deleted",
    "its rule does not hold there any more",
    "its rule was changed",
)
SUBJECT_GONE, SERVER_OFF = "what it is about was deleted", "its server was disabled"
log = logging.getLogger(__name__)


class Watching:
    """Of one core."""

    def __init__(self, core: "Core") -> None:
        self._core = core
        self._parts: Parts = core.parts
        self.record = AlertRecord(core.parts, partial(said_of, core), self._keep)
        self._stale = False
        """Resources are others: what does not hold any more ends with the next turn."""
        self._renewed = asyncio.Event()
        """Some of them, or the rules, are so in a way that nothing else tells of."""
        self._everything = False
        self._on: set[str] = set()
        """What is on these servers is looked at anew; or everything."""
        self.book = Rulebook(core.parts, self._note_stale)
        self.keeper = Keeper(core.parts.clock, self.record, self._server_changed)
        self.filling = Filling(core.parts)
        self.looking = Looking(core.parts, core.journal, core.runs, self.book, self.keeper)
        self.sampling = Sampling(core.parts, self.book, self.keeper, self.filling, core.deployment_of)
        self._planner = core.timer.add("alerts", self._turn, pause=_PAUSE)
        self._tasks: tuple[asyncio.Task[None], ...] = ()
        self._ready = False
        self._quieted = False
        """A maintenance began, ended or is another one: what it covers is shown anew."""
        for kind in (resource_kind(MAINTENANCE.name), info_kind(MAINTENANCE.name)):
            core.parts.memory.listen(kind, self._note_quieted)
        self._servers: set[str] = set()
        """Whose state explains, or ceases to explain, what is on them."""

    async def load(self) -> None:
        """Go on where a former life of core stood."""
        now = self._parts.clock.now().timestamp()
        for kept, alert in await self.record.load():
            key = Key(kept.rule, kept.type, kept.id, kept.thing)
            record = self._parts.catalog.get(key.type, key.id)
            server = record.server if record else alert.subject.server if alert else ""
            explains = explained_by(kept.watched)
            live = Live(key, kept.watched, server, kept.standing, alert, now, explains, text=kept.text)
            self.keeper.restore(live)

    def start(self, keep: timedelta) -> None:
        """Look at everything, and from now on at what changes; forget what ended so long ago."""
        self._ready = True
        self.record.start()
        self.filling.start()
        self._parts.usage.heed(self._take)
        self._tasks = (
            asyncio.create_task(self._listen(), name="alerts: watching"),
            asyncio.create_task(self._renew(), name="alerts: rules"),
            asyncio.create_task(self._tidy(keep), name="alerts: tidying"),
        )

    async def stop(self, *, write: bool = True) -> None:
        """Let go; what is new is written, unless core is to be as if it were killed."""
        self._ready = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.filling.stop()
        await (self.record.stop() if write else self.record.end())

    def changed(self) -> None:
        """Something was acknowledged: when it is due is another time."""
        self._planner.wake()

    def _take(self, server: str, samples: list[Taken]) -> None:
        if not self._ready:
            return
        try:
            self.sampling.take(server, samples)
        except Exception:
            log.exception("samples cannot be held against the rules", extra={"server": server})

    async def _listen(self) -> None:
        while True:
            listener = Listener()
            topics = (*SUBJECTS, CONTAINERS, ACTIVITY)
            for topic in topics:
                self._parts.bus.listen(topic, listener)
            self._note_stale(rules=True)
            try:
                async for key, value in listener:
                    self._heed(key, value)
            except Unavailable:
                log.warning("alerts fell behind what happens; everything is looked at anew")
            finally:
                for topic in topics:
                    self._parts.bus.leave(topic, listener)

    async def _renew(self) -> None:
        """Look at everything there is, with pauses for others."""
        while True:
            await self._renewed.wait()
            self._renewed.clear()
            servers, everything = self._on, self._everything
            self._on, self._everything = set(), False
            self.sweep()
            for number, look in enumerate(self.looking.all_of(None if everything else servers)):
                try:
                    look()
                except Exception:
                    log.exception("a resource cannot be held against the rules")
                if number % _AT_A_STRETCH == _AT_A_STRETCH - 1:
                    await asyncio.sleep(0)
            self._planner.wake()
            await self._parts.clock.sleep(_PAUSE)  # of many changes in a row it is looked once

    async def _tidy(self, keep: timedelta) -> None:
        while True:
            try:
                await self.record.tidy(keep)
            except MonitorError as failure:
                log.warning("old alerts cannot be deleted now: %s", failure.message)
            await self._parts.clock.sleep(_TIDY)

    def _heed(self, key: str, value: Any) -> None:
        try:
            self._look(key, value)
        except Exception:
            log.exception("a change cannot be held against the rules")
        self._planner.wake()

    def _look(self, key: str, value: Any) -> None:
        server, slash, container = key.partition("/")
        if slash:
            self.looking.container(server, container, value if isinstance(value, Container) else None)
        elif isinstance(value, Activity):
            if value.what is not None and value.what.type in SUBJECTS:
                self.looking.resource(value.what.type, value.what.id)
        elif value is not None:
            self.looking.resource(value.type, value.id)

    def _turn(self) -> datetime | None:
        """Look at what it is time for; when the next is."""
        if not self._ready:
            return None
        if self._stale:
            self.sweep()
        self._tell_of_servers()
        if self._quieted:
            self._quieted = False
            self.keeper.show()
        now = self._parts.clock.now().timestamp()
        moments: list[float] = []
        for live in list(self.keeper.live.values()):
            watch = self.book.find(live.key.rule, live.key.type, live.key.id)
            if watch is None or isinstance(watch.what, FIGURES):
                continue  # those come with samples
            due = self._due(watch, live)
            if due is not None and due <= now:
                self.looking.again(live)
                due = self._due(watch, live)
            if due is not None:
                moments.append(max(due, now + _PAUSE))
        return datetime.fromtimestamp(min(moments), UTC) if moments else None

    def _due(self, watch: Watch, live: Live) -> float | None:
        due = self.keeper.due(watch, live)
        if not isinstance(watch.what, RestartLoop | OomKilled) or live.standing.seen is None:
            return due
        # Restarts and kills grow old without anything happening.
        again = live.standing.seen + _COUNT_AGAIN
        return again if due is None else min(due, again)

    def sweep(self) -> None:
        """End what is about something, or follows from a rule, that is not there any more."""
        self._stale = False
        for live in list(self.keeper.live.values()):
            if (why := self._why_over(live)) is not None:
                self.keeper.end(live, why)

    def _why_over(self, live: Live) -> str | None:
        key, catalog = live.key, self._parts.catalog
        rule, record = catalog.get("alert_rule", key.rule), catalog.get(key.type, key.id)
        if record is None:
            return SUBJECT_GONE
        if rule is None:
            return RULE_GONE
        watch = self.book.find(key.rule, key.type, key.id)
        if watch is None:
            return SERVER_OFF if self.book.is_off(record) else RULE_OFF
        return RULE_OTHER if watch.watched != live.watched else None

    def _note_stale(self, *, rules: bool = False, server: str = "") -> None:
        self._stale = True
        self._everything |= rules
        if server:
            self._on.add(server)
        if rules or server:
            self._renewed.set()
        self._planner.wake()

    def _note_quieted(self, maintenance: str, value: object) -> None:
        del maintenance, value
        self._quieted = True
        self._planner.wake()

    def _server_changed(self, server: str) -> None:
        """It explains, or does not explain any more, what is on it."""
        self._servers.add(server)
        self._planner.wake()

    def _tell_of_servers(self) -> None:
        servers, self._servers = self._servers, set()
        for server in servers:
            self.keeper.explained(server)
            for live in list(self.keeper.on(server)):
                self.looking.again(live)

    def _keep(self, id: str, fields: Fields) -> None:
        self.keeper.keep(id, fields)
