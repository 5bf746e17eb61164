"""Limits: how much of the host's memory, processors and the like the container gets."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import host_power, shown, text_form
from monitor.kernel.permission import HostPower
from monitor.resources.deployment import text
from monitor.resources.deployment.fields.links import LIMITS, RUN
from monitor.resources.deployment.fields.texts import Size

_GROUP = "Resources"
_Limit = Annotated[int, Meta(ge=-1, le=2**53)]


class Ulimit(Struct, frozen=True, kw_only=True):
    """A limit of the kernel for each of its processes."""

    name: Annotated[str, Meta(pattern=r"^[a-z]{2,16}$"), shown("Name", "`nofile`, `nproc`, `core`, …")]
    soft: Annotated[_Limit, shown("Soft", "What counts at first; -1: no limit.")]
    hard: Annotated[_Limit | None, shown("Hard", "How far a process may raise it; empty: as soft.")] = None

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"{self.name}={self.soft}" + ("" if self.hard is None else f":{self.hard}")


Memory = Annotated[
    Size,
    text_form(text.size, "512m"),
    shown("Memory", "Bytes at most; 0: no limit.", group=_GROUP, docs=f"{LIMITS}#limit-a-containers-access-to-memory"),
]
MemorySwap = Annotated[
    int,
    Meta(ge=-1, le=2**50),
    text_form(text.size, "1g"),
    shown(
        "Memory and swap",
        "Bytes of both together; 0: twice the memory, -1: no limit.",
        group=_GROUP,
        docs=f"{LIMITS}#--memory-swap-details",
    ),
]
MemoryReservation = Annotated[
    Size,
    text_form(text.size, "256m"),
    shown("Memory reservation", "Bytes it is pushed back to when memory is short; 0: none.", group=_GROUP, docs=LIMITS),
]
Cpus = Annotated[
    float,
    Meta(ge=0, le=4096),
    shown("CPUs", "Processors at most, `1.5` is one and a half; 0: no limit.", group=_GROUP, docs=f"{LIMITS}#cpu"),
]
CpuShares = Annotated[
    int,
    Meta(ge=0, le=262_144),
    shown("CPU shares", "Weight beside other containers when all are busy; 0: 1024.", group=_GROUP, docs=LIMITS),
]
CpusetCpus = Annotated[
    str,
    Meta(max_length=256, pattern=r"^([0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*)?$"),
    shown("CPU set", "Only these processors: `0-2,4`; empty: all.", group=_GROUP, docs=LIMITS),
]
PidsLimit = Annotated[
    int,
    Meta(ge=-1, le=4_194_304),
    shown("Process limit", "Processes and threads at most; 0: Docker's default, -1: no limit.", group=_GROUP, docs=RUN),
]
ShmSize = Annotated[
    Size,
    text_form(text.size, "64m"),
    shown("Shared memory", "Bytes of /dev/shm; 0: 64 MiB.", group=_GROUP, docs=RUN),
]
Ulimits = Annotated[
    tuple[Ulimit, ...],
    Meta(max_length=20),
    host_power(HostPower.CGROUP),
    text_form(text.ulimit, "nofile=1024:2048"),
    shown(
        "Ulimits",
        "Limits of each process; those for real time, priority and locked memory are host powers.",
        group=_GROUP,
        docs=f"{RUN}#ulimit",
    ),
]
