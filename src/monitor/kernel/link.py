"""What passes between core and an agent beside the messages themselves: job requests, failures, stream frames.

`POST /call/{name}` takes and answers msgpack; a failed one answers a Failure. `/stream/{name}` is a websocket: core's
first binary frame is the request; then each event is one binary frame, an empty one is a sign of life, a text frame is
a Failure as JSON and the last. A session is such a stream with core's messages and signs of life the other way too.
Jobs are the reserved names below.
"""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.errors import BY_CODE, HostError, MonitorError

JobId = Annotated[str, Meta(pattern=r"^[0-9A-Z]{26}$")]

START_JOB = "job.start"
"""Takes a JobStart."""
CANCEL_JOB = "job.cancel"
"""Takes a JobRef."""
FORGET_JOB = "job.forget"
"""Takes a JobRef."""
LIST_JOBS = "job.list"
"""Answers the ids of all jobs the host knows."""
FOLLOW_JOB = "job.follow"
"""A stream; takes a FollowJob."""

BODY_LIMIT = 32 * 1024 * 1024
"""Bytes a request, an answer or a frame may have."""
SILENCE = 3.0
"""Seconds without a frame after which the agent, and in a session core too, sends a sign of life."""
DEAD_AFTER = 8.0
"""Seconds core waits for any frame before it counts the host as dead; in a session the agent does so too."""


class JobRef(Struct, frozen=True):
    """One job."""

    id: JobId


class FollowJob(Struct, frozen=True):
    """A job's events with `seq > after`."""

    id: JobId
    after: int = 0


class Failure(Struct, frozen=True, omit_defaults=True):
    """A MonitorError as it travels."""

    code: str
    message: str
    hint: str = ""
    exit_code: int | None = None

    @classmethod
    def of(cls, error: MonitorError) -> "Failure":
        """What to send for an error."""
        code = error.exit_code if isinstance(error, HostError) else None
        return cls(error.code, error.message, error.hint, code)

    def error(self) -> MonitorError:
        """The error again, of the class it was; an unknown code is a HostError."""
        made = BY_CODE.get(self.code, HostError)
        if issubclass(made, HostError):
            return made(self.message, hint=self.hint, exit_code=self.exit_code)
        return made(self.message, hint=self.hint)
