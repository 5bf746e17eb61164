"""Match: lines looked through for a text or pattern, as they read: whole, without secrets and control sequences."""

import re
from collections import deque
from collections.abc import Iterator

from msgspec.structs import replace

from monitor.abilities.container.log_calls import APART, CONTEXT, LogBatch, Wanted
from monitor.abilities.docker.log_lines import LogLine
from monitor.kernel.errors import Invalid
from monitor.kernel.redact import Redactor

_LONGEST = 1024 * 1024
"""Bytes of a line that are put together; what is longer is looked through in pieces of this size."""
_CONTROL = re.compile(
    r"\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)"  # titles, clipboard, links
    r"|\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor
    r"|\x1b[ -/]*[0-~]"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f]"
)


def pattern_of(wanted: Wanted) -> re.Pattern[str]:
    """What is looked for; Invalid where it is no pattern."""
    source = wanted.pattern if wanted.regex else re.escape(wanted.pattern)
    try:
        return re.compile(source, 0 if wanted.match_case else re.IGNORECASE)
    except (re.error, RecursionError, OverflowError, ValueError) as wrong:
        raise Invalid.field("regex", f"is no pattern: {wrong}") from None


def readable(data: bytes) -> str:
    """A line as people read it."""
    text = data.decode("utf-8", "replace").rstrip("\r\n")
    return text if text.isprintable() else _CONTROL.sub("", text)


class Match:
    """One search: lines in, what was found out, with the lines around it and how far it came."""

    def __init__(self, wanted: Wanted) -> None:
        self.searched = 0
        self.found = 0
        self.reached = 0
        self._wanted = wanted
        self._pattern = pattern_of(wanted)
        self._redactor = Redactor(wanted.secrets)
        self._open: dict[int, list[LogLine]] = {}
        self._before: deque[tuple[int, LogLine]] = deque(maxlen=wanted.context)
        self._after = 0
        """Lines still to be shown behind the last that was found."""
        self._shown = 0
        """Number of the last line that was shown, counted from 1."""

    @property
    def done(self) -> bool:
        """Full, and what follows the last is shown."""
        return self.full and not self._after

    @property
    def full(self) -> bool:
        """As many were found as are wanted."""
        return self.found >= self._wanted.most

    def feed(self, lines: list[LogLine], seq: int) -> LogBatch:
        """The lines of these that belong to the answer."""
        return self._batch(self._redacted(self._whole(lines)), seq)

    def flush(self, seq: int) -> LogBatch:
        """The same of lines whose end has not come."""
        rest = [_join(parts) for parts in self._open.values()]
        self._open.clear()
        last = self._batch(self._redacted(rest), seq)
        return replace(last, stopped=f"{self.found:,} lines were found already") if self.full else last

    def _batch(self, lines: list[LogLine], seq: int) -> LogBatch:
        at: list[int] = []
        marks = bytearray()
        data: list[bytes] = []
        for line in [] if self._passes(lines) else lines:
            if self.done:
                break
            if not self._after and not self._is_found(line):
                # Nearly every line.
                self.searched += 1
                self._before.append((self.searched, line))
                continue
            for mark, shown in self._look(line):
                at.append(shown.at)
                marks.append(shown.stream | mark)
                data.append(shown.data)
        return LogBatch(
            seq=seq,
            at=tuple(at),
            marks=bytes(marks),
            data=tuple(data),
            searched=self.searched,
            found=self.found,
            reached=self.reached,
        )

    def _passes(self, lines: list[LogLine]) -> bool:
        """Whether none of these is what is looked for, seen at one look: most blocks have nothing of a plain text."""
        if self._wanted.regex or self._after or not lines:
            return False
        text = b"".join([line.data for line in lines]).decode("utf-8", "replace")
        if "\x1b" in text or self._pattern.search(text):
            return False
        first = self.searched + 1
        self.searched += len(lines)
        self.reached = lines[-1].at or self.reached
        if last := self._wanted.context:
            self._before.extend(list(enumerate(lines, first))[-last:])
        return True

    def _look(self, line: LogLine) -> Iterator[tuple[int, LogLine]]:
        self.searched += 1
        if self._is_found(line):
            self.found += 1
            for number, before in self._before:
                yield self._mark(number) | CONTEXT, before
            self._before.clear()
            self._after = self._wanted.context
            yield self._mark(self.searched), line
        elif self._after:
            self._after -= 1
            yield self._mark(self.searched) | CONTEXT, line
        else:
            self._before.append((self.searched, line))

    def _is_found(self, line: LogLine) -> bool:
        self.reached = line.at or self.reached
        return not self.full and self._pattern.search(readable(line.data)) is not None

    def _mark(self, number: int) -> int:
        apart = self._wanted.context and self._shown and number > self._shown + 1
        self._shown = number
        return APART if apart else 0

    def _whole(self, lines: list[LogLine]) -> list[LogLine]:
        """Lines with their ends; parts of long ones are put together."""
        whole: list[LogLine] = []
        for line in lines:
            parts = self._open.get(line.stream)
            if parts is None and line.data.endswith(b"\n"):
                whole.append(line)
                continue
            parts = self._open.setdefault(line.stream, [])
            parts.append(line)
            if line.data.endswith(b"\n") or sum(len(part.data) for part in parts) >= _LONGEST:
                whole.append(_join(self._open.pop(line.stream)))
        return whole

    def _redacted(self, lines: list[LogLine]) -> list[LogLine]:
        """Without secrets; most blocks have none, and are looked through as one."""
        if not self._wanted.secrets or self._clean(b"".join([line.data for line in lines])):
            return lines
        return [replace(line, data=self._redactor.feed(line.data) + self._redactor.flush()) for line in lines]

    def _clean(self, data: bytes) -> bool:
        redactor = self._redactor
        return redactor.feed(data) + redactor.flush() == data


def _join(parts: list[LogLine]) -> LogLine:
    return replace(parts[0], data=b"".join([part.data for part in parts]))
