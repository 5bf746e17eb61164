"""Context, as core gives it to handlers: one for reading, one for edits, one for actions."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from monitor.core import config as configs
from monitor.core import shown, way_back
from monitor.core.caller import Caller
from monitor.core.catalog import Record, info_kind
from monitor.core.changes_nothing import ChangesNothing
from monitor.core.claims import claimed, claimed_by_releases
from monitor.core.collections import Collected
from monitor.core.deletion import delete_resource
from monitor.core.figures import follow_figures
from monitor.core.fleet import Fleet
from monitor.core.history.asked import past_of
from monitor.core.holdings import holders
from monitor.core.hosts import docker_of
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.core.releases import StoredRelease
from monitor.core.renaming import rename_resource
from monitor.core.topic import keyed
from monitor.kernel.activity import Change, What, Who
from monitor.kernel.call import Host
from monitor.kernel.claims import Claimed
from monitor.kernel.clock import Clock
from monitor.kernel.collection import Collection
from monitor.kernel.errors import HostError, NotFound
from monitor.kernel.fleet import PlacedContainer, Touched, Trend
from monitor.kernel.holding import Holder
from monitor.kernel.hostview import Container, HostStats, HostView
from monitor.kernel.insides import ContainerFigures
from monitor.kernel.operation import Operation
from monitor.kernel.past import Past, PastQuery
from monitor.kernel.permission import HostPower, Right
from monitor.kernel.release import Release
from monitor.kernel.resource import Resource, ResourceType
from monitor.kernel.stream import Item, Snapshot
from monitor.kernel.terminals import TerminalTerms

R = TypeVar("R")
RunOther = Callable[[Caller, Operation[Any], str], Awaitable[Any]]


class QueryContext(ChangesNothing):
    """What a query or a topic may reach; see kernel/context.py."""

    activity = ""
    server = ""
    begun_as = ""

    def __init__(self, parts: Parts, caller: Caller, record: Record | None, run: RunOther) -> None:
        self.parts = parts
        self.caller = caller
        self.who: Who = caller.who
        self.core = parts.id
        self.clock: Clock = parts.clock
        self._record = record
        self._run = run
        self._revealed: list[str] = []
        self._kept: dict[str, StoredRelease] = {}
        """Releases that were read, by activity."""

    @property
    def record(self) -> Record:
        """The target; for an action looked up again, since it may have changed while it waited."""
        if self._record is None:
            raise NotFound("this operation has no target")
        return self._record

    def now(self) -> datetime:
        return self.clock.now()

    def target(self, type: ResourceType[Any, Any, Any]) -> Resource[Any, Any, Any]:
        return shown.show(self.parts, self.caller, self.record)

    def find(self, type: ResourceType[Any, Any, Any], id: str) -> Resource[Any, Any, Any]:
        record = self.parts.catalog.get(type.name, id)
        if record is None:
            raise NotFound(f"the {type.name} it refers to is gone")
        return shown.show(self.parts, self.caller, record)

    def reveal(self, type: ResourceType[Any, Any, Any], id: str) -> Any:
        record = self.parts.catalog.get(type.name, id)
        if record is None:
            raise NotFound(f"the {type.name} is gone")
        return configs.reveal(self.parts, record.stored, self._revealed)

    def secrets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for value in self._revealed if value))

    async def releases(self, type: ResourceType[Any, Any, Any]) -> tuple[Release[Any, Any], ...]:
        return tuple(self._keep(kept) for kept in await self.parts.releases.of(self.record.id))

    async def release(self, type: ResourceType[Any, Any, Any], number: int) -> Release[Any, Any]:
        return self._keep(await self.parts.releases.numbered(self.record.id, number))

    def reveal_release(self, type: ResourceType[Any, Any, Any], release: Release[Any, Any]) -> Any:
        stored = way_back.stored_config(self.record, self._kept[release.activity])
        return configs.reveal(self.parts, stored, self._revealed)

    def check_release(self, type: ResourceType[Any, Any, Any], release: Release[Any, Any]) -> None:
        way_back.check(self, self._kept[release.activity])

    def differences(
        self,
        type: ResourceType[Any, Any, Any],
        before: Release[Any, Any] | None,
        after: Release[Any, Any] | None,
    ) -> tuple[Change, ...]:
        first, second = (
            way_back.stored_config(self.record, self._kept[one.activity] if one else None) for one in (before, after)
        )
        return way_back.differences(self.parts, first, second)

    def fingerprint(self, value: Any) -> str:
        return self.parts.seal.fingerprint(msgspec.json.encode(value, order="sorted"), self.record.id)

    def items(self, collection: Collection[Any], resource: str) -> tuple[Any, ...]:
        return tuple(self.parts.collections.of(collection, resource))

    def holders(self, id: str) -> tuple[Holder, ...]:
        return holders(self.parts, self.caller, id)

    def require_powers(self, type: ResourceType[Any, Any, Any]) -> None:
        configs.check_powers(self.parts, self.caller, self.record.behaviour, self.record.stored.config)

    def terminal_terms(self, server: str) -> TerminalTerms:
        powers = tuple(sorted(self.parts.permit.powers(self.caller, server)))
        return self.parts.terminals.terms(self.caller, server, powers, but=self.activity)

    def host(self, server: str) -> Host:
        return self.parts.hosts.host(server)

    def view(self, server: str) -> HostView:
        return self.parts.hosts.view(server) or HostView()

    def visible_containers(self, server: str) -> list[Container]:
        return Fleet(self.parts, self.caller).of(server)

    def watch_containers(self, server: str) -> AsyncIterator[Item[Container] | Snapshot]:
        return Fleet(self.parts, self.caller).watch(server)

    def all_containers(self) -> list[PlacedContainer]:
        return Fleet(self.parts, self.caller).everywhere()

    def watch_all_containers(self) -> AsyncIterator[Item[PlacedContainer] | Snapshot]:
        return Fleet(self.parts, self.caller).watch_everywhere()

    def unmanaged_container(self, server: str, ref: str) -> Container:
        return Fleet(self.parts, self.caller).unmanaged(server, ref)

    def unmanaged_project(self, server: str, project: str) -> list[Container]:
        return Fleet(self.parts, self.caller).unmanaged_project(server, project)

    def watch_figures(
        self, server: str, which: Callable[[], Container | None]
    ) -> AsyncIterator[Item[ContainerFigures] | Snapshot]:
        return follow_figures(self.parts, server, which)

    def claimed(self, server: str) -> tuple[Claimed, ...]:
        return claimed(self.parts, self.caller, server)

    async def claimed_by_releases(self, server: str) -> tuple[Claimed, ...]:
        return await claimed_by_releases(self.parts, self.caller, server)

    def watch_docker(self, server: str) -> AsyncIterator[Item[Touched] | Snapshot]:
        def now() -> list[tuple[str, int]]:
            return list(self.view(server).touched.items())

        return keyed(self.parts.bus, docker_of(server), now, lambda kind, times: Touched(times=times))

    def holds(self, right: Right) -> bool:
        return self.parts.permit.right(self.caller, right, self.record.type, self.record.id)

    def require_host_powers(self, server: str, powers: frozenset[HostPower]) -> None:
        configs.require(self.parts, self.caller, server, powers, "this")

    async def watch_usage(self, server: str) -> AsyncIterator[Item[HostStats] | Snapshot]:
        newest = self.view(server).stats
        if newest is not None:
            yield Item(key=server, data=newest)
        yield Snapshot.DONE
        async for stats in self.parts.hosts.usage(server):
            yield Item(key=server, data=stats)

    async def past(self, asked: PastQuery[Any], container: str = "") -> Past:
        return await past_of(self.parts, self.record, asked, container)

    def usage_trends(self) -> tuple[Trend, ...]:
        readable = (r.id for r in self.parts.catalog.by_name("server") if self._reads_server(r.id))
        return tuple(self.parts.usage.trend(id) for id in readable)

    async def run(self, operation: Operation[R]) -> R:
        return await self._run(self.caller, operation, self.activity)

    def check_free(self, type: ResourceType[Any, Any, Any], name: str) -> None:
        configs.check_free(self.parts, type.name, name)

    def summary(self, text: str) -> None:
        """A query leaves no record."""

    def _keep(self, kept: StoredRelease) -> Release[Any, Any]:
        self._kept[kept.id] = kept
        return way_back.shown_release(self.record, kept)

    def _reads_server(self, id: str) -> bool:
        return self.parts.permit.readable(self.caller, "server", id)


class EditContext(QueryContext):
    """What an edit may reach: the changes it collects are committed with its record."""

    def __init__(self, parts: Parts, caller: Caller, record: Record | None, run: RunOther, activity: str) -> None:
        super().__init__(parts, caller, record, run)
        self.activity = activity
        self.changes = Changes()
        self.record_changes: tuple[Change, ...] = ()
        self.what: What | None = what_of(record)
        self.text = ""
        self.recorded = True
        self.prepared: Any = None
        """What the handler's `before` answered."""
        self.session: str | None = None
        """The secret of a session this edit opened; empty: it ended the caller's."""
        self.after: list[Callable[[], None]] = []
        """Called once the commit is durable."""
        self.answer: Callable[[], Any] | None = None
        """Makes the answer once the commit is durable, instead of what the handler answered."""

    def on(self, type: str, id: str, name: str) -> None:
        """Say what it was done to, where that is not the target."""
        self.what = What(type, id, name)

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Field by field, for the record."""
        self.record_changes = changes

    def show(self, answer: Callable[[], Any]) -> None:
        """Answer what can be told only once it is stored."""
        self.answer = answer

    def unchanged(self) -> None:
        """Nothing was changed after all: no record is left."""
        self.recorded = False

    def set_info(self, type: ResourceType[Any, Any, Any], id: str, info: Any) -> None:
        self.changes.put(info_kind(type.name), id, info)

    def put_item(self, collection: Collection[Any], resource: str, item: Any) -> None:
        self.changes.put(collection.name, item.id, Collected(resource=resource, item=item))

    def drop_item(self, collection: Collection[Any], id: str) -> None:
        self.changes.put(collection.name, id, None)

    def delete(self, type: ResourceType[Any, Any, Any], id: str) -> None:
        delete_resource(self.parts, self.caller, self.changes, type.name, id)

    def rename(self, type: ResourceType[Any, Any, Any], id: str, name: str) -> None:
        self.changed(rename_resource(self.parts, self.changes, type.name, id, name))

    def summary(self, text: str) -> None:
        self.text = text


class ActionContext(EditContext):
    """What an action's two halves may reach."""

    operation = ""
    failure: HostError | None = None
    """Why it has failed though its job has not."""

    def end_failed(self, failure: HostError) -> None:
        self.failure = failure

    async def begin_release(
        self, type: ResourceType[Any, Any, Any], fingerprint: str, restores: Release[Any, Any] | None = None
    ) -> None:
        earlier = self._kept[restores.activity] if restores else None
        await way_back.begin(self, fingerprint, earlier)

    async def end_release(
        self, type: ResourceType[Any, Any, Any], content: str, info: Callable[[int, int], Any]
    ) -> None:
        await way_back.succeed(self, content, info)

    @property
    def target_record(self) -> Record | None:
        """The target as it is now, None for an operation that has none."""
        return self.record if self._record else None

    def take_changes(self) -> Changes:
        """What was collected so far, which is written now and not again."""
        taken, self.changes = self.changes, Changes()
        return taken

    @property
    def record(self) -> Record:
        known = self._record
        current = self.parts.catalog.get(known.type, known.id) if known else None
        if current is None:
            raise NotFound("its target was deleted meanwhile")
        return current


def what_of(record: Record | None) -> What | None:
    """A record's target as the activity keeps it."""
    return What(record.type, record.id, record.stored.name) if record else None
