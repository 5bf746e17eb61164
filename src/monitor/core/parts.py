"""Parts: what core is made of, handed to those who need several of them."""

from dataclasses import dataclass

from monitor.core.adoptions import Adoptions
from monitor.core.bus import Bus
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
