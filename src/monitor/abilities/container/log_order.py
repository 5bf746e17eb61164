"""Order: a number for each line of a log, the same whenever it is read, so that who comes back goes on after it."""

from monitor.abilities.docker.log_lines import LogLine

_MILLISECOND = 1_000_000
_BITS = 12
"""Lines of one millisecond are counted; so many fit, and the number into what a browser can count to until 2039."""
DISORDER = 2000 * _MILLISECOND
"""Nanoseconds by which lines of stdout and stderr may stand in another order than that of their times, at most."""


class Order:
    """The numbers of lines read one after the other: the line's millisecond, then a count.

    A reading that begins in the middle of a millisecond counts it wrongly; so readings begin earlier than they show.
    """

    def __init__(self) -> None:
        self.last = 0

    def number(self, line: LogLine) -> int:
        """The next line's."""
        self.last = max(self.last + 1, line.at // _MILLISECOND << _BITS)
        return self.last

    def pass_by(self, lines: list[LogLine]) -> None:
        """Count lines whose own numbers nobody asks for."""
        last = self.last
        for line in lines:
            last = max(last + 1, line.at // _MILLISECOND << _BITS)
        self.last = last


def begin_before(seq: int) -> int:
    """Time, in nanoseconds, from which a reading numbers the line of this number and all after it right."""
    return (seq >> _BITS) * _MILLISECOND - DISORDER
