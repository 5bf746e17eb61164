"""Shelf: where a host keeps its jobs' events; on disk in the periphery, in memory in the simulated host."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from msgspec import Raw, Struct

from monitor.kernel.job import JobEnded, JobEvent


class JobNote(Struct, frozen=True, kw_only=True):
    """What is written down about a job beside its events; never its body, which may hold secrets."""

    id: str
    name: str
    time_limit: float
    started: datetime


class Reader(Protocol):
    """One follower's place in a job's events."""

    def read(self) -> list[JobEvent]:
        """The next events, a bounded number; empty at the end of what is written so far."""
        ...

    def close(self) -> None:
        """Give back what the reader holds."""
        ...


class JobLog(Protocol):
    """The events of one job, append-only."""

    last_seq: int
    step: str
    """Name of the last step that began; empty before the first."""
    end: JobEnded | None

    def append(self, event: JobEvent) -> None:
        """Write one event; it survives the agent's death (not the machine's)."""
        ...

    def keep(self, result: Raw) -> None:
        """Write what the job has come to so far, instead of what it had before; it survives as events do."""
        ...

    def kept(self) -> Raw | None:
        """What was kept last, in this life of the agent or an earlier one."""
        ...

    def reader(self, after: int) -> Reader:
        """A reader of the events with `seq > after`."""
        ...

    def close(self) -> None:
        """No more appends."""
        ...


class Shelf(Protocol):
    """All jobs a host knows."""

    def make(self, note: JobNote) -> JobLog:
        """A log for a new job."""
        ...

    def load(self) -> list[tuple[JobNote, JobLog]]:
        """What an earlier life of the agent left, oldest first."""
        ...

    def drop(self, id: str) -> None:
        """Delete everything about a job."""
        ...


def job_folder(state: Path) -> Path:
    """Where the periphery keeps its jobs."""
    return state / "jobs"
