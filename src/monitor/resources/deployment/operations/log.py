"""Reading what the container wrote."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.operation import Needs, Query
from monitor.kernel.permission import Right
from monitor.kernel.stream import Stream, StreamKind


class LogLine(Struct, frozen=True, kw_only=True):
    """One line the container wrote; invalid UTF-8 shown as U+FFFD."""

    at: datetime | None
    stream: str
    text: str


class ReadLog(Query[tuple[LogLine, ...]], frozen=True, kw_only=True, tag="deployment.log"):
    """The last lines the container wrote."""

    needs: ClassVar[Needs] = Right.LOGS

    tail: Annotated[int, Meta(ge=1, le=10_000)] = 100


class FollowLog(Stream[LogLine], frozen=True, kw_only=True, tag="deployment.follow_log"):
    """The last lines and every new one, live; a line's `seq` is its time in microseconds."""

    kind: ClassVar[StreamKind] = StreamKind.LOG
    needs: ClassVar[Needs] = Right.LOGS

    tail: Annotated[int, Meta(ge=0, le=10_000)] = 100
