"""Log task: what an agent and the process that searches for it say to each other."""

from struct import Struct as Layout

from msgspec import Struct

from monitor.abilities.container.log_calls import ReadLog

FRAME = Layout(">L")
"""Length of the frame that follows: a LogBatch, or a Failure as JSON, which is the last."""
STALL = 5
"""Seconds a pattern may take over one block of lines."""


class Task(Struct, frozen=True):
    """What to search, in which daemon."""

    socket: str
    feed: ReadLog
