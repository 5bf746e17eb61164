"""Event: what the daemon says of one thing that happened to a container, from GET /events."""

from datetime import UTC, datetime
from typing import Any


def moment_of(event: dict[str, Any]) -> datetime:
    """When it happened."""
    return datetime.fromtimestamp(event.get("timeNano", 0) / 1e9, UTC)


def exit_code_of(event: dict[str, Any]) -> int | None:
    """Of a `die`; None where it says none."""
    code = str(event["Actor"].get("Attributes", {}).get("exitCode", ""))
    return int(code) if code.isdecimal() else None
