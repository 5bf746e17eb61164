"""Fleet: the containers of servers, as one caller may see them."""

from collections.abc import AsyncIterator, Iterator

from monitor.core.caller import Caller
from monitor.core.catalog import resource_kind
from monitor.core.hosts import CONTAINERS, containers_of
from monitor.core.parts import Parts
from monitor.core.topic import keyed
from monitor.kernel.fleet import PlacedContainer
from monitor.kernel.hostview import Container
from monitor.kernel.permission import Right
from monitor.kernel.stream import Item, Snapshot


class Fleet:
    """A deployment's container belongs to who may read that; the rest needs the right `unmanaged` on its server."""

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
        """Those of all servers he may read."""
        placed = (self._place(key, container) for key, container in self._all())
        return [p for p in placed if p is not None]

    def watch_everywhere(self) -> AsyncIterator[Item[PlacedContainer] | Snapshot]:
        """The same, live, by `server/container`."""
        return keyed(self._parts.bus, CONTAINERS, self._all, self._place)

    def _held(self, server: str) -> list[tuple[str, Container]]:
        view = self._parts.hosts.view(server)
        return list(view.containers.items()) if view else []

    def _all(self) -> Iterator[tuple[str, Container]]:
        for record in self._parts.catalog.by_name("server"):
            for id, container in self._held(record.id):
                yield f"{record.id}/{id}", container

    def _place(self, key: str, container: Container) -> PlacedContainer | None:
        server = key.partition("/")[0]
        if not self._parts.permit.readable(self._caller, "server", server) or not self._sees(server, container):
            return None
        deployment = deployment_of(self._parts.id, container)
        known = deployment if self._parts.catalog.find("deployment", deployment) else ""
        return PlacedContainer(server=server, deployment=known, container=container)

    def _sees(self, server: str, container: Container) -> bool:
        deployment = deployment_of(self._parts.id, container)
        if deployment:
            return self._parts.permit.readable(self._caller, "deployment", deployment)
        return self._parts.permit.right(self._caller, Right.UNMANAGED, "server", server)


def deployment_of(core: str, container: Container) -> str:
    """Id of the deployment of this core the container was made for; empty if it is none's."""
    labels = dict(container.labels)
    return labels.get("monitor.deployment", "") if labels.get("monitor.core") == core else ""


def tell_of_the_disowned(parts: Parts) -> None:
    """Show containers anew whose deployment is deleted while they are kept."""

    def changed(id: str, value: object) -> None:
        if value is not None:
            return
        for server in parts.catalog.all("server"):
            view = parts.hosts.view(server)
            for container in view.containers.values() if view else ():
                if deployment_of(parts.id, container) == id:
                    parts.bus.publish(CONTAINERS, f"{server}/{container.id}", container)

    parts.memory.listen(resource_kind("deployment"), changed)
