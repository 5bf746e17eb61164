"""Sources: what a feature says of what it has recur; see recurring.py."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, Protocol

from monitor.core.caller import Caller
from monitor.core.memory import Changes, Memory
from monitor.kernel.errors import MonitorError
from monitor.kernel.operation import Operation
from monitor.kernel.recurring import Rule, Stand

STANDS = "recurring"
"""Kind of the documents of StoredStands."""


class Asking(NamedTuple):
    """What a run asks for, and for whom; `refusal` is why nobody may ask."""

    caller: Caller
    operation: Operation[Any]
    refusal: MonitorError | None = None
    idle: Callable[[], Awaitable[bool]] | None = None
    """Whether there is nothing to do, so that a run by the clock leaves no activity; asked once it is permitted."""


class Source(Protocol):
    """A feature's own that recur, by id."""

    name: str

    def rules(self) -> Mapping[str, Rule | None]:
        """All there are; None is switched off. Asked often: worked out once a change."""
        ...

    def stand(self, id: str) -> Stand:
        """As stored."""
        ...

    def put(self, changes: Changes, id: str, stand: Stand) -> None:
        """Have it stored with these changes."""
        ...

    def asking(self, id: str) -> Asking:
        """As it would be asked for now. MonitorError where that is not even known."""
        ...


class StoredStands:
    """Where those of a source stand that has no documents of its own for it."""

    def __init__(self, memory: Memory, name: str) -> None:
        self._memory = memory
        self._name = name

    def stand(self, id: str) -> Stand:
        """Of one that never was due: nothing."""
        return self._memory.get(STANDS, f"{self._name}.{id}") or Stand()

    def put(self, changes: Changes, id: str, stand: Stand | None) -> None:
        """None: it is gone."""
        changes.put(STANDS, f"{self._name}.{id}", stand)
