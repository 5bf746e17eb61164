"""Past: what a container has written so far: all of it, the last lines, or what follows a line somebody knows."""

from collections import deque
from collections.abc import AsyncIterator

from monitor.abilities.container.log_calls import ReadLog
from monitor.abilities.container.log_order import Order, begin_before
from monitor.abilities.docker.connection import Connection
from monitor.abilities.docker.described import Described
from monitor.abilities.docker.log_lines import LogLine
from monitor.abilities.docker.logs import open_log

SPARE = 1000
"""Lines read before those that are shown, so that they are numbered right."""
_FURTHER = 20
"""What is filtered may stand further back: so many times as far is looked before all is read."""
_AWAY = (2000, 40_000)
"""Lines somebody who comes back has probably missed at most."""
_BLOCK = 1000
_HELD = 16 * 1024 * 1024
"""Bytes of last lines that are held; of very long lines fewer are shown."""


class _End:
    """The last lines of those that pass by, with their numbers; of very long ones fewer."""

    def __init__(self, count: int) -> None:
        self.kept: deque[tuple[LogLine, int]] = deque()
        self.read = 0
        self.first = 0
        """Time of the first line that passed by."""
        self._count = count
        self._size = 0

    @property
    def full(self) -> bool:
        """As many as were asked for, or as can be held."""
        return len(self.kept) >= self._count or self._size > _HELD // 2

    def take(self, lines: list[LogLine], numbers: list[int], wanted: list[LogLine]) -> None:
        """Some more lines, and which of them count."""
        self.first = self.first or lines[0].at
        self.read += len(lines)
        pairs = zip(lines, numbers, strict=True)
        if len(wanted) < len(lines):
            chosen = set(map(id, wanted))
            pairs = (pair for pair in pairs if id(pair[0]) in chosen)
        for line, number in pairs:
            self._size += len(line.data)
            self.kept.append((line, number))
            while self.kept and (len(self.kept) > self._count or self._size > _HELD):
                self._size -= len(self.kept.popleft()[0].data)


class Past:
    """One reading of one container's log up to now."""

    def __init__(self, docker: Connection, seen: Described, asked: ReadLog) -> None:
        self.order = Order()
        self.last: LogLine | None = None
        """The last line the daemon has, shown or not."""
        self._docker = docker
        self._seen = seen
        self._asked = asked

    async def read(self) -> AsyncIterator[tuple[list[LogLine], int]]:
        """The lines that are wanted, some at a time, with the number to go on after."""
        asked = self._asked
        if asked.after:
            reading = self._follow_up()
        elif asked.tail is not None:
            reading = self._tail(asked.tail)
        else:
            reading = self._all(asked.since)
        async for block in reading:
            yield block

    def wanted(self, lines: list[LogLine]) -> list[LogLine]:
        """Those of the streams and the time that were asked for."""
        asked = self._asked
        if asked.streams != 3:
            lines = [line for line in lines if line.stream & asked.streams]
        if asked.since or asked.until:
            lines = [line for line in lines if line.at >= asked.since and (not asked.until or line.at <= asked.until)]
        return lines

    async def _all(self, since: int) -> AsyncIterator[tuple[list[LogLine], int]]:
        async for lines in self._ask(None, since):
            self.order.pass_by(lines)
            if shown := self.wanted(lines):
                yield shown, self.order.last

    async def _tail(self, count: int) -> AsyncIterator[tuple[list[LogLine], int]]:
        """The last `count` of what is wanted: looked for at the end, then further back, then everywhere."""
        for most in (count + SPARE, count * _FURTHER + SPARE, None):
            self.order, end = Order(), _End(count)
            async for lines in self._ask(most, self._asked.since if most is None else 0):
                numbers = [self.order.number(line) for line in lines]
                end.take(lines, numbers, self.wanted(lines))
            if end.full or most is None or end.read < most or end.first < self._asked.since:
                break
        kept = list(end.kept)
        for start in range(0, len(kept), _BLOCK):
            block = kept[start : start + _BLOCK]
            yield [line for line, _ in block], block[-1][1]

    async def _follow_up(self) -> AsyncIterator[tuple[list[LogLine], int]]:
        """What follows a known line: near the end if it can be, since a daemon finds a time only from the beginning."""
        start = begin_before(self._asked.after)
        for most in _AWAY:
            blocks = [lines async for lines in self._ask(most, 0)]
            if sum(map(len, blocks)) < most or blocks[0][0].at < start:
                for lines in blocks:
                    if shown := self._newer(lines):
                        yield shown, self.order.last
                return
        async for lines in self._ask(None, max(start, 0)):
            if shown := self._newer(lines):
                yield shown, self.order.last

    def _newer(self, lines: list[LogLine]) -> list[LogLine]:
        after, number = self._asked.after, self.order.number
        return self.wanted([line for line in lines if number(line) > after])

    async def _ask(self, tail: int | None, since: int) -> AsyncIterator[list[LogLine]]:
        until = self._asked.until if tail is None else 0
        log = open_log(self._docker, self._seen.id, tty=self._seen.config.tty, tail=tail, since=since, until=until)
        async with log as blocks:
            async for lines in blocks:
                self.last = lines[-1]
                yield lines
