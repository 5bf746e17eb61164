"""Context, as core gives it to handlers that only read; edit_context.py has those of edits and actions."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from monitor.core import config as configs
from monitor.core import shown, way_back
from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.changes_nothing import ChangesNothing
from monitor.core.claims import claimed, claimed_by_releases
from monitor.core.figures import follow_container_processes, follow_figures, follow_processes
from monitor.core.fleet import Fleet
from monitor.core.history.asked import past_of
from monitor.core.holdings import holders
from monitor.core.hosts import docker_of
from monitor.core.parts import Parts
from monitor.core.releases import StoredRelease
from monitor.core.topic import keyed
from monitor.kernel.activity import Change, Who
from monitor.kernel.call import Host
from monitor.kernel.claims import Claimed
from monitor.kernel.clock import Clock
from monitor.kernel.collection import Collection
from monitor.kernel.errors import NotFound
from monitor.kernel.fleet import PlacedContainer, Touched, Trend
from monitor.kernel.holding import Holder
from monitor.kernel.hostview import Container, HostStats, HostView
from monitor.kernel.insides import BusyProcesses, ContainerFigures
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
        config = configs.reveal(self.parts, record.stored, self._revealed)
        self._revealed[:] = dict.fromkeys(self._revealed)  # a topic asks again and again
        return config

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

    def held_powers(self, server: str) -> frozenset[HostPower]:
        return self.parts.permit.powers(self.caller, server)

    def terminal_terms(self, server: str) -> TerminalTerms:
        powers = tuple(sorted(self.held_powers(server)))
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

    def watch_container_processes(
        self, server: str, which: Callable[[], Container | None]
    ) -> AsyncIterator[Item[BusyProcesses] | Snapshot]:
        return follow_container_processes(self.parts, server, which)

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

    def watch_processes(self, server: str) -> AsyncIterator[Item[BusyProcesses] | Snapshot]:
        return follow_processes(self.parts, server)

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
