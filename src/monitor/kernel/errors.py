"""Expected failures: each has an HTTP status, a stable code, one sentence for people and, where it helps, fields.

Anything else that is raised is a bug, logged as one and answered with 500.
"""

from msgspec import Struct

from monitor.kernel.sentence import short_ids


class FieldError(Struct, frozen=True):
    """One wrong field of an input: `path` as in `config.ports[0].container`, `message` with the way out."""

    path: str
    message: str


class MonitorError(Exception):
    """The base of every expected failure."""

    status = 500
    code = "error"
    title = "Error"

    def __init__(self, message: str, fields: tuple[FieldError, ...] = (), *, hint: str = "") -> None:
        self.message = short_ids(message)
        super().__init__(self.message)
        self.fields = fields
        self.hint = hint


class Invalid(MonitorError):
    """The input breaks a rule; `fields` names what is wrong."""

    status = 422
    code = "invalid"
    title = "Invalid input"

    @classmethod
    def field(cls, path: str, message: str) -> "Invalid":
        """One wrong field."""
        return cls(f"{path}: {message}", (FieldError(path, message),))


class TooLarge(MonitorError):
    """More was sent than is taken."""

    status = 413
    code = "too_large"
    title = "Too large"


class TooSlow(MonitorError):
    """It was not sent in time."""

    status = 408
    code = "too_slow"
    title = "Too slow"


class NotSignedIn(MonitorError):
    """No valid session or key came with the request."""

    status = 401
    code = "not_signed_in"
    title = "Not signed in"


class Forbidden(MonitorError):
    """The caller can see the thing but may not do this to it."""

    status = 403
    code = "forbidden"
    title = "Not allowed"


class NotFound(MonitorError):
    """Absent, or nothing the caller may know about: the two look the same on purpose."""

    status = 404
    code = "not_found"
    title = "Not found"


class Conflict(MonitorError):
    """The thing changed meanwhile, is taken, or is busy."""

    status = 409
    code = "conflict"
    title = "Conflict"

    def __init__(
        self, message: str, fields: tuple[FieldError, ...] = (), *, hint: str = "", current: object = None
    ) -> None:
        super().__init__(message, fields, hint=hint)
        self.current = current


class TooMany(MonitorError):
    """A rate limit; `retry_after` seconds."""

    status = 429
    code = "too_many"
    title = "Too many requests"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(MonitorError):
    """A host, its Docker or the store does not answer now."""

    status = 503
    code = "unavailable"
    title = "Unavailable"


class HostError(MonitorError):
    """A host answered that it could not do what was asked.

    `exit_code` where a process or container ended; `said` is, for the host alone, the end of what a program complained.
    """

    status = 502
    code = "host_error"
    title = "The host could not do it"

    def __init__(self, message: str, *, hint: str = "", exit_code: int | None = None, said: str = "") -> None:
        super().__init__(message, hint=hint)
        self.exit_code = exit_code
        self.said = said


class UnknownJob(HostError):
    """The host has no job of this id (any more)."""

    status = 404
    code = "unknown_job"


class PolicyRefused(HostError):
    """The host's own policy file forbids it; no right in core can raise that ceiling."""

    status = 403
    code = "policy"
    title = "The host's policy forbids it"


BY_CODE: dict[str, type[MonitorError]] = {
    e.code: e
    for e in (Invalid, NotSignedIn, Forbidden, NotFound, Conflict, Unavailable, HostError, UnknownJob, PolicyRefused)
}
