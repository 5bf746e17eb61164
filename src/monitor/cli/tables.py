"""Tables for a terminal: as wide as it is; what is a sentence is wrapped, or put below its row, and never cut off."""

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

COLOURS = {
    "green": {"running", "up", "succeeded", "healthy"},
    "red": {"failed", "dead", "down", "exited", "unhealthy", "interrupted", "critical"},
    "yellow": {"restarting", "queued", "cancelled", "paused", "unknown", "waiting", "starting", "created", "warning"},
}
_SENTENCES = {"What", "Why", "Result", "Message", "Error", "Reason", "Waits", "How its URL is written"}
"""Headings of columns that are read as text."""
_WHOLE = {"Id", "Name"}
"""Columns that are there even where nothing stands in them."""
_NARROWEST = 6
_READABLE = 24
"""In less, a sentence is no pleasure to read."""
_APART = 2
_PICTURE = "▁▂▃▄▅▆▇█"


def widths_for(lines: Sequence[Sequence[str]], room: int) -> list[int]:
    """Width of each column: the widest gives way first, so that states and names stay whole; ids never do."""
    widths = _natural(lines)
    yielding = [i for i, heading in enumerate(lines[0]) if heading != "Id"]
    while yielding and sum(widths) + _APART * (len(widths) - 1) > room:
        widest = max(yielding, key=lambda i: widths[i])
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    return widths


def fitted(headings: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> "list[Text]":
    """The lines of the table, headings first."""
    lines = [[*headings], *([*row] for row in rows)]
    if not _fits(lines, room):
        lines = _without(lines, [i for i, name in enumerate(headings) if name not in _WHOLE and _empty(rows, i)])
    sentences = [i for i, heading in enumerate(lines[0]) if heading in _SENTENCES]
    if _fits(lines, room) or not sentences:
        return _drawn(lines, widths_for(lines, room))
    others = _natural(_without(lines, sentences))
    share = (room - sum(others) - _APART * (len(lines[0]) - 1)) // len(sentences)
    if share < _READABLE:
        return _below(lines, sentences, room)
    widths = [min(width, share) if i in sentences else width for i, width in enumerate(_natural(lines))]
    return _drawn(lines, widths)


def colour(word: str) -> str:
    """The colour of a state's word; none for other text."""
    return next((name for name, words in COLOURS.items() if word in words), "")


def _below(lines: list[list[str]], sentences: list[int], room: int) -> "list[Text]":
    """What is short in columns, and each sentence on lines of its own under its row."""
    from rich.text import Text  # noqa: PLC0415 - only for terminals

    short = _without(lines, sentences)
    heading, *drawn = _drawn(short, widths_for(short, room))
    made = [heading]
    for line, row in zip(lines[1:], drawn, strict=True):
        made.append(row)
        for text in (line[i] for i in sentences if line[i]):
            made += [Text(f"  {piece}", style="dim") for piece in wrap(text, max(room - 3, _READABLE))]
    return made


def _drawn(lines: Sequence[Sequence[str]], widths: Sequence[int]) -> "list[Text]":
    """Each row on as many lines as its longest sentence takes."""
    from rich.cells import set_cell_size  # noqa: PLC0415 - only for terminals
    from rich.text import Text  # noqa: PLC0415 - the same

    drawn: list[Text] = []
    for number, line in enumerate(lines):
        cells = [_pieces(cell, width, lines[0][i]) for i, (cell, width) in enumerate(zip(line, widths, strict=True))]
        for at in range(max((len(cell) for cell in cells), default=0)):
            made = Text(no_wrap=True, overflow="crop", style="bold" if number == 0 else "")
            for i, cell in enumerate(cells):
                piece = cell[at] if at < len(cell) else ""
                made.append(set_cell_size(piece, widths[i]), "" if number == 0 else colour(line[i]))
                made.append(" " * _APART)
            made.rstrip()
            drawn.append(made)
    return drawn


def _pieces(cell: str, width: int, heading: str) -> list[str]:
    """A sentence wrapped, a picture without its beginning, all else cut with a sign that it is."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - only for terminals

    if cell_len(cell) <= width:
        return [cell]
    if heading in _SENTENCES:
        return wrap(cell, width)
    if cell[0] in _PICTURE:
        return [cell[len(cell) - width :]]
    return [set_cell_size(cell, width - 1).rstrip() + "…"]


def _natural(lines: Sequence[Sequence[str]]) -> list[int]:
    from rich.cells import cell_len  # noqa: PLC0415 - only for terminals

    return [max(cell_len(cell) for cell in column) for column in zip(*lines, strict=True)]


def _fits(lines: Sequence[Sequence[str]], room: int) -> bool:
    widths = _natural(lines)
    return sum(widths) + _APART * (len(widths) - 1) <= room


def _empty(rows: Sequence[Sequence[str]], at: int) -> bool:
    return not any(row[at] for row in rows)


def _without(lines: Sequence[Sequence[str]], dropped: Sequence[int]) -> list[list[str]]:
    return [[cell for i, cell in enumerate(line) if i not in dropped] for line in lines]
