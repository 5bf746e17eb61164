"""Container log: reading, following and downloading the log of one container, for every type that has one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from monitor.abilities.container.log_calls import STDERR, STDOUT, ReadLog, Wanted
from monitor.kernel.clock import deadline
from monitor.kernel.container_log import LogBlock, LogFileQuery, LogLine, LogQuery, LogStreams, LogTopic
from monitor.kernel.context import Context
from monitor.kernel.download import Download
from monitor.kernel.errors import HostError, Invalid, Unavailable
from monitor.kernel.stream import Item
from monitor.resources.log_text import Clean, Lines, Text, cleaned

_READ_WITHIN = 75.0
"""Seconds: a search takes up to 60 of them."""
_MOST_LINES = 10_000
_MOST_TEXT = 8 * 1024 * 1024
"""Characters of a log that one answer holds."""
_MOST_FOUND = 1_000_000
_USUAL = 100
_EPOCH = datetime.fromtimestamp(0, UTC)
_RETRY = (0.5, 1.0, 2.0, 5.0)
"""Seconds between tries to go on with a log whose host does not answer."""
_STREAMS = {LogStreams.BOTH: STDOUT | STDERR, LogStreams.STDOUT: STDOUT, LogStreams.STDERR: STDERR}

Asked = LogQuery[LogBlock] | LogFileQuery[Download] | LogTopic


class Source(NamedTuple):
    """Whose log."""

    server: str
    container: str
    """Its name or id."""
    deployment: str = ""
    """If not empty, only a container that carries this deployment's label."""
    secrets: tuple[str, ...] = ()
    """Blacked out wherever they stand."""


async def read(ctx: Context, source: Source, op: LogQuery[LogBlock]) -> LogBlock:
    """The lines asked for; of too many only as many of the last as core can hold at once."""
    tail = _tail(op, _USUAL)
    if tail is None and not _searches(op):
        tail = _MOST_LINES + 1
    feed = _feed(source, op, tail=tail)
    kept = _Kept()
    try:
        async with deadline(ctx.clock, _READ_WITHIN):
            async for _, block in _blocks(ctx, source, feed):
                kept.take(block)
    except TimeoutError:
        raise Unavailable(
            f"the server did not come to the end of the log within {_READ_WITHIN:g} s",
            hint="ask for less of it, or download it",
        ) from None
    return kept.answer()


async def follow(ctx: Context, source: Source, topic: LogTopic) -> AsyncIterator[Item[LogBlock]]:
    """What was written and every new line; goes on by itself where the host was away meanwhile."""
    most = _MOST_FOUND if topic.follow else _MOST_LINES
    feed = _feed(source, topic, tail=_tail(topic, _USUAL), follow=topic.follow, most=most)
    after, failures, begun = topic.after, 0, False
    while True:
        try:
            async for seq, block in _blocks(ctx, source, replace(feed, after=after)):
                after, failures, begun = max(after, seq), 0, True
                yield Item(seq=after, data=block)
            return
        except Unavailable as away:
            if not begun:
                raise
            if not failures:
                yield Item(seq=after, data=_note(f"{away.message}; what was written meanwhile comes when it is back"))
        await ctx.clock.sleep(_RETRY[min(failures, len(_RETRY) - 1)])
        failures += 1


def download(ctx: Context, source: Source, op: LogFileQuery[Download], name: str) -> Download:
    """All that was asked for, as it comes."""
    feed = _feed(source, op, tail=_tail(op, None), most=_MOST_FOUND)
    return Download(f"{name}.log", _file(ctx, source, feed, op.timestamps))


async def _file(ctx: Context, source: Source, feed: ReadLog, timestamps: bool) -> AsyncIterator[bytes]:
    text = Text(timestamps=timestamps)
    clean = await Clean.of(source.secrets)
    async with ctx.host(source.server).stream(feed) as batches:
        async for pieces, batch in cleaned(batches, clean):
            if data := text.of(pieces):
                yield data
            if batch.stopped:
                raise HostError(f"the search ended before the log did: {batch.stopped}")


async def _blocks(ctx: Context, source: Source, feed: ReadLog) -> AsyncIterator[tuple[int, LogBlock]]:
    lines, clean = Lines(), await Clean.of(source.secrets)
    async with ctx.host(source.server).stream(feed) as batches:
        async for pieces, batch in cleaned(batches, clean):
            yield batch.seq, lines.block(pieces, batch)


class _Kept:
    """The last lines of an answer that is not to grow too large."""

    def __init__(self) -> None:
        self._lines: list[LogLine] = []
        self._size = 0
        self._cut = False
        self._last = LogBlock()

    def take(self, block: LogBlock) -> None:
        self._last = block if block.searched or block.stopped else self._last
        self._lines += block.lines
        self._size += sum(len(line.text) for line in block.lines)
        gone = 0
        while len(self._lines) - gone > 1 and (len(self._lines) - gone > _MOST_LINES or self._size > _MOST_TEXT):
            self._size -= len(self._lines[gone].text)
            gone += 1
        if gone:
            del self._lines[:gone]
            self._cut = True

    def answer(self) -> LogBlock:
        last = self._last
        return LogBlock(
            lines=tuple(self._lines),
            searched=last.searched,
            found=last.found,
            reached=last.reached,
            stopped=last.stopped,
            cut=self._cut,
        )


def _feed(
    source: Source,
    asked: Asked,
    *,
    tail: int | None,
    follow: bool = False,
    most: int = _MOST_LINES,
) -> ReadLog:
    """What the host is asked; Invalid where the question contradicts itself."""
    if asked.search and asked.regex:
        raise Invalid.field("regex", "give either a text or a pattern to search for, not both")
    if asked.since and asked.until and asked.until < asked.since:
        raise Invalid.field("until", f"lies before since ({asked.since.isoformat()})")
    return ReadLog(
        name=source.container,
        deployment=source.deployment,
        tail=tail,
        since=_nanoseconds(asked.since),
        until=_nanoseconds(asked.until),
        streams=_STREAMS[asked.stream],
        follow=follow,
        wanted=_wanted(asked, most, source.secrets) if _searches(asked) else None,
    )


def _wanted(asked: Asked, most: int, secrets: tuple[str, ...]) -> Wanted:
    return Wanted(
        pattern=asked.search or asked.regex,
        regex=not asked.search,
        match_case=asked.match_case,
        context=asked.context,
        most=most,
        secrets=secrets,
    )


def _searches(asked: Asked) -> bool:
    return bool(asked.search or asked.regex)


def _tail(asked: Asked, usual: int | None) -> int | None:
    """How many of the last lines; None: all."""
    if asked.tail is None:
        return None if asked.since or _searches(asked) else usual
    return None if asked.tail < 0 else asked.tail


def _note(text: str) -> LogBlock:
    return LogBlock(lines=(LogLine(stream="note", text=text),))


def _nanoseconds(at: datetime | None) -> int:
    return max(0, round((at - _EPOCH) / timedelta(microseconds=1)) * 1000) if at else 0
