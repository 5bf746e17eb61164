"""Core: the object that is the server. Several may live in one process; none has module state."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from monitor.core.adoptions import Adoptions
from monitor.core.batch import Means
from monitor.core.batches import Batches
from monitor.core.bus import Bus
from monitor.core.catalog import Catalog, Record
from monitor.core.collections import Collections, held_collections
from monitor.core.crud import Crud
from monitor.core.dispatch import Dispatcher
from monitor.core.features import Features
from monitor.core.fleet import tell_of_the_disowned
from monitor.core.history.history import History
from monitor.core.history.names import deployment_entity
from monitor.core.hosts import Address, Connect, Hosts
from monitor.core.http import Api
from monitor.core.journal import ACTIVITY, Journal
from monitor.core.lanes import Lanes
from monitor.core.live import LiveSession
from monitor.core.memory import Changes, Memory
from monitor.core.metrics import Metrics
from monitor.core.origin import Origins
from monitor.core.output import Outputs
from monitor.core.ownership import owner_by
from monitor.core.parts import Parts
from monitor.core.people import People
from monitor.core.permit import GRANT, Permit
from monitor.core.recurring import Recurring
from monitor.core.releases import Releases
from monitor.core.routes import application
from monitor.core.runs import RecentRuns
from monitor.core.seal import Seal
from monitor.core.settings import CoreSettings
from monitor.core.setup import SetUpToken
from monitor.core.sources import STANDS
from monitor.core.terminals.door import TerminalDoor
from monitor.core.terminals.limits import TerminalLimits
from monitor.core.timer import Timer
from monitor.core.usage import Usage
from monitor.core.work import Work
from monitor.features import OPERATIONS, STREAMS
from monitor.features.notifying import stored as notifying
from monitor.features.notifying.child import send as send_in_a_child
from monitor.features.notifying.sending import Send
from monitor.features.permissions.spec import Grant
from monitor.features.webhooks.stored import HELD
from monitor.kernel.clock import Clock
from monitor.kernel.ids import new_id
from monitor.kernel.operation import ActionHandler, AnswerHandler, ForwardHandler, Handler, tag_of
from monitor.kernel.pinning import Identity
from monitor.kernel.recurring import Stand
from monitor.kernel.registry import Registry
from monitor.kernel.resource import Behaviour
from monitor.kernel.samples import ContainerSample
from monitor.kernel.standard import changes_stream, standard_operations
from monitor.kernel.stream import StreamHandler
from monitor.resources.handlers import BEHAVIOURS
from monitor.store.contract import Entry, Store

AnyBehaviour = Behaviour[Any, Any, Any]


class Core:
    """One core: `start` makes it serve, `stop` lets go of everything; jobs at hosts go on without it."""

    def __init__(
        self,
        settings: CoreSettings,
        store: Store,
        connect: Connect,
        clock: Clock,
        *,
        seal: Seal,
        link: Identity | None = None,
        web_app: Path | None = None,
        notify: Send = send_in_a_child,
        behaviours: Sequence[AnyBehaviour] = BEHAVIOURS,
    ) -> None:
        self.settings = settings
        self.store = store
        self.ready = False
        self.sessions: set[LiveSession] = set()
        self.metrics = Metrics()
        self.log = logging.getLogger("monitor.core")
        self.link = link
        self.web_app = web_app
        self.notify = notify
        self._clock = clock
        self._seal = seal
        self._connect = connect
        self._behaviours = tuple(behaviours)

    async def start(self) -> None:
        """Open the store, load everything, link the servers, go on with what was open."""
        await self.store.open()
        memory = Memory(
            self.store,
            {
                **Catalog.held(self._behaviours),
                **held_collections(self._behaviours),
                **People.held,
                **HELD,
                **notifying.HELD,
                GRANT: Grant,
                STANDS: Stand,
                "core": dict[str, str],
            },
        )
        await memory.load()
        await self._assemble(memory)
        self.parts.catalog.load()
        open_activities = await self.journal.load()
        await self.runs.load()
        await self.features.load()
        for record in self.parts.catalog.all("server").values():
            self._point(record)
        memory.listen("resource.server", lambda server, _: self._server_changed(server))
        memory.listen("info.server", lambda server, _: self._server_changed(server))
        for kind in (GRANT, "user"):
            memory.listen(kind, lambda _, __: self._rights_changed())
        tell_of_the_disowned(self.parts)
        memory.listen("resource.deployment", self._deployment_changed)
        memory.listen(ACTIVITY, self.door.activity_changed)
        memory.listen("session", lambda _, session: self._rights_changed() if session is None else None)
        await self.work.resume(open_activities, self.handlers)
        self.ready = True
        self.parts.history.start()
        self.features.start()
        self.log.info("core %s is ready", self.parts.id)

    async def stop(self) -> None:
        """Graceful: nothing new is accepted, links are closed, what is pending is stored."""
        self.ready = False
        self.close_live()
        await self.features.stop()
        await self.door.close_all()
        await self.work.stop()
        await self.parts.hosts.stop()
        await self.parts.history.stop()
        await self.store.close()

    def close_live(self) -> None:
        """End every live subscription; their tabs connect again."""
        for session in list(self.sessions):
            session.close()

    def application(self) -> Starlette:
        """The ASGI application; call after `start`."""
        return application(self, self.features.routes())

    def metrics_text(self, *, open_metrics: bool = False) -> str:
        """What /metrics tells of core itself."""
        states: dict[str, int] = {}
        for record in self.parts.catalog.all("server").values():
            states[record.status.state] = states.get(record.status.state, 0) + 1
        for state in ("up", "down", "waiting", "disabled"):
            self.metrics.servers.labels(state).set(states.get(state, 0))
        self.metrics.open.set(len(self.journal.open))
        return self.metrics.text(open_metrics=open_metrics)

    def set_up_token(self) -> str | None:
        """A fresh set-up token while there is no admin."""
        return None if self.people.has_admin() else self.token.issue()

    async def _assemble(self, memory: Memory) -> None:
        bus = Bus()
        self.door = TerminalDoor(self)
        history = History(self.store, self._clock, self.settings.history, self.deployment_of, self._is_there)
        await history.load()
        usage = Usage(self._clock, history)
        hosts = Hosts(self._connect, self._clock, bus, self._view_changed, usage)
        catalog = Catalog(memory, self._behaviours, hosts.view, bus)
        registry = Registry([b.type for b in self._behaviours], OPERATIONS, STREAMS)
        self.parts = Parts(
            id=await self._own_id(memory),
            registry=registry,
            memory=memory,
            catalog=catalog,
            collections=Collections(memory, self._behaviours),
            permit=Permit(memory, registry),
            adoptions=Adoptions(memory, hosts, bus),
            hosts=hosts,
            history=history,
            usage=usage,
            releases=Releases(self.store, self.settings.keep_releases),
            terminals=TerminalLimits(self.settings, self.door.open_ones),
            seal=self._seal,
            bus=bus,
            clock=self._clock,
        )
        self.runs = RecentRuns(memory, catalog, registry, bus)
        self.journal = Journal(memory, self._clock, bus, count=self.metrics.ended, keep=self.runs.keep)
        self.outputs = Outputs(self.store, self._clock, bus)
        self.work = Work(self.parts, self.journal, self.outputs, Lanes(self._places))
        self.people = People(memory, self._clock)
        self.token = SetUpToken(self.settings.data, self._clock)
        self.timer = Timer(self._clock)
        self.recurring = Recurring(self)
        self.features = Features(self)
        self.handlers, self.streams = self._bind(registry)
        self.dispatcher = Dispatcher(self.parts, self.journal, self.work, self.handlers)
        self.work.run_other = self.dispatcher.run_other
        self.origins = Origins(self.settings)
        self.api = Api(self.parts, self.dispatcher, self.journal, self.people, self.origins)

    def _bind(self, registry: Registry) -> tuple[dict[str, Handler], dict[str, StreamHandler]]:
        """Handlers by name; TypeError unless every declared operation and topic has exactly one."""
        handlers: dict[str, Handler] = {}
        streams: dict[str, StreamHandler] = {}
        bound: list[Handler | StreamHandler] = [*self.features.handlers()]
        means = Means(self.parts, self.journal, self.outputs, self.work)
        for behaviour in self._behaviours:
            crud = Crud(self.parts, behaviour.type)
            bound += [AnswerHandler(o, getattr(crud, verb)) for verb, o in standard_operations(behaviour.type).items()]
            bound.append(StreamHandler(changes_stream(behaviour.type), crud.changes))
            bound += Batches(means, behaviour.type).handlers()
            bound += behaviour.handlers
        for handler in bound:
            match handler:
                case StreamHandler():
                    _add(streams, tag_of(handler.stream), handler)
                case ActionHandler() | AnswerHandler() | ForwardHandler():
                    _add(handlers, tag_of(handler.operation), handler)
        missing = (registry.operations.keys() ^ handlers.keys()) | (registry.streams.keys() ^ streams.keys())
        if missing:
            raise TypeError(f"declared without a handler, or handled without a declaration: {sorted(missing)}")
        return handlers, streams

    def _places(self, key: str) -> int:
        """How many may hold a lane: a builder as many as its server says, everything else one."""
        kind, _, id = key.partition(":")
        server = self.parts.catalog.get("server", id) if kind == "builder" else None
        return server.stored.config.build_slots if server else 1

    def _point(self, record: Record) -> None:
        config, info = record.stored.config, record.info
        reachable = config.enabled and info.pin and config.address
        address = Address(config.address, config.port, info.pin) if reachable else None
        self.parts.hosts.point(record.id, address)

    def _server_changed(self, id: str) -> None:
        record = self.parts.catalog.get("server", id)
        if record is None:
            self.parts.hosts.point(id, None)
            self.parts.usage.forget(id)
            self.parts.history.forget_server(id)
        else:
            self._point(record)
        self.work.places_changed()

    def _deployment_changed(self, id: str, kept: Any | None) -> None:
        if kept is None:
            self.door.rights_changed()
            self.parts.history.forget(deployment_entity(id))

    def deployment_of(self, server: str, sample: ContainerSample) -> str:
        """Whose figures a host may tell: of what is this core's, and on that server."""
        owner = owner_by(self.parts, server, sample.id, sample.core, sample.deployment)
        return owner.deployment if owner.here else ""

    def _is_there(self, type: str, id: str) -> bool:
        return self.parts.catalog.get(type, id) is not None

    def _view_changed(self, server: str) -> None:
        self.parts.catalog.view_changed(server)

    def _rights_changed(self) -> None:
        for session in list(self.sessions):
            session.rights_changed()
        self.door.rights_changed()

    async def _own_id(self, memory: Memory) -> str:
        """This core's id, made once."""
        known = memory.get("core", "identity")
        if known is not None:
            return known["id"]
        changes = Changes()
        made = {"id": new_id(self._clock.now())}
        changes.put("core", "identity", made)
        await memory.commit(changes, Entry("core_made", self._clock.now()))
        return made["id"]


def _add(into: dict[str, Any], name: str, handler: Any) -> None:
    if name in into:
        raise TypeError(f"{name} has two handlers")
    into[name] = handler
