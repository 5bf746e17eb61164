"""Terms: what is asked of one figure, with all overrides worked out."""

from enum import IntEnum

from msgspec import Struct


class Grade(IntEnum):
    """How bad a figure is."""

    WELL = 0
    WARNING = 1
    CRITICAL = 2


HOLDS, WORSE = 1.0, 2.0
"""Figures of a condition: it holds, and it explains what is critical."""


class Terms(Struct, frozen=True, kw_only=True):
    """Levels and times, in seconds. A condition that only holds or not is a figure of 1 or 0 with one level of 1; one
    that takes on how bad is what it explains has its critical level at 2.
    """

    warning: float | None = None
    critical: float | None = None
    under: bool = False
    """A figure is bad below its level, not above."""
    margin: float = 0.0
    """It is well again only this far on the good side of the level."""
    lasts: float = 0.0
    """It opens once the figure has been bad for so long without a break."""
    calm: float = 0.0
    """It ends once the figure has been well for so long without a break."""
    repeat: float = 0.0
    """It is told again after so long; 0: never."""
    gap: float = 45.0
    """Longer without a figure, and nothing is known of the time between."""
    rises: int = 5
    """So many times worse within `within`, and it flaps; it has calmed after as long without any change."""
    within: float = 1800.0

    def limit(self, grade: Grade) -> float | None:
        """The level of a grade."""
        return self.critical if grade is Grade.CRITICAL else self.warning

    def is_bad(self, grade: Grade, value: float) -> bool:
        """Whether a figure has reached the level."""
        limit = self.limit(grade)
        if limit is None:
            return False
        return value <= limit if self.under else value >= limit

    def is_well(self, grade: Grade, value: float) -> bool:
        """Whether it is on the good side by more than the margin."""
        limit = self.limit(grade)
        if limit is None:
            return True
        return value > limit + self.margin if self.under else value < limit - self.margin

    def asks(self, value: float) -> bool:
        """Whether a figure of which nothing was bad before is worth a look."""
        return self.is_bad(Grade.WARNING, value) or self.is_bad(Grade.CRITICAL, value)
