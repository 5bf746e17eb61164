"""MemoryShelf: jobs in memory: a simulated host's, where it outlives the simulated agent as a disk would; and a real
one's that must run where the disk is full.
"""

from msgspec import Raw

from monitor.kernel.job import JobEnded, JobEvent, StepStarted
from monitor.periphery.jobs.shelf import JobLog, JobNote

_BATCH = 100


class MemoryShelf:
    """Jobs in a dictionary."""

    def __init__(self) -> None:
        self._jobs: dict[str, tuple[JobNote, MemoryLog]] = {}

    def make(self, note: JobNote) -> JobLog:
        log = MemoryLog()
        self._jobs[note.id] = (note, log)
        return log

    def load(self) -> list[tuple[JobNote, JobLog]]:
        return list(self._jobs.values())

    def drop(self, id: str) -> None:
        self._jobs.pop(id, None)


class MemoryLog:
    """One job's events in a list."""

    def __init__(self) -> None:
        self.events: list[JobEvent] = []
        self.last_seq = 0
        self.step = ""
        self.end: JobEnded | None = None
        self._kept: Raw | None = None

    def append(self, event: JobEvent) -> None:
        self.events.append(event)
        self.last_seq = event.seq
        if isinstance(event, StepStarted):
            self.step = event.step
        if isinstance(event, JobEnded):
            self.end = event

    def keep(self, result: Raw) -> None:
        self._kept = result

    def kept(self) -> Raw | None:
        return self._kept

    def reader(self, after: int) -> "MemoryReader":
        return MemoryReader(self.events, after)

    def close(self) -> None:
        return


class MemoryReader:
    """A place in the list."""

    def __init__(self, events: list[JobEvent], after: int) -> None:
        self._events = events
        self._next = next((index for index, event in enumerate(events) if event.seq > after), len(events))

    def read(self) -> list[JobEvent]:
        found = self._events[self._next : self._next + _BATCH]
        self._next += len(found)
        return found

    def close(self) -> None:
        return
