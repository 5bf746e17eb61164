"""Adoptions: which containers without Monitor's labels are a deployment's all the same, by their ids."""

from typing import Any

from monitor.core.bus import Bus
from monitor.core.catalog import info_kind
from monitor.core.hosts import CONTAINERS, Hosts, containers_of
from monitor.core.memory import Memory

_INFO = info_kind("deployment")


class Adoptions:
    """Kept true by listening to memory; who sees such a container is told anew when that changes."""

    def __init__(self, memory: Memory, hosts: Hosts, bus: Bus) -> None:
        self._hosts = hosts
        self._bus = bus
        self._by_container: dict[str, str] = {}
        self._by_deployment: dict[str, tuple[str, str]] = {}
        for id, info in memory.all(_INFO).items():
            self._note(id, info)
        memory.listen(_INFO, self._changed)

    def deployment(self, container: str) -> str:
        """Id of the deployment that adopted a container; empty if none did."""
        return self._by_container.get(container, "")

    def _changed(self, id: str, info: Any) -> None:
        before = self._by_deployment.get(id)
        self._note(id, info)
        now = self._by_deployment.get(id)
        if before != now:
            for server, container in filter(None, (before, now)):
                self._tell(server, container)

    def _note(self, id: str, info: Any) -> None:
        before = self._by_deployment.pop(id, None)
        if before is not None:
            self._by_container.pop(before[1], None)
        if info is not None and info.adopted:
            self._by_deployment[id] = (info.server, info.container)
            self._by_container[info.container] = id

    def _tell(self, server: str, id: str) -> None:
        view = self._hosts.view(server)
        container = view.containers.get(id) if view else None
        if container is not None:
            self._bus.publish(containers_of(server), id, container)
            self._bus.publish(CONTAINERS, f"{server}/{id}", container)
