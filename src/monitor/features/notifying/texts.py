"""Texts: how what comes from anywhere becomes a text in which a service finds nothing but text, and no more than it
takes.
"""

import re
from collections.abc import Callable

from monitor.notifier.service import Counted, Marks

_UNSEEN = "\u200b"
"""Keeps two characters from meaning something together, and is not seen."""
_LINE = 4000
"""Characters of a line that are looked at."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_BEGINS = re.compile(r"[@<](?=\S)")
"""What calls people, and begins links and elements in some service or other."""
_MARKDOWN = re.compile(r"([\\`*_~|\[\]<>#])")


def data(text: str, marks: Marks = Marks.NONE) -> str:
    """One line, without what is not seen or turns it round, in which nobody is called and nothing is marked up."""
    line = _BEGINS.sub(lambda found: found[0] + _UNSEEN, _CONTROL.sub(" ", text[:_LINE])).strip()
    return _MARKDOWN.sub(r"\\\1", line) if marks is Marks.MARKDOWN else line


def cut(text: str, longest: int, counted: Counted = Counted.UNITS) -> str:
    """No longer than that; what is at the end, the link, stays where it can."""
    if size(text, counted) <= longest:
        return text
    head, _, last = text.rpartition("\n")
    if head and size(last, counted) < longest // 2:
        return f"{_begin(head, longest - size(last, counted) - 1, counted)}\n{last}"
    return _begin(text, longest, counted)


def size(text: str, counted: Counted) -> int:
    """As a service counts it."""
    return _COUNT[counted](text)


def _begin(text: str, longest: int, counted: Counted) -> str:
    """As much of it as there is room for, with a sign that there was more."""
    room, count = longest - size("…", counted), _COUNT[counted]
    text = text[: max(room, 0)]
    while count(text) > room and text:
        text = text[: min(len(text) - 1, len(text) * room // count(text) + 1)]
    return f"{text}…" if room >= 0 else ""


_COUNT: dict[Counted, Callable[[str], int]] = {
    Counted.UNITS: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    Counted.BYTES: lambda text: len(text.encode(errors="surrogatepass")),
}
