"""Levels: how finely history is kept, for how long, and in blocks of which length. Pure."""

from datetime import timedelta

from msgspec import Struct

from monitor.core.history.names import is_nobodys
from monitor.core.settings import HistorySettings
from monitor.kernel.samples import GRID


class Level(Struct, frozen=True):
    """One resolution. Of all but the first, each point has a least, a mean and a greatest figure."""

    number: int
    """As it is stored."""
    step: int
    """Seconds of one point."""
    period: int
    """Seconds of one block; blocks begin at whole multiples of it since 1970."""

    @property
    def points(self) -> int:
        """In one block."""
        return self.period // self.step

    def block_of(self, at: float) -> int:
        """The beginning of the block a time lies in."""
        return int(at // self.period) * self.period


_MINUTE, _HOUR, _DAY = 60, 3600, 86_400

LEVELS = (
    Level(1, GRID, _HOUR // 2),
    Level(2, _MINUTE, 6 * _HOUR),
    Level(3, 10 * _MINUTE, 60 * _HOUR),
    Level(4, _HOUR, 15 * _DAY),
)
"""From fine to coarse; the blocks of one are made of whole blocks of the one before."""
FINE = LEVELS[0]


def oldest(settings: HistorySettings, level: Level, entity: str, now: float) -> float:
    """Before that time nothing of an entity is kept in a level."""
    return now - kept(settings, level, nobodys=is_nobodys(entity)).total_seconds() - level.period


def kept(settings: HistorySettings, level: Level, *, nobodys: bool = False) -> timedelta:
    """How long a level is kept, of containers that are nobody's too; no shorter than two blocks of the next coarser
    level, which are made of this one.
    """
    days = (settings.seconds, settings.minutes, settings.ten_minutes, settings.hours)[level.number - 1]
    asked = timedelta(days=min(days, settings.unmanaged) if nobodys else days)
    coarser = next_coarser(level)
    return max(asked, timedelta(seconds=2 * coarser.period)) if coarser else asked


def next_coarser(level: Level) -> Level | None:
    """The level whose blocks are made of this one's."""
    return LEVELS[level.number] if level.number < len(LEVELS) else None


def next_finer(level: Level) -> Level | None:
    """The level this one's blocks are made of."""
    return LEVELS[level.number - 2] if level.number > 1 else None
