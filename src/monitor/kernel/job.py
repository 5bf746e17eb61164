"""Jobs: slow things a host runs, keeps and reports, whatever happens to core meanwhile."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from msgspec import Meta, Raw, Struct

from monitor.kernel.activity import State

R = TypeVar("R")


class HostJob(Struct, Generic[R], frozen=True, kw_only=True):
    """Base of every job message; a subclass gives `tag="ability.verb"` and its result as `R`."""

    time_limit: ClassVar[float] = 600.0
    """Seconds after which the host ends it as failed; a Job may ask for another."""
    diskless: ClassVar[bool] = False
    """It makes room: where the host's disk is too full to write it down it runs all the same, and is forgotten with
    the agent.
    """


class Job(Struct, Generic[R], frozen=True, kw_only=True):
    """What an action's `prepare` made: which host runs what. Without a `work` there is only `result` to settle."""

    server: str = ""
    work: HostJob[R] | None = None
    result: Any = None
    """The result when there is no work to do on a host."""
    secrets: tuple[str, ...] = ()
    """Plain values the host must redact from every byte of output."""
    time_limit: float | None = None
    steps: tuple[str, ...] = ()
    """Those of the operation's steps it is expected to take; empty: all."""


class StepStarted(Struct, frozen=True, tag="step_started"):
    """A step began."""

    seq: int
    at: datetime
    step: str


class Output(Struct, frozen=True, tag="output"):
    """Bytes of a step, already redacted; `stream` is stdout, stderr, note or CONTAINER_LOG."""

    seq: int
    at: datetime
    step: str
    stream: str
    data: bytes


class StepEnded(Struct, frozen=True, tag="step_ended"):
    """A step ended: `outcome` succeeded, failed or cancelled."""

    seq: int
    at: datetime
    step: str
    outcome: str
    exit_code: int | None = None


class JobEnded(Struct, frozen=True, tag="job_ended"):
    """The last event of a job. `result` (msgpack of the job's R) only when it succeeded."""

    seq: int
    at: datetime
    state: State
    result: Raw = Raw(b"\xc0")
    error: str = ""
    hint: str = ""


JobEvent = StepStarted | Output | StepEnded | JobEnded


class JobStart(Struct, frozen=True, kw_only=True):
    """Ask a host to run a job. Starting the same id twice starts it once."""

    id: Annotated[str, Meta(pattern=r"^[0-9A-Z]{26}$")]
    name: str
    body: Raw
    time_limit: Annotated[float, Meta(gt=0, le=86_400)]
    secrets: tuple[str, ...] = ()
