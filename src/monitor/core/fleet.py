"""Fleet: the containers of servers, as one caller may see them."""

from collections.abc import AsyncIterator, Iterator

from msgspec.structs import replace

from monitor.core.caller import Caller
from monitor.core.catalog import resource_kind
from monitor.core.hosts import CONTAINERS, containers_of
from monitor.core.ownership import NOBODY, carried, owner_of
from monitor.core.parts import Parts
from monitor.core.topic import keyed
from monitor.kernel.errors import Conflict, NotFound
from monitor.kernel.fleet import PlacedContainer
from monitor.kernel.hostview import Container
from monitor.kernel.permission import Right
from monitor.kernel.stream import Item, Snapshot

_SHORT_ID = 12
"""Characters of an id Docker shows."""


class Fleet:
    """A deployment's container belongs to who may read that; the rest needs the right `unmanaged` on its server.

    Of all servers, the first holds also where its server may not be read: it is shown then as its deployment shows it.
    """

    def __init__(self, parts: Parts, caller: Caller) -> None:
        self._parts = parts
        self._caller = caller

    def of(self, server: str) -> list[Container]:
        """Those of one server, which he may read."""
        return [c for _, c in self._held(server) if self._sees(server, c)]

    def watch(self, server: str) -> AsyncIterator[Item[Container] | Snapshot]:
        """The same, live, by id."""

        def show(id: str, container: Container) -> Container | None:
            return container if self._sees(server, container) else None

        return keyed(self._parts.bus, containers_of(server), lambda: self._held(server), show)

    def everywhere(self) -> list[PlacedContainer]:
        """Those of all servers."""
        placed = (self._place(key, container) for key, container in self._all())
        return [p for p in placed if p is not None]

    def watch_everywhere(self) -> AsyncIterator[Item[PlacedContainer] | Snapshot]:
        """The same, live, by `server/container`."""
        return keyed(self._parts.bus, CONTAINERS, self._all, self._place)

    def unmanaged(self, server: str, ref: str) -> Container:
        """The container of this name, id, or beginning of an id as Docker shows it, if nobody owns it.

        NotFound for what he may not see, as if it were absent; Conflict where somebody owns it, saying who.
        """
        found = _referred(self.of(server), ref)
        owner = owner_of(self._parts, server, found) if found else NOBODY
        if found is None or not (owner.keeps or self._holds(server)):
            shown = ref if len(ref) <= 80 else ref[:77] + "..."
            raise NotFound(f"there is no container {shown!r} on this server")
        if owner.elsewhere:
            raise Conflict(
                f"the container {found.name} belongs to another Monitor, as its labels say",
                hint="ask for it there, or use Docker on the host itself",
            )
        if owner.keeps:
            record = self._parts.catalog.get("deployment", owner.deployment)
            name = record.stored.name if record else owner.deployment
            raise Conflict(
                f"the container {found.name} is the deployment {name}'s",
                hint=f"Ask the deployment {name} instead: on its page, or monitor deployment --help",
            )
        return found

    def unmanaged_project(self, server: str, project: str) -> list[Container]:
        """Those of a compose project that nobody owns, by name. NotFound when there is none he may see."""
        if not self._holds(server):
            raise NotFound(f"there is no compose project {project!r} on this server")
        found = [c for c in self.of(server) if c.project == project and not self._keeps(server, c)]
        if not found or not project:
            raise NotFound(f"there is no compose project {project!r} on this server")
        return sorted(found, key=lambda container: container.name)

    def _keeps(self, server: str, container: Container) -> bool:
        return owner_of(self._parts, server, container).keeps

    def _held(self, server: str) -> list[tuple[str, Container]]:
        view = self._parts.hosts.view(server)
        return list(view.containers.items()) if view else []

    def _all(self) -> Iterator[tuple[str, Container]]:
        for record in self._parts.catalog.by_name("server"):
            for id, container in self._held(record.id):
                yield f"{record.id}/{id}", container

    def _place(self, key: str, container: Container) -> PlacedContainer | None:
        server = key.partition("/")[0]
        owner = owner_of(self._parts, server, container)
        if not self._sees(server, container):
            return None
        if self._parts.permit.readable(self._caller, "server", server):
            return PlacedContainer(server=server, deployment=owner.deployment, container=container)
        # What a deployment left behind elsewhere says where it was, and nothing of a deployment shows that.
        if not owner.deployment or not owner.here:
            return None
        return PlacedContainer(server=server, deployment=owner.deployment, container=_of_its_deployment(container))

    def _sees(self, server: str, container: Container) -> bool:
        deployment = owner_of(self._parts, server, container).deployment
        if deployment:
            return self._parts.permit.readable(self._caller, "deployment", deployment)
        return self._holds(server)

    def _holds(self, server: str) -> bool:
        return self._parts.permit.right(self._caller, Right.UNMANAGED, "server", server)


def _of_its_deployment(container: Container) -> Container:
    """Without what only its server, or looking into it, tells."""
    return replace(container, volumes=(), networks=(), labels=(), project="", service="")


def _referred(containers: list[Container], ref: str) -> Container | None:
    """A name before an id before the beginning of one; of two that begin alike, none."""
    found = [c for c in containers if c.name == ref] or [c for c in containers if c.id == ref]
    if found:
        return found[0]
    if len(ref) < _SHORT_ID:
        return None
    found = [c for c in containers if c.id.startswith(ref)]
    return found[0] if len(found) == 1 else None


def tell_of_the_disowned(parts: Parts) -> None:
    """Show containers anew whose deployment is deleted while they are kept, or moves and leaves them behind."""
    stands = {id: record.server for id, record in parts.catalog.all("deployment").items()}

    def changed(id: str, value: object) -> None:
        record = parts.catalog.get("deployment", id) if value is not None else None
        before, now = stands.pop(id, ""), record.server if record is not None else ""
        if now:
            stands[id] = now
        if now and before in ("", now):
            return
        for server in parts.catalog.all("server"):
            view = parts.hosts.view(server)
            for container in view.containers.values() if view else ():
                if carried(container) == (parts.id, id):
                    parts.bus.publish(CONTAINERS, f"{server}/{container.id}", container)

    parts.memory.listen(resource_kind("deployment"), changed)
