"""Activity: the record of one operation done: who, what, on what, when, with which steps and outcome."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class State(StrEnum):
    """Where an activity stands; the last four are ends, and each activity reaches exactly one."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"

    @property
    def ended(self) -> bool:
        """Whether this is an end."""
        return self not in (State.QUEUED, State.RUNNING)


class Who(Struct, frozen=True):
    """Who asked: `kind` is user, webhook, schedule, system or agent. The name is as it was then."""

    kind: str
    id: str
    name: str


class What(Struct, frozen=True):
    """What it was done to: a resource or feature document, with its name as it was then."""

    type: str
    id: str
    name: str


class Step(Struct, frozen=True):
    """One step of a job; `outcome` is empty while it runs, else succeeded, failed or cancelled."""

    name: str
    started: datetime
    ended: datetime | None = None
    outcome: str = ""
    exit_code: int | None = None


class Change(Struct, frozen=True):
    """One changed top-level field; values as JSON text, secrets masked."""

    field: str
    before: str
    after: str


TARGET, BUILDER, SOURCE = "target", "builder", "source"
"""Kinds of lanes: of one resource, of a server that builds, of builds with one source."""


class Turn(Struct, frozen=True):
    """Where a queued activity stands: its place in one line, of all that wait there."""

    lane: str
    """target, builder, source or redeploy."""
    id: str
    """Id of the resource whose line it is; empty for a source."""
    place: int
    """1: it is next."""
    waiting: int


class Activity(Struct, frozen=True, kw_only=True):
    """One operation done. Steps live here; output is an append-only log under the same id."""

    id: str
    operation: str
    who: Who
    what: What | None
    origin: str
    """How it came in: api, cli, ui, webhook, schedule, system."""
    state: State
    created: datetime
    started: datetime | None = None
    ended: datetime | None = None
    summary: str = ""
    """What was done in one line: `built hello:0.0.2`."""
    error: str = ""
    """Why it did not succeed, in one or a few sentences."""
    hint: str = ""
    """The likely way out."""
    waiting_for: str = ""
    """While queued: ids of those before it, the nearest first."""
    turn: Turn | None = None
    """While queued: its place in the line."""
    steps: tuple[Step, ...] = ()
    expected: tuple[str, ...] = ()
    """Names of the steps its job was expected to take when it began; empty: all the operation has."""
    changes: tuple[Change, ...] = ()
    cancel_requested: bool = False
    server: str = ""
    """Id of the server its job runs on."""
    time_limit: float = 0.0
    """Seconds its job may take."""
    parent: str = ""
    cause: What | None = None
    """What had it run by itself: a schedule."""
    request: str = ""
    """The operation itself as JSON, never with a secret in it; what a restarted core goes on from."""


CONTAINER_LOG = "log"
"""The stream of what a container wrote, which only those are shown who may read its log."""


class Line(Struct, frozen=True, kw_only=True):
    """One piece of an activity's output, in order of `seq`; `data` need not end at a line's end."""

    seq: int
    at: datetime
    step: str
    stream: str
    """stdout, stderr, note (Monitor's own words) or CONTAINER_LOG."""
    data: bytes
