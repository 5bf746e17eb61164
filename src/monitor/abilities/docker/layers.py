"""Layers: those of an image on their way to or from a registry, told as few lines, however often Docker tells."""

from collections.abc import Sequence

_EVERY = 0.25
"""Seconds between two lines about what is on its way,"""
_SLOWER_AFTER, _SLOWER = 10.0, 1.0
"""and from so many seconds on."""
_MOST = 8
"""Layers on their way that are told one by one."""


class Pace:
    """When the next line may be shown; nothing is shown twice in a row."""

    def __init__(self, now: float) -> None:
        self._begun = now
        self._due = now
        self._last = ""

    def due(self, now: float) -> bool:
        """Whether it is time for one."""
        return now >= self._due

    def show(self, line: str, now: float) -> tuple[str, ...]:
        """The line, unless it is empty or was the last one, too."""
        if not line or line == self._last:
            return ()
        self._last = line
        self._due = now + (_EVERY if now - self._begun < _SLOWER_AFTER else _SLOWER)
        return (line,)


def told_each(moving: Sequence[str]) -> str:
    """How far each layer on its way is, the end of a line; screens draw them from this."""
    more = [f"{len(moving) - _MOST} more"] if len(moving) > _MOST else []
    return ": " + ", ".join((*moving[:_MOST], *more)) if moving else ""


def mega(size: int) -> str:
    """Bytes in megabytes, as Docker itself tells them."""
    return f"{size / 1e6:.1f} MB"


def counted(number: int) -> str:
    """`1 layer`, `3 layers`."""
    return f"{number} layer" + ("" if number == 1 else "s")
