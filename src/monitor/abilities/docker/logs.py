"""Logs: asking the daemon for what a container wrote."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

from monitor.abilities.docker.connection import Connection
from monitor.abilities.docker.log_lines import LogLine, read_lines
from monitor.abilities.docker.names import container_segment
from monitor.kernel.errors import HostError

_BEGIN = 120.0
"""Seconds until its first answer: a daemon reads past all that is older than `since` before it says anything."""


@asynccontextmanager
async def open_log(
    docker: Connection,
    container: str,
    *,
    tty: bool,
    tail: int | None = None,
    follow: bool = False,
    since: int = 0,
    until: int = 0,
) -> AsyncGenerator[AsyncIterator[list[LogLine]]]:
    """Lines in the order in which the daemon got them, blocks of those that have come.

    The last `tail` (None: all) and of those what lies between `since` and `until`, nanoseconds since 1970 (0: no
    bound), both included. HostError where the log driver cannot be read.
    """
    query = {"stdout": "1", "stderr": "1", "timestamps": "1", "follow": "1" if follow else "0"}
    query["tail"] = "all" if tail is None else str(tail)
    if since:
        query["since"] = _seconds(since)
    if until:
        query["until"] = _seconds(until)
    path = f"/containers/{container_segment(container)}/logs"
    try:
        async with docker.stream("GET", path, query, limit=_BEGIN) as answer:
            yield read_lines(answer.chunks(), tty=tty)
    except HostError as failure:
        if "does not support reading" in failure.message:
            raise HostError(
                "this container's log cannot be read: its log driver only sends it away",
                hint="choose the log driver json-file, local or journald, and deploy",
            ) from None
        raise


def _seconds(nanoseconds: int) -> str:
    return f"{nanoseconds // 1_000_000_000}.{nanoseconds % 1_000_000_000:09}"
