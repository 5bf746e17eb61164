"""Recurring: what is done again and again by a cron rule, and what becomes of each moment it is due. Pure.

Where one stands is stored: `decide` takes that and the time, and answers where it stands then. A moment once decided
about is never decided about again, so nothing is lost or done twice, whenever core stops.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, structs

from monitor.kernel.cron import Cron, cron

ON_TIME = timedelta(minutes=2)
"""So late a run still counts as on time: what waking up, or a short restart of core, may take."""
_SET_BACK = timedelta(days=1)
"""A clock that is set back by more than this makes it begin anew; within it, what was done is not done again."""
KEPT = 20
_COUNTED = 1000


class Missed(StrEnum):
    """What becomes of a run that was due while core was down."""

    SKIP = "skip"
    RUN_ONCE = "run_once"
    """Once, however many were missed, if the newest was due within the grace."""


class Overlap(StrEnum):
    """What becomes of a run that is due while the one before it goes on."""

    SKIP = "skip"
    WAIT = "wait"
    """It begins when that one has ended; one waits at the most."""


class DueEnd(StrEnum):
    """What became of a moment at which something was due."""

    BEGUN = "begun"
    WAITING = "waiting"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    REFUSED = "refused"
    """It may not, or cannot, be done: the reason says why."""
    IDLE = "idle"
    """It looked, and there was nothing to do: no activity was needed."""
    MISSED = "missed"
    OVERLAPPED = "overlapped"


class Rule(Struct, frozen=True, kw_only=True):
    """When, and what about what cannot be done then."""

    cron: str
    zone: str = "UTC"
    missed: Missed = Missed.SKIP
    grace: float = 3600.0
    """Seconds; see RUN_ONCE."""
    overlap: Overlap = Overlap.SKIP

    @property
    def when(self) -> str:
        """What `due` follows from."""
        return f"{self.cron} {self.zone}"


class Occasion(Struct, frozen=True, kw_only=True):
    """One moment at which it was due."""

    due: datetime
    at: datetime
    """When that was decided, or the run begun."""
    outcome: DueEnd
    activity: str = ""
    reason: str = ""
    more: int = 0
    """So many due before it were missed with it."""


class Stand(Struct, frozen=True, kw_only=True):
    """Where one stands."""

    when: str = ""
    """What `due` was worked out from."""
    due: datetime | None = None
    """The next moment, not decided about yet."""
    decided: datetime | None = None
    """The newest moment that was."""
    blocked: str = ""
    """Why it cannot be done now, known before it is due."""
    occasions: tuple[Occasion, ...] = ()
    """The last ones, oldest first."""

    @property
    def going(self) -> Occasion | None:
        """The one that was begun and has not ended."""
        return next((one for one in self.occasions if one.outcome is DueEnd.BEGUN), None)

    @property
    def waiting(self) -> Occasion | None:
        """The one that begins when that has."""
        return next((one for one in self.occasions if one.outcome is DueEnd.WAITING), None)


def decide(stand: Stand, rule: Rule | None, now: datetime) -> Stand:
    """Where it stands at `now`; what is to begin is WAITING, and begins once nothing is `going`. None: switched off."""
    if rule is None:
        return structs.replace(_without_waiting(stand, now, "it was switched off"), due=None, when="")
    plan = cron(rule.cron, rule.zone)
    if stand.when != rule.when or stand.due is None or stand.due > now:
        # Worked out anew each time: a clock that was wrong when it was, and is set right, changes it.
        return structs.replace(stand, when=rule.when, due=_next(plan, stand, now))
    newest = max(plan.last_until(now) or stand.due, stand.due)
    one = _occasion(stand, rule, newest, now, plan.count(stand.due, newest, _COUNTED))
    moved = structs.replace(stand, decided=newest, due=plan.next_after(max(now, newest)))
    return with_occasion(moved, one)


def with_occasion(stand: Stand, one: Occasion) -> Stand:
    """With one more, or the one due then in its new form; the oldest that have ended are dropped."""
    others = [kept for kept in stand.occasions if kept.due != one.due]
    kept = sorted((*others, one), key=lambda kept: kept.due)
    while len(kept) > KEPT:
        ended = next((at for at, old in enumerate(kept) if old.outcome not in (DueEnd.BEGUN, DueEnd.WAITING)), 0)
        del kept[ended]
    return structs.replace(stand, occasions=tuple(kept))


def too_late(one: Occasion, rule: Rule, now: datetime) -> bool:
    """Whether a run that was decided on, but never begun since core stopped, is a missed one by now."""
    return _is_missed(one.at, rule, now)


def _occasion(stand: Stand, rule: Rule, due: datetime, now: datetime, more: int) -> Occasion:
    made = Occasion(due=due, at=now, outcome=DueEnd.WAITING, more=more)
    if _is_missed(due, rule, now):
        return structs.replace(made, outcome=DueEnd.MISSED, reason=_why_missed(due, rule, now))
    going, waiting = stand.going, stand.waiting
    if waiting is not None:
        return structs.replace(made, outcome=DueEnd.OVERLAPPED, reason="one waits already for the run before to end")
    if going is not None and rule.overlap is Overlap.SKIP:
        return structs.replace(made, outcome=DueEnd.OVERLAPPED, reason="the run before had not ended")
    return made


def _is_missed(due: datetime, rule: Rule, now: datetime) -> bool:
    late = now - due
    if late <= ON_TIME:
        return False
    return rule.missed is Missed.SKIP or late > timedelta(seconds=rule.grace)


def _why_missed(due: datetime, rule: Rule, now: datetime) -> str:
    late = f"core was down, or its clock wrong: {_span(now - due)} late"
    if rule.missed is Missed.SKIP:
        return late
    return f"{late}, more than the grace of {_span(timedelta(seconds=rule.grace))}"


def _span(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} days"


def _next(plan: Cron, stand: Stand, now: datetime) -> datetime | None:
    decided = stand.decided
    if decided is None or decided - now > _SET_BACK:
        return plan.next_after(now)
    return plan.next_after(max(now, decided))


def _without_waiting(stand: Stand, now: datetime, why: str) -> Stand:
    waiting = stand.waiting
    if waiting is None:
        return stand
    return with_occasion(stand, structs.replace(waiting, at=now, outcome=DueEnd.CANCELLED, reason=why))
