"""Log lines: what a container wrote, out of the daemon's frames, with the time each line came, in blocks."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from struct import Struct as Layout
from typing import NamedTuple

STDOUT, STDERR = 1, 2
_HEAD = Layout(">BxxxL")
"""Of each message without tty: the stream, and the length."""
_STAMP = 30
"""Characters of `2026-11-27T00:09:32.502253148Z`, which a blank follows."""
_PART = 16 * 1024
"""The daemon cuts longer lines into messages of this size; each gets a timestamp of its own."""
_STAMPED = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}\S{1,6} ")


class LogLine(NamedTuple):
    """One line with its end, or a part of a long one without."""

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
    at, most, line, unpack = 0, len(data), stamps.line, _HEAD.unpack_from
    while at + 8 <= most:
        stream, size = unpack(data, at)
        end = at + 8 + size
        if end > most:
            break
        lines.append(line(stream, data[at + 8 : end]))
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
        self._second = b""
        self._begun = 0

    def line(self, stream: int, message: bytes) -> LogLine:
        """A message as a line; one without a timestamp is all data."""
        stream = STDERR if stream == STDERR else STDOUT
        if message[_STAMP : _STAMP + 1] != b" ":
            return LogLine(0, stream, message)
        try:
            if message[:19] != self._second:
                self._begun = int(datetime.fromisoformat(message[:19].decode("ascii") + "+00:00").timestamp())
                self._second = message[:19]
            at = self._begun * 1_000_000_000 + int(message[20:29])
        except ValueError:
            return LogLine(0, stream, message)
        return LogLine(at, stream, message[_STAMP + 1 :])
