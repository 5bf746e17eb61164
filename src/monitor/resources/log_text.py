"""Log text: what a host sends of a log, without secrets, as lines for people or as the bytes of a file."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from monitor.abilities.container.log_calls import APART, CONTEXT, STDERR, STDOUT, LogBatch
from monitor.kernel.container_log import LogBlock, LogLine
from monitor.kernel.redact import Redactor

_HELD = 3
"""Bytes a letter of UTF-8 may still lack at the end of a part."""
_NAMES = {STDOUT: "stdout", STDERR: "stderr"}


class Piece(Struct, frozen=True, gc=False):
    """A line, or a part of a long one, that holds no secret."""

    at: int
    mark: int
    data: bytes


class Clean:
    """The log of one reader: no secret leaves it, not even one that two parts of a line share."""

    def __init__(self, fresh: Redactor, *, any: bool) -> None:
        self._fresh = fresh
        self._any = any
        self._open: dict[int, Redactor] = {}
        """Of streams whose line has not ended."""
        self._rest: dict[int, Piece] = {}

    @classmethod
    async def of(cls, secrets: tuple[str, ...]) -> Self:
        """For a log in which these may stand; large ones take their time."""
        fresh = await asyncio.to_thread(Redactor, secrets) if secrets else Redactor(())
        return cls(fresh, any=bool(secrets))

    def feed(self, batch: LogBatch) -> list[Piece]:
        """What can be shown of it."""
        pieces = list(map(Piece, batch.at, batch.marks, batch.data))
        if not self._any or self._is_clean(batch):
            return pieces
        return [shown for piece in pieces if (shown := self._redact(piece)) is not None]

    def flush(self) -> list[Piece]:
        """What was held back, once nothing more comes."""
        rest = [replace(piece, data=self._open[stream].flush()) for stream, piece in self._rest.items()]
        self._open.clear()
        self._rest.clear()
        return [piece for piece in rest if piece.data]

    def _is_clean(self, batch: LogBatch) -> bool:
        """Whether it can be passed on as it is: whole lines, and no secret in all of them together."""
        if self._open or not all(map(_ends, batch.data)):
            return False
        data = b"".join(batch.data)
        redactor = self._fresh.another()
        return redactor.feed(data) + redactor.flush() == data

    def _redact(self, piece: Piece) -> Piece | None:
        stream = piece.mark & 3
        redactor = self._open.setdefault(stream, self._fresh.another())
        data = redactor.feed(piece.data)
        if _ends(piece.data):
            data += self._open.pop(stream).flush()
            self._rest.pop(stream, None)
        else:
            self._rest[stream] = piece
        return replace(piece, data=data) if data else None


class Lines:
    """The lines of one reader; letters that two parts of a line share are put together."""

    def __init__(self) -> None:
        self._held: dict[int, bytes] = {}

    def block(self, pieces: list[Piece], batch: LogBatch) -> LogBlock:
        """The pieces of a batch, with what it says beside them."""
        lines = tuple([self._line(piece) for piece in pieces])
        if batch.note:
            lines += (LogLine(stream="note", text=batch.note),)
        if not batch.searched and not batch.stopped:
            return LogBlock(lines=lines)
        return LogBlock(
            lines=lines,
            searched=batch.searched,
            found=batch.found,
            reached=_moment(batch.reached) if batch.reached else None,
            stopped=batch.stopped,
        )

    def _line(self, piece: Piece) -> LogLine:
        """Nearly every line is whole and plain, and there may be a hundred thousand of them a second."""
        at, mark, data = piece.at, piece.mark, piece.data
        if mark not in _NAMES or self._held or not data.endswith(b"\n"):
            return self._odd(piece)
        try:
            text = str(data[:-1], "utf-8")
        except UnicodeDecodeError:
            return self._odd(piece)
        return LogLine(at=_moment(at) if at else None, stream=_NAMES[mark], text=text)

    def _odd(self, piece: Piece) -> LogLine:
        """A part of a line, one a search marked, or one that is no UTF-8."""
        mark, data = piece.mark, piece.data
        stream = mark & 3
        if stream in self._held:
            data = self._held.pop(stream) + data
        more = not _ends(data)
        raw = None
        try:
            text = data.decode()
        except UnicodeDecodeError as wrong:
            if more and wrong.reason == "unexpected end of data" and len(data) - wrong.start <= _HELD:
                self._held[stream], data = data[wrong.start :], data[: wrong.start]
                text = data.decode()
            else:
                text, raw = data.decode("utf-8", "replace"), data if more else data[:-1]
        return LogLine(
            at=_moment(piece.at) if piece.at else None,
            stream=_NAMES.get(stream, "stdout"),
            text=text if more else text[:-1],
            raw=raw,
            more=more,
            near=bool(mark & CONTEXT),
            apart=bool(mark & APART),
        )


class Text:
    """The bytes of one file."""

    def __init__(self, *, timestamps: bool) -> None:
        self._timestamps = timestamps
        self._open: set[int] = set()

    def of(self, pieces: list[Piece]) -> bytes:
        """The next pieces; where a search left lines out, a line of two dashes as grep has it."""
        return b"".join(self._bytes(pieces))

    def _bytes(self, pieces: list[Piece]) -> Iterator[bytes]:
        for piece in pieces:
            mark, data = piece.mark, piece.data
            stream = mark & 3
            if mark & APART:
                yield b"--\n"
            if self._timestamps and stream not in self._open:
                yield _stamp(piece.at)
            (self._open.discard if _ends(data) else self._open.add)(stream)
            yield data


async def cleaned(batches: AsyncIterator[LogBatch], clean: Clean) -> AsyncIterator[tuple[list[Piece], LogBatch]]:
    """Each batch's pieces without secrets, beside it; at the end what was held back."""
    last = LogBatch()
    async for last in batches:
        yield clean.feed(last), last
    if rest := clean.flush():
        yield rest, LogBatch(seq=last.seq)


def _ends(data: bytes) -> bool:
    return data.endswith(b"\n")


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at // 1000 / 1_000_000, UTC)


def _stamp(at: int) -> bytes:
    """RFC 3339, to the nanosecond, as `docker logs -t` has it."""
    if not at:
        return b""
    return f"{datetime.fromtimestamp(at // 1_000_000_000, UTC):%Y-%m-%dT%H:%M:%S}.{at % 1_000_000_000:09}Z ".encode()
