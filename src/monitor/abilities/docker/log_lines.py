"""Log lines: what a container wrote, out of the daemon's frames, with the time each line came, in blocks."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from struct import Struct as Layout

from msgspec import Struct

STDOUT, STDERR = 1, 2
_HEAD = Layout(">BxxxL")
"""Of each message without tty: the stream, and the length."""
_BLANK = ord(" ")
_STAMP = 30
"""Characters of `2026-11-27T00:09:32.502253148Z`, which a blank follows."""
_PART = 16 * 1024
"""The daemon cuts longer lines into messages of this size; each gets a timestamp of its own."""
_STAMPED = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}\S{1,6} ")


class LogLine(Struct, frozen=True, gc=False):
    """One line with its end, or a part of a long one without; made a hundred thousand times a second."""

    at: int
    """Nanoseconds since 1970; 0 where the daemon did not say."""
    stream: int
    data: bytes


async def read_lines(pieces: AsyncIterator[bytes], *, tty: bool) -> AsyncIterator[list[LogLine]]:
    """As many as have come at a time; `tty` as in the container's config: the daemon packs both differently."""
    stamps = _Stamps()
    held = b""
    take = _raw if tty else _framed
    async for piece in pieces:
        data = held + piece if held else piece
        lines, rest = take(data, stamps)
        held = data[rest:]
        if lines:
            yield lines
    if held and tty:
        yield [stamps.line(STDOUT, held)]


def _framed(data: bytes, stamps: "_Stamps") -> tuple[list[LogLine], int]:
    """Whole messages, and where the first begins that is not."""
    lines: list[LogLine] = []
    at, most, unpack = 0, len(data), _HEAD.unpack_from
    second, begun = stamps.second, stamps.begun
    while at + 8 <= most:
        stream, size = unpack(data, at)
        start, end = at + 8, at + 8 + size
        if end > most:
            break
        # Those of the same second, nearly all, are read right here.
        if size > _STAMP and data.startswith(second, start) and data[start + _STAMP] == _BLANK:
            fraction = data[start + 20 : start + 29]
            if fraction.isdigit() and stream in (STDOUT, STDERR):
                lines.append(LogLine(begun + int(fraction), stream, data[start + _STAMP + 1 : end]))
                at = end
                continue
        lines.append(stamps.line(stream, data[start:end]))
        second, begun = stamps.second, stamps.begun
        at = end
    return lines, at


def _raw(data: bytes, stamps: "_Stamps") -> tuple[list[LogLine], int]:
    """Lines of a terminal; a full part is known by what follows it: the next part's timestamp."""
    lines: list[LogLine] = []
    at, most = 0, len(data)
    while at < most:
        stamp = _STAMPED.match(data, at)
        part = (stamp.end() if stamp else at) + _PART
        newline = data.find(b"\n", at, part + 1)
        if newline < 0 and most < part + 64:
            break
        end = newline + 1 if newline >= 0 else part
        lines.append(stamps.line(STDOUT, data[at:end]))
        at = end
    return lines, at


class _Stamps:
    """Timestamps read; those of the same second are worked out once."""

    def __init__(self) -> None:
        self.second = b"-"
        """The last one read, as it is written: no timestamp begins so before that."""
        self.begun = 0
        """The same in nanoseconds."""

    def line(self, stream: int, message: bytes) -> LogLine:
        """A message as a line; one without a timestamp is all data."""
        stream = STDERR if stream == STDERR else STDOUT
        if message[_STAMP : _STAMP + 1] != b" ":
            return LogLine(0, stream, message)
        try:
            if message[:19] != self.second:
                begun = datetime.fromisoformat(message[:19].decode("ascii") + "+00:00")
                self.begun = int(begun.timestamp()) * 1_000_000_000
                self.second = message[:19]
            at = self.begun + int(message[20:29])
        except ValueError:
            return LogLine(0, stream, message)
        return LogLine(at, stream, message[_STAMP + 1 :])
