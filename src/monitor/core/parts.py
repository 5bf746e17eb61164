"""Parts: what core is made of, handed to those who need several of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from monitor.core.adoptions import Adoptions
from monitor.core.bus import Bus
from monitor.core.caller import Caller
from monitor.core.catalog import Catalog
from monitor.core.collections import Collections
from monitor.core.history.history import History
from monitor.core.hosts import Hosts
from monitor.core.memory import Memory
from monitor.core.permit import Permit
from monitor.core.releases import Releases
from monitor.core.seal import Seal
from monitor.core.terminals.limits import TerminalLimits
from monitor.core.usage import Usage
from monitor.kernel.activity import Activity
from monitor.kernel.clock import Clock
from monitor.kernel.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The parts of one core."""

    id: str
    """This core's own id, on labels of what it makes."""
    registry: Registry
    memory: Memory
    catalog: Catalog
    collections: Collections
    permit: Permit
    adoptions: Adoptions
    hosts: Hosts
    history: History
    usage: Usage
    releases: Releases
    terminals: TerminalLimits
    seal: Seal
    bus: Bus
    clock: Clock
    actors: dict[str, Callable[[Activity], Caller | None]] = field(default_factory=dict[str, Any])
    """Who asks where that is no person: by the kind of `who`, given by the feature that has them; None: no more."""
