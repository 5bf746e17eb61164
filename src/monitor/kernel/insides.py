"""Insides: what is seen of a container: its processes, the files it changed, what it uses."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

MOST_CHANGES = 100_000
MOST_PROCESSES = 10_000

Figure = Annotated[float, Meta(ge=0, le=1e18)]
Count = Annotated[int, Meta(ge=0, le=2**63 - 1)]
"""Figures of a host, which may be hostile: every one is a number."""
Path = Annotated[str, Meta(max_length=8192)]
Text = Annotated[str, Meta(max_length=131_072)]


class Process(Struct, frozen=True, kw_only=True):
    """One process of a container, as the host's ps sees it; what that does not tell is null."""

    pid: Count
    """On the host."""
    parent: Count | None = None
    user: Text = ""
    cpu: Figure | None = None
    """Percent of one core: over its life, or since the look before where it is followed."""
    memory: Count | None = None
    """Bytes that are in memory (RSS)."""
    seconds: Count | None = None
    """Since it began."""
    command: Text = ""


class BusyProcesses(Struct, frozen=True, kw_only=True):
    """Processes as they were seen last: a host's that use the most cpu, or a container's."""

    processes: Annotated[tuple[Process, ...], Meta(max_length=MOST_PROCESSES)] = ()
    reason: str = ""
    """Why there are none now; they come by themselves once there are."""


class FileChange(Struct, frozen=True, kw_only=True):
    """A file or folder that differs from the image."""

    path: Path
    kind: str
    """added, modified or deleted."""


class FileChanges(Struct, frozen=True, kw_only=True):
    """What a container changed in its own layer, in order of path."""

    total: Count
    items: Annotated[tuple[FileChange, ...], Meta(max_length=MOST_CHANGES)]
    """The first 100,000."""


class ContainerUsage(Struct, frozen=True, kw_only=True):
    """What a container uses at one moment. `cpu` and the rates are null in the first sample: they are differences."""

    at: datetime
    cpu: Figure | None = None
    """Percent of one core, as `docker stats` shows it: 200 is two cores."""
    memory: Count = 0
    """Bytes, without what the kernel only caches."""
    memory_limit: Count = 0
    """Bytes it may use; those of the host without a limit."""
    received: Count = 0
    """Bytes over all its networks since it started."""
    sent: Count = 0
    read: Count = 0
    """Bytes from block devices since it started."""
    written: Count = 0
    pids: Count = 0
    """Processes and threads."""
    receiving: Figure | None = None
    """Bytes a second."""
    sending: Figure | None = None
    reading: Figure | None = None
    writing: Figure | None = None


class ContainerFigures(Struct, frozen=True, kw_only=True):
    """How a container stands and what it uses at this moment."""

    container: str = ""
    """Its id; empty while there is none."""
    state: str = ""
    """Docker's word; `gone` while there is none, `unknown` while its host does not say."""
    reason: str = ""
    usage: ContainerUsage | None = None
    """Null while it does not run, and until the first sample has come."""
