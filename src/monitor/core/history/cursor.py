"""Cursor: which samples of a host core has, and where on core's own time they lie. Pure."""

from msgspec import Struct

from monitor.kernel.samples import GRID

_ASTRAY = 1.5
"""Steps a host's count may be away from core's clock before it is set anew; a message may come late by less."""
_IN_A_ROW = 3
"""Messages in a row that must say so: one that was held up says nothing of clocks."""


class Cursor(Struct, frozen=True, array_like=True):
    """Of one server: everything up to `seq` of the agent's life `boot` is here; its number n is step n + `offset`."""

    boot: str = ""
    seq: int = 0
    offset: int = 0
    astray: int = 0
    """Messages in a row by which the offset was wrong."""

    def met(self, boot: str, position: float, now: float) -> "Cursor":
        """After a message: the agent says which number is now, core knows the time.

        Times are core's, so that all servers share one axis, and whole steps, so that a sample that is sent twice lies
        where it lay; a clock that is set, on either side, moves only what is measured from then on.
        """
        offset = round(now / GRID - position)
        if boot != self.boot:
            return Cursor(boot, 0, offset)
        if abs(now / GRID - position - self.offset) <= _ASTRAY:
            return Cursor(boot, self.seq, self.offset)
        if self.astray + 1 < _IN_A_ROW:
            return Cursor(boot, self.seq, self.offset, self.astray + 1)
        return Cursor(boot, self.seq, offset)

    def time_of(self, seq: int) -> int:
        """Seconds since 1970 of a sample's step."""
        return (seq + self.offset) * GRID

    def moved(self, seq: int) -> "Cursor":
        """With this sample taken."""
        return Cursor(self.boot, max(self.seq, seq), self.offset, self.astray)
