"""Kept: the end of what a terminal wrote, by place, with a bound on how far it may run ahead of its reader."""

from collections import deque

from monitor.abilities.terminal.calls import WINDOW, Written

_TOGETHER = 4096


class Kept:
    """Output in order. What nobody has seen yet is always kept; beside that the last WINDOW bytes."""

    def __init__(self) -> None:
        self.end = 0
        """Bytes written so far."""
        self._seen = 0
        self._pieces: deque[Written] = deque()

    @property
    def first(self) -> int:
        """Place of the first byte that is kept."""
        return self._pieces[0].at if self._pieces else self.end

    @property
    def full(self) -> bool:
        """Whether the reader must take something before more is taken from the process."""
        return self.end - self._seen >= WINDOW

    def add(self, stream: int, data: bytes) -> None:
        """More was written."""
        last = self._pieces[-1] if self._pieces else None
        # Echoed keys come one by one: they are kept together, or there would be very many.
        if last is not None and last.stream == stream and len(last.data) + len(data) <= _TOGETHER:
            self._pieces[-1] = Written(last.at, stream, last.data + data)
        else:
            self._pieces.append(Written(self.end, stream, data))
        self.end += len(data)
        self._trim()

    def seen(self, upto: int) -> None:
        """The reader has so many bytes; one who begins again has fewer."""
        self._seen = min(max(upto, self.first), self.end)
        self._trim()

    def after(self, place: int) -> Written | None:
        """What follows a place, as far as it is one piece; None when nothing does yet."""
        # The reader is nearly always at the end.
        found: Written | None = None
        for piece in reversed(self._pieces):
            if piece.at + len(piece.data) <= place:
                break
            found = piece
        if found is None:
            return None
        skip = max(0, place - found.at)
        return Written(found.at + skip, found.stream, found.data[skip:]) if skip else found

    def _trim(self) -> None:
        while self._pieces:
            behind = self._pieces[0].at + len(self._pieces[0].data)
            if behind > self._seen or self.end - behind < WINDOW:
                return
            self._pieces.popleft()
