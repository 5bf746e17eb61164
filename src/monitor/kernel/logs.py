"""Structured logs on the standard library: a line for people or a JSON object a line, with what it is about."""

import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import IO

from monitor.kernel.wire import encode

activity_id: ContextVar[str] = ContextVar("activity_id", default="")
"""The activity (or job) that what is logged belongs to."""
server_name: ContextVar[str] = ContextVar("server_name", default="")
"""The server it is about."""


class LogFormat(StrEnum):
    """How log lines look."""

    CONSOLE = "console"
    JSON = "json"


def set_up_logs(level: str = "info", format: LogFormat = LogFormat.CONSOLE, out: IO[str] = sys.stderr) -> None:
    """Send every logger's records to `out`; called once, by the process's entry point."""
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines() if format is LogFormat.JSON else ConsoleLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # Every request as a line each says nothing the activity does not.
    for name in ("uvicorn.access", "uvicorn.error", "websockets", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel("WARNING")


class JsonLines(logging.Formatter):
    """One JSON object a line; a newline in a message cannot forge a second record."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_about(),
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return encode(fields).decode()


class ConsoleLines(logging.Formatter):
    """`12:00:00 INFO core.app: listening (activity …)`; control characters are shown escaped."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        about = ", ".join(f"{key} {value}" for key, value in _about().items())
        message = _visible(record.getMessage()) + (f" ({about})" if about else "")
        line = f"{at} {record.levelname} {record.name.removeprefix('monitor.')}: {message}"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


def _about() -> dict[str, str]:
    given = {"activity": activity_id.get(), "server": server_name.get()}
    return {key: value for key, value in given.items() if value}


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
