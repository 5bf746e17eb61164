"""Container log: what may be asked of what a container writes, and how it is shown, whoever's container it is."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Generic, TypeVar

from msgspec import Meta, Struct

from monitor.kernel.marks import shown, text_form
from monitor.kernel.operation import Needs, Query
from monitor.kernel.permission import Right
from monitor.kernel.stream import Stream, StreamKind
from monitor.kernel.times import EXAMPLE, parse_time

R = TypeVar("R")


def parse_tail(text: str) -> int:
    """A number of lines, or `all`."""
    if text == "all":
        return -1
    if not text.isdecimal():
        raise ValueError(f"{text[:20]!r} is no number of lines: write 100, or all")
    return int(text)


class LogStreams(StrEnum):
    """Which of the two a program writes to."""

    BOTH = "both"
    STDOUT = "stdout"
    STDERR = "stderr"


Tail = Annotated[
    Annotated[int, Meta(ge=-1, le=100_000)] | None,
    shown("Last lines", "Only the last lines, or all (-1)"),
    text_form(parse_tail, "100 or all"),
]
Since = Annotated[
    Annotated[datetime, Meta(tz=True)] | None,
    shown("Since", "Only what was written since then"),
    text_form(parse_time, EXAMPLE),
]
Until = Annotated[
    Annotated[datetime, Meta(tz=True)] | None,
    shown("Until", "Only what was written until then"),
    text_form(parse_time, EXAMPLE),
]
Streams = Annotated[LogStreams, shown("Stream", "stdout, stderr or both")]
Search = Annotated[str, Meta(max_length=1000), shown("Search", "Only lines with this text, looked for on the server")]
Regex = Annotated[str, Meta(max_length=1000), shown("Pattern", "Only lines this regular expression (Python's) fits")]
MatchCase = Annotated[bool, shown("Match case", "Tell small letters from capital ones in a search")]
Around = Annotated[
    int, Meta(ge=0, le=50), shown("Lines around", "So many lines before and after each that a search finds")
]


class LogLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line a container wrote, without its end; secrets in it are blacked out."""

    at: datetime | None = None
    stream: str
    """stdout or stderr; note: Monitor's own words about the container."""
    text: str
    """What is no UTF-8 in it as U+FFFD."""
    raw: bytes | None = None
    """Its bytes, where they are not all UTF-8."""
    more: bool = False
    """The line goes on in the next entry of its stream."""
    near: bool = False
    """Not what was searched for, but near it."""
    apart: bool = False
    """Lines between the one before and this are left out."""


class LogBlock(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Lines that came together, and of a search how far it is."""

    lines: tuple[LogLine, ...] = ()
    searched: int = 0
    """Lines looked at so far,"""
    found: int = 0
    """how many of them are what was searched for,"""
    reached: datetime | None = None
    """and when the last of them was written."""
    stopped: str = ""
    """Why the search ended before the log did: nothing after `reached` was looked at."""
    cut: bool = False
    """Older lines were left out, since one answer does not hold more."""


class LogQuery(Query[R], Generic[R], frozen=True, kw_only=True, omit_defaults=True):
    """What the container wrote so far. Without any bound or search: the last 100 lines."""

    needs: ClassVar[Needs] = Right.LOGS

    tail: Tail = None
    since: Since = None
    until: Until = None
    stream: Streams = LogStreams.BOTH
    search: Search = ""
    regex: Regex = ""
    match_case: MatchCase = False
    context: Around = 0


class LogFileQuery(LogQuery[R], Generic[R], frozen=True, kw_only=True, omit_defaults=True):
    """The same as a file; without any bound all of it."""

    timestamps: Annotated[bool, shown("Times", "Begin each line with the time it was written")] = False


class LogTopic(Stream[LogBlock], frozen=True, kw_only=True):
    """What the container wrote, and what it writes, live. `seq` of an item is that of its last line."""

    kind: ClassVar[StreamKind] = StreamKind.LOG
    needs: ClassVar[Needs] = Right.LOGS

    tail: Tail = None
    since: Since = None
    until: Until = None
    stream: Streams = LogStreams.BOTH
    search: Search = ""
    regex: Regex = ""
    match_case: MatchCase = False
    context: Around = 0
    follow: bool = True
    """False: end with what is written now."""
