"""Standing: all that is remembered of one figure between two looks at it. Times are seconds since 1970."""

from msgspec import Struct

from monitor.features.alerts.engine.terms import Grade


class Latch(Struct, frozen=True, kw_only=True):
    """Of one level: whether it counts as reached, and the time that runs towards the other."""

    on: bool = False
    since: float | None = None
    """While off: bad since then. While on: well since then."""
    began: float | None = None
    """While on: when the figure became bad."""


class Standing(Struct, frozen=True, kw_only=True):
    """`Standing()` is one at rest: there is nothing to remember."""

    seen: float | None = None
    """When the figure was known last; None: the time from then to now counts for nothing."""
    warning: Latch = Latch()
    critical: Latch = Latch()
    opened: float | None = None
    """When the incident that goes on opened; None: there is none."""
    since: float | None = None
    """When what it is about began."""
    told: Grade = Grade.WELL
    """As how bad people know it."""
    told_at: float = 0.0
    told_flapping: bool = False
    rises: tuple[float, ...] = ()
    """When it became worse lately."""
    changed: float = 0.0
    """Since when it has stood still."""
    flapping: bool = False
    acknowledged: bool = False
    until: float | None = None
    """When that ends; None: with the incident."""

    @property
    def grade(self) -> Grade:
        """How bad it is now."""
        if self.critical.on:
            return Grade.CRITICAL
        return Grade.WARNING if self.warning.on else Grade.WELL

    @property
    def pending(self) -> float | None:
        """Since when something is bad that has not opened yet."""
        running = [latch.since for latch in (self.warning, self.critical) if not latch.on and latch.since is not None]
        return min(running, default=None)

    @property
    def idle(self) -> bool:
        """Whether there is nothing to remember."""
        return self.opened is None and self.pending is None and not self.rises
