"""Pieces of output put together to lines, each under the step it belongs to."""

from collections.abc import Iterator

from monitor.features.activity.spec import OutputLine


class Lines:
    """What has come of lines that are not complete yet; a carriage return starts the line anew, as on a terminal."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], str] = {}

    def add(self, piece: OutputLine) -> Iterator[tuple[str, str]]:
        """(step, line) of each line the piece completes."""
        key = (piece.step, piece.stream)
        *whole, rest = (self._open.pop(key, "") + piece.text).split("\n")
        if piece.stream == "note" and rest:
            whole, rest = [*whole, rest], ""
        if rest:
            self._open[key] = rest
        yield from ((piece.step, _last(line)) for line in whole)

    def rest(self) -> Iterator[tuple[str, str]]:
        """What never got its line end."""
        yield from ((step, _last(line)) for (step, _), line in self._open.items())
        self._open.clear()


def _last(line: str) -> str:
    return line.rstrip("\r").rpartition("\r")[2]
