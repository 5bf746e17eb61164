"""Looking: how everything stands that core knows of, held against the rules whenever it changes."""

from collections.abc import Callable, Iterable, Iterator, Set
from functools import partial

from msgspec import structs

from monitor import __version__
from monitor.core.catalog import Record, resource_kind
from monitor.core.journal import Journal
from monitor.core.ownership import owner_of
from monitor.core.parts import Parts
from monitor.core.runs import RecentRuns
from monitor.features.activity.spec import Run
from monitor.features.alerts import facts
from monitor.features.alerts.causes import Cause
from monitor.features.alerts.engine.terms import HOLDS, WORSE, Grade
from monitor.features.alerts.facts import UNKNOWN, Fact, Lately
from monitor.features.alerts.keeper import Keeper
from monitor.features.alerts.live import Live, Seen
from monitor.features.alerts.restarts import Restarts
from monitor.features.alerts.rulebook import SUBJECTS, Rulebook, Watch
from monitor.features.alerts.starved import Starved
from monitor.features.alerts.stored import Key
from monitor.features.alerts.subjects import subject_of
from monitor.kernel.hostview import Container
from monitor.resources.alert_rule.conditions import FIGURES, OF_CONTAINERS, Exited, Failed, OomKilled, RestartLoop
from monitor.resources.deployment.plan import container_name, find_container

GONE = "the container is gone"


def worse(watch: Watch, found: Fact, watches: Iterable[Watch], fact: Callable[[Watch], Fact]) -> Fact:
    """Out of memory is as bad as what it explains: a container that is down, or restarts again and again."""
    if not isinstance(watch.what, OomKilled) or not found.holds:
        return found
    told = [(other, fact(other)) for other in watches if isinstance(other.what, Exited | RestartLoop)]
    mine = [(other, one) for other, one in told if one.holds and one.cause is Cause.MEMORY]
    loops = (one.text for other, one in mine if isinstance(other.what, RestartLoop))
    return structs.replace(
        found,
        text="; ".join(filter(None, (found.text, *loops))),
        worse=any(other.terms.is_bad(Grade.CRITICAL, HOLDS) for other, _ in mine),
    )


class Looking:
    """Conditions of one core. Figures come with samples; see sampling.py."""

    def __init__(self, parts: Parts, journal: Journal, runs: RecentRuns, book: Rulebook, keeper: Keeper) -> None:
        self._parts = parts
        self._journal = journal
        self._runs = runs
        self._book = book
        self._keeper = keeper
        self._restarts = Restarts()
        self._starved = Starved()
        parts.memory.listen(resource_kind("server"), self._server_changed)

    def all_of(self, servers: Set[str] | None) -> Iterator[Callable[[], None]]:
        """Looks at these servers and what is on them; None: at everything, as at the start and after rules changed."""
        for type in SUBJECTS:
            for id, record in list(self._parts.catalog.all(type).items()):
                if servers is None or record.server in servers or id in servers:
                    yield partial(self.resource, type, id)
        known = self._parts.catalog.all("server")
        for server in list(known) if servers is None else [one for one in servers if one in known]:
            view = self._parts.hosts.view(server)
            there = dict(view.containers) if view is not None else {}
            self._keep(server, there.keys())  # who fell behind has not heard of all that went
            for id, container in there.items() if view is not None and view.answers else ():
                yield partial(self.container, server, id, container)

    def resource(self, type: str, id: str) -> None:
        """One resource as it stands now."""
        record = self._parts.catalog.get(type, id)
        if record is None:
            return
        self._see_all(record, "", self._book.of(type, id).conditions, partial(self._fact, record))
        if type == "server":
            self._unmanaged(record)

    def container(self, server: str, id: str, container: Container | None) -> None:
        """One container of a host; None: it is gone."""
        if container is None:
            self._restarts.forget(server, id)
            self._starved.forget(server, id)
        record = self._parts.catalog.get("server", server)
        if record is None:
            return
        if container is None:
            self._unmanaged(record)
            return
        now = self._now()
        self._restarts.note(server, id, container.restarts, now, container.out_of_memory)
        self._starved.note(server, id, container.out_of_memory, now)
        owner = owner_of(self._parts, server, container)
        if owner.deployment:
            self.resource("deployment", owner.deployment)
        elif not owner.elsewhere:
            watches = self._book.of("server", server).container_conditions
            self._see_all(record, container.name, watches, partial(self._of, server, container))

    def again(self, live: Live) -> None:
        """One that is not at rest, since it is time to."""
        key = live.key
        record = self._parts.catalog.get(key.type, key.id)
        watch = self._book.find(key.rule, key.type, key.id)
        if record is None or watch is None or isinstance(watch.what, FIGURES):
            return
        if key.thing:
            self._unmanaged_one(record, live, watch)
        else:
            watches = self._book.of(key.type, key.id).conditions
            self._see_one(watch, record, "", watches, partial(self._fact, record))

    def _see_all(self, record: Record, thing: str, watches: Iterable[Watch], fact: Callable[[Watch], Fact]) -> None:
        for watch in watches:
            self._see_one(watch, record, thing, watches, fact)

    def _see_one(
        self, watch: Watch, record: Record, thing: str, watches: Iterable[Watch], fact: Callable[[Watch], Fact]
    ) -> None:
        """One of those that look at the same thing."""
        self._see(watch, record, thing, worse(watch, fact(watch), watches, fact))

    def _see(self, watch: Watch, record: Record, thing: str, found: Fact) -> None:
        value = None if found.holds is None else WORSE if found.worse else float(found.holds)
        seen = Seen(
            at=self._now(),
            value=value,
            subject=partial(subject_of, self._parts, record.type, record.id, thing),
            text=found.text,
            since=found.at,
            activity=found.activity,
            cause=found.cause,
        )
        self._keeper.see(watch, Key(watch.rule, record.type, record.id, thing), record.server, seen)

    def _fact(self, record: Record, watch: Watch) -> Fact:
        if record.type == "server":
            joined = record.stored.config.enabled and record.info.pin
            return facts.of_server(watch.what, self._parts.hosts.view(record.id), __version__) if joined else UNKNOWN
        runs = self._runs_of(record.id)
        if isinstance(watch.what, Failed):
            return facts.of_runs(watch.what, runs, watch.since)
        return self._of_deployment(record, watch, runs)

    def _of_deployment(self, record: Record, watch: Watch, runs: tuple[Run, ...]) -> Fact:
        view = self._parts.hosts.view(record.server)
        # While Monitor itself works on it, containers end and go as they should.
        if view is None or not view.answers or self._is_worked_on(record.id):
            return UNKNOWN
        config, info = record.stored.config, record.info
        if not isinstance(watch.what, OF_CONTAINERS):
            return facts.of_deployment(watch.what, config, info, record.status, runs)
        container = find_container(record.id, container_name(config, record.stored.name), info, view)
        if container is None:
            return Fact(False)
        return facts.of_container(watch.what, container, self._lately(record.server, container, watch), runs)

    def _unmanaged(self, record: Record) -> None:
        """Those of a server's containers that are nobody's and not at rest."""
        for live in list(self._keeper.on(record.id)):
            watch = self._book.find(live.key.rule, live.key.type, live.key.id)
            if live.key.thing and watch is not None and not isinstance(watch.what, FIGURES):
                self._unmanaged_one(record, live, watch)

    def _unmanaged_one(self, record: Record, live: Live, watch: Watch) -> None:
        view = self._parts.hosts.view(record.id)
        if view is None or not view.answers:
            self._see(watch, record, live.key.thing, UNKNOWN)
            return
        container = view.named(live.key.thing)
        if container is None or owner_of(self._parts, record.id, container).deployment:
            self._keeper.end(live, GONE)
        else:
            watches = self._book.of("server", record.id).container_conditions
            self._see_one(watch, record, live.key.thing, watches, partial(self._of, record.id, container))

    def _of(self, server: str, container: Container, watch: Watch) -> Fact:
        return facts.of_container(watch.what, container, self._lately(server, container, watch))

    def _lately(self, server: str, container: Container, watch: Watch) -> Lately:
        match watch.what:
            case RestartLoop():
                return Lately(*self._restarts.within(server, container.id, watch.what.minutes, self._now()))
            case OomKilled():
                return Lately(starved=self._starved.lately(server, container.id, self._now()))
            case _:
                return Lately()

    def _runs_of(self, id: str) -> tuple[Run, ...]:
        runs = self._runs.of(id)
        return runs.items if runs else ()

    def _is_worked_on(self, id: str) -> bool:
        return any(a.what is not None and a.what.id == id for a in self._journal.open.values())

    def _server_changed(self, server: str, value: object) -> None:
        if value is None:
            self._keep(server, frozenset())

    def _keep(self, server: str, containers: Set[str]) -> None:
        self._restarts.keep(server, containers)
        self._starved.keep(server, containers)

    def _now(self) -> float:
        return self._parts.clock.now().timestamp()
