"""Messages about what containers write."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.abilities.container.calls import ContainerName
from monitor.kernel.call import Feed

STDOUT, STDERR = 1, 2
CONTEXT = 4
"""Not found itself, but near what was."""
APART = 8
"""Lines between the one before and this are left out."""


class LogBatch(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Lines that came together, in the order in which the daemon got them: one entry of each list for each line."""

    seq: int = 0
    """Of the last line; a reader who comes back gives it as `after`."""
    at: tuple[int, ...] = ()
    """Nanoseconds since 1970; 0 where the daemon did not say."""
    marks: bytes = b""
    """STDOUT or STDERR, with CONTEXT and APART."""
    data: tuple[bytes, ...] = ()
    """A line with its end, or 16 KiB of a longer one: then the line's end is in a later entry of its stream."""
    note: str = ""
    """What happened to the container at this point, in Monitor's words."""
    searched: int = 0
    """Of a search: lines looked at so far,"""
    found: int = 0
    """how many of them are what was looked for,"""
    reached: int = 0
    """and the time of the last of them."""
    stopped: str = ""
    """Why a search ended before the log did; what follows `reached` was not looked at."""


class Wanted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is looked for in each line as it reads without secrets and control sequences."""

    pattern: Annotated[str, Meta(min_length=1, max_length=1000)]
    regex: bool = False
    match_case: bool = False
    context: Annotated[int, Meta(ge=0, le=50)] = 0
    """Lines shown before and after each that was found."""
    most: Annotated[int, Meta(ge=1, le=1_000_000)] = 10_000
    """So many found lines end it."""
    secrets: tuple[str, ...] = ()
    """Blacked out before anything is looked for: who may only read a log cannot guess them by searching."""


class ReadLog(Feed[LogBatch], frozen=True, kw_only=True, omit_defaults=True, tag="container.read_log"):
    """What the container wrote and, if `follow`, what it writes until it is removed, through stops and starts.

    A search without `follow` ends within 60 s; its last batch says how far it came.
    """

    name: ContainerName
    deployment: str = ""
    """NotFound unless the container carries this deployment's label; empty: do not look."""
    after: int = 0
    """Only what follows the line of this `seq`; then `tail` means nothing."""
    tail: Annotated[int, Meta(ge=0, le=100_000)] | None = None
    """Only the last lines of what is asked for; None: all."""
    since: int = 0
    """Nanoseconds since 1970; 0: from the beginning."""
    until: int = 0
    streams: Annotated[int, Meta(ge=1, le=3)] = STDOUT | STDERR
    follow: bool = False
    wanted: Wanted | None = None
