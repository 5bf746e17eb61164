"""Problem: an expected failure as application/problem+json (RFC 9457)."""

from typing import Any

import msgspec

from monitor.kernel.errors import Conflict, MonitorError, TooMany


def problem_of(failure: MonitorError) -> dict[str, Any]:
    """`detail` is for people, `code` for programs; `errors` names each wrong field; `hint` the way out."""
    problem: dict[str, Any] = {
        "type": f"urn:monitor:problem:{failure.code}",
        "title": failure.title,
        "status": failure.status,
        "detail": failure.message,
        "code": failure.code,
    }
    if failure.fields:
        problem["errors"] = [msgspec.to_builtins(f) for f in failure.fields]
    if failure.hint:
        problem["hint"] = failure.hint
    if isinstance(failure, Conflict) and failure.current is not None:
        problem["current"] = failure.current
    if isinstance(failure, TooMany):
        problem["retry_after"] = failure.retry_after
    return problem
