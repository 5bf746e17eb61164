"""Context: all that a handler may reach. Core implements it; handlers see only this."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from monitor.kernel.activity import Change, Who
from monitor.kernel.call import Host
from monitor.kernel.claims import Claimed
from monitor.kernel.clock import Clock
from monitor.kernel.collection import Collection, HasId
from monitor.kernel.errors import HostError
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

C = TypeVar("C")
I = TypeVar("I")  # noqa: E741 - the info type, as in resource.py
S = TypeVar("S")
R = TypeVar("R")
K = TypeVar("K", bound=HasId)


class Context(Protocol):
    """One operation being handled, for one caller."""

    who: Who
    activity: str
    """The activity's id; empty in queries."""
    clock: Clock
    server: str
    """Id of the server the action's job ran on; empty before it ran."""
    begun_as: str
    """The target's name when the action's job began: it may have been renamed since; empty before."""
    core: str
    """This core's id, for labels on what it makes on hosts."""

    def now(self) -> datetime:
        """The clock's wall time."""
        ...

    def target(self, type: ResourceType[C, I, S]) -> Resource[C, I, S]:
        """The operation's target, found and permitted already; as it is now."""
        ...

    def find(self, type: ResourceType[C, I, S], id: str) -> Resource[C, I, S]:
        """A resource the target's config refers to, by stored id. NotFound if it is gone."""
        ...

    def reveal(self, type: ResourceType[C, I, S], id: str) -> C:
        """The config with its secrets in clear, for a job's message only; the values are redacted from its output."""
        ...

    def secrets(self) -> tuple[str, ...]:
        """Every value revealed so far, for `Job.secrets`."""
        ...

    def set_info(self, type: ResourceType[C, I, S], id: str, info: I) -> None:
        """Replace a resource's info; committed with the operation's end."""
        ...

    def delete(self, type: ResourceType[Any, Any, Any], id: str) -> None:
        """Delete a resource with the operation's end; Conflict if others refer to it."""
        ...

    def check_free(self, type: ResourceType[Any, Any, Any], name: str) -> None:
        """Conflict when a resource of the type has the name already."""
        ...

    def rename(self, type: ResourceType[Any, Any, Any], id: str, name: str) -> None:
        """Give a resource another name with the operation's end, its config unchanged; Conflict if it is taken."""
        ...

    def require_powers(self, type: ResourceType[Any, Any, Any]) -> None:
        """Forbidden unless the caller holds every host power the target's config asks for."""
        ...

    async def releases(self, type: ResourceType[C, I, S]) -> tuple[Release[C, I], ...]:
        """The target's, newest first, with those that did not succeed and one under way."""
        ...

    async def release(self, type: ResourceType[C, I, S], number: int) -> Release[C, I]:
        """One of the target's. NotFound, saying which are kept."""
        ...

    def reveal_release(self, type: ResourceType[C, I, S], release: Release[C, I]) -> C:
        """Its config with its secrets in clear, as `reveal`."""
        ...

    def check_release(self, type: ResourceType[C, I, S], release: Release[C, I]) -> None:
        """Raise unless the caller might make its config the target's by an update, and all it names is there."""
        ...

    def differences(
        self, type: ResourceType[C, I, S], before: Release[C, I] | None, after: Release[C, I] | None
    ) -> tuple[Change, ...]:
        """Field by field between two configs of the target's, secrets masked; None is the config as it is now."""
        ...

    def fingerprint(self, value: Any) -> str:
        """Of anything, for the target, with this core's key: equal for what is equal, and it tells no more."""
        ...

    async def begin_release(
        self, type: ResourceType[C, I, S], fingerprint: str, restores: Release[C, I] | None = None
    ) -> None:
        """In `prepare`: what the job puts into action is a release, of the config as it is or of an earlier one, whose
        config becomes the config if the job succeeds. Committed with the action's start.
        """
        ...

    async def end_release(self, type: ResourceType[C, I, S], content: str, info: Callable[[int, int], I]) -> None:
        """In `settle`: it has succeeded. `content` is what else than the config makes it what it is (an image's id);
        `info` makes the resource's info of its number and of the config's revision (0, 0: none was begun).
        """
        ...

    def items(self, collection: Collection[K], resource: str) -> tuple[K, ...]:
        """What a resource keeps of these, newest first."""
        ...

    def put_item(self, collection: Collection[K], resource: str, item: K) -> None:
        """Keep one, or replace that of the same id, with the operation's end."""
        ...

    def drop_item(self, collection: Collection[Any], id: str) -> None:
        """Keep it no longer, from the operation's end on."""
        ...

    def holders(self, id: str) -> tuple[Holder, ...]:
        """Who runs or names a part of a resource; those the caller may not read too, without their names."""
        ...

    def end_failed(self, failure: HostError) -> None:
        """In `settle`: the job did something that is to be kept, and failed all the same: so the action ends, or as
        cancelled, if that was asked for.
        """
        ...

    def held_powers(self, server: str) -> frozenset[HostPower]:
        """Host powers of the caller on a server."""
        ...

    def terminal_terms(self, server: str) -> TerminalTerms:
        """What a terminal on a server may. Conflict when the caller, or the server, has enough of them open."""
        ...

    def host(self, server: str) -> Host:
        """The server's host; Unavailable with the reason if none has joined."""
        ...

    def view(self, server: str) -> HostView:
        """What core knows about the server right now."""
        ...

    def visible_containers(self, server: str) -> list[Container]:
        """The server's containers the caller may see: his deployments', and the rest with the right `unmanaged`."""
        ...

    def watch_containers(self, server: str) -> AsyncIterator[Item[Container] | Snapshot]:
        """The same as a state topic."""
        ...

    def all_containers(self) -> list[PlacedContainer]:
        """Of every server, the containers he may see: where he may not read it, those of deployments he may read."""
        ...

    def watch_all_containers(self) -> AsyncIterator[Item[PlacedContainer] | Snapshot]:
        """The same as a state topic, by `server/container`."""
        ...

    def unmanaged_container(self, server: str, ref: str) -> Container:
        """The server's container of this name or id that nobody owns, with the right `unmanaged`. NotFound for what
        the caller may not see; Conflict, saying whose it is, for what belongs to a deployment of any Monitor.
        """
        ...

    def unmanaged_project(self, server: str, project: str) -> list[Container]:
        """Those of a compose project on the server that nobody owns, with the right `unmanaged`; NotFound if none."""
        ...

    def watch_figures(
        self, server: str, which: Callable[[], Container | None]
    ) -> AsyncIterator[Item[ContainerFigures] | Snapshot]:
        """What the container that `which` answers uses, each second; of each container one feed, however many look."""
        ...

    def watch_container_processes(
        self, server: str, which: Callable[[], Container | None]
    ) -> AsyncIterator[Item[BusyProcesses] | Snapshot]:
        """What runs in that container, every two seconds, or why nothing does; one feed shared by all who look."""
        ...

    def claimed(self, server: str) -> tuple[Claimed, ...]:
        """What resources need of a server's Docker, those the caller may not read too, without their names."""
        ...

    async def claimed_by_releases(self, server: str) -> tuple[Claimed, ...]:
        """The images of each release one can go back to, of the same resources."""
        ...

    def watch_docker(self, server: str) -> AsyncIterator[Item[Touched] | Snapshot]:
        """How often something happened to the server's images, volumes and networks, as a state topic by kind."""
        ...

    def holds(self, right: Right) -> bool:
        """Whether the caller holds a right on the target."""
        ...

    def require_host_powers(self, server: str, powers: frozenset[HostPower]) -> None:
        """Forbidden, naming them, unless the caller holds all these on the server."""
        ...

    def watch_usage(self, server: str) -> AsyncIterator[Item[HostStats] | Snapshot]:
        """Samples of the host's usage each second, one feed shared by all who look."""
        ...

    def watch_processes(self, server: str) -> AsyncIterator[Item[BusyProcesses] | Snapshot]:
        """The host's busiest processes every two seconds, or why it does not tell; one feed shared by all who look."""
        ...

    async def past(self, asked: PastQuery[Any], container: str = "") -> Past:
        """What the target used over a time: a server, a deployment with whichever container it had, or of a server the
        container of this name, which belongs to no deployment. Invalid for a figure there is none of.
        """
        ...

    def usage_trends(self) -> tuple[Trend, ...]:
        """What each server the caller may read used over the last half hour, in the order of their names."""
        ...

    def summary(self, text: str) -> None:
        """Say in one line what was done; shown in the activity."""
        ...

    async def run(self, operation: Operation[R]) -> R:
        """Run another operation as the same caller: permitted and recorded like any other."""
        ...
