"""What core answers, read back: the typed answer, or the kernel's own error rebuilt from problem+json."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from monitor.kernel.call import answer_of
from monitor.kernel.download import Download
from monitor.kernel.errors import (
    BY_CODE,
    Conflict,
    FieldError,
    Forbidden,
    MonitorError,
    NotSignedIn,
    TooMany,
    Unavailable,
)
from monitor.kernel.operation import Operation, tag_of
from monitor.kernel.registry import Registry
from monitor.kernel.resource import Page, Resource
from monitor.kernel.standard import AnyResource
from monitor.kernel.stream import Stream
from monitor.kernel.wire import decode


class Problem(Struct, frozen=True, kw_only=True):
    """An error as it travels (RFC 9457, with the kernel's own words beside)."""

    title: str = ""
    status: int = 500
    detail: str = ""
    code: str = "error"
    errors: tuple[FieldError, ...] = ()
    hint: str = ""
    current: Any = None
    retry_after: int = 1


def answer_from(
    registry: Registry, operation: type[Operation[Any]], status: int, headers: Mapping[str, str], body: bytes
) -> Any:
    """The operation's answer; raises the MonitorError core answered with, Unavailable if it was not core."""
    if not 200 <= status < 300:
        raise error_from(status, headers, body)
    expected = typed(registry, tag_of(operation), answer_of(operation))
    if expected is None or expected is type(None):
        return None
    if expected is Download:
        raise TypeError(f"the answer to {tag_of(operation)} is a file: ask for it with download()")
    try:
        return decode(body, expected)
    except msgspec.DecodeError as wrong:
        raise Unavailable(
            f"the answer to {tag_of(operation)} cannot be read: {wrong}",
            hint="core and this client may be of different versions, or the address is not a core's",
        ) from None


def event_type(registry: Registry, stream: type[Stream[Any]]) -> Any:
    """The type of a topic's events."""
    return typed(registry, tag_of(stream), answer_of(stream))


def typed(registry: Registry, name: str, answer: Any) -> Any:
    """An answer type with the resource type's own config, info and status in it."""
    kept = registry.type_of(name)
    if kept is None:
        return answer
    own: Any = Resource[kept.config, kept.info, kept.status]
    return {AnyResource: own, Page[AnyResource]: Page[own]}.get(answer, answer)


def error_from(status: int, headers: Mapping[str, str], body: bytes) -> MonitorError:
    """The error a refused request stands for."""
    try:
        problem = decode(body, Problem)
    except msgspec.DecodeError:
        kind = {401: NotSignedIn, 403: Forbidden}.get(status, Unavailable)
        return kind(f"the answer had status {status} and gave no reason", hint="is this the address of a core?")
    retry = headers.get("retry-after", "")
    if retry.isdecimal():
        problem = msgspec.structs.replace(problem, retry_after=int(retry))
    return error_of(problem)


def error_of(problem: Problem) -> MonitorError:
    """The kernel's error of that code; an unknown code keeps its status and words."""
    message = problem.detail or problem.title or f"refused with status {problem.status}"
    if problem.code == Conflict.code:
        return Conflict(message, problem.errors, hint=problem.hint, current=problem.current)
    if problem.code == TooMany.code:
        return TooMany(message, problem.retry_after)
    if known := BY_CODE.get(problem.code):
        return _made(known, message, problem)
    error = MonitorError(message, problem.errors, hint=problem.hint)
    error.status, error.code, error.title = problem.status, problem.code, problem.title
    return error


def _made(known: type[MonitorError], message: str, problem: Problem) -> MonitorError:
    error = known(message, hint=problem.hint)
    error.fields = problem.errors
    return error
