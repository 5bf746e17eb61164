"""ByContainer: what is remembered of each container of each server, dropped with the one or the other."""

from collections.abc import Set
from typing import Generic, TypeVar

T = TypeVar("T")


class ByContainer(Generic[T]):
    """By server, then by container."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, T]] = {}

    def get(self, server: str, container: str) -> T | None:
        """What is remembered of one."""
        return self._of.get(server, {}).get(container)

    def put(self, server: str, container: str, value: T) -> None:
        """Remember it instead."""
        self._of.setdefault(server, {})[container] = value

    def keep(self, server: str, containers: Set[str]) -> None:
        """Forget all others of a server."""
        known = self._of.pop(server, {})
        if left := {id: value for id, value in known.items() if id in containers}:
            self._of[server] = left

    def forget(self, server: str, container: str) -> None:
        """It is gone."""
        known = self._of.get(server, {})
        known.pop(container, None)
        if not known:
            self._of.pop(server, None)
