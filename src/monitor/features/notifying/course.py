"""Course: what is sent to a target next and when, after what became of what was sent before. Pure.

What a target refuses is passed by others, and tried again by itself. A target that is not there, or refuses one message
after the other, is asked with one message at a time, later each time; in between only with what is critical and was
never tried, and that seldom. What tells of the same alert keeps its order, but for what was refused or is critical.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct, structs

from monitor.features.notifying.ranking import rank
from monitor.kernel.ids import share_of
from monitor.notifier.task import Outcome
from monitor.resources.alert_target.info import Delivery, DeliveryKind, Standstill

GIVEN_UP_AFTER = timedelta(hours=24)
MANY = 3
"""So many that are refused one after the other are no longer at fault themselves."""
URGENT = timedelta(seconds=60)
"""After a try that failed, what is critical and was not tried yet waits no longer than that."""
REFUSED_LONGEST, DOWN_LONGEST = 1800.0, 250.0
"""Seconds, more or less: what is refused is so until somebody changes something. What is down comes back by itself, and
then nothing waits longer than five minutes.
"""
_FIRST_PAUSE, _SPREAD = 15.0, 0.4
_APART = timedelta(seconds=_FIRST_PAUSE * (1 - _SPREAD / 2))
"""Between two tries of what is refused, however many are."""
_NO_PAUSE = timedelta(seconds=REFUSED_LONGEST * (1 + _SPREAD))
"""Longer than any: the clock was put back."""


class Turn(Struct, frozen=True):
    """What is sent next, and when."""

    delivery: Delivery
    at: datetime


def turn(ready: Sequence[Delivery], trouble: Standstill | None, now: datetime) -> Turn:
    """Of what may be sent, in the order of the queue; there is some."""
    fresh = [one for one in ready if not one.refused]
    if trouble is None or is_up(trouble):
        if fresh:
            return Turn(fresh[0], now)
        soonest = min(ready, key=lambda one: (_from(one.next, now), one.place))
        apart = trouble.since + _APART if trouble else None
        return Turn(soonest, max(_from(soonest.next, now), _from(apart, now)))
    at = _from(trouble.next, now)
    urgent = next((one for one in fresh if not one.tries and is_critical(one)), None)
    if urgent is not None:
        return Turn(urgent, _from(trouble.urgent, now))
    if fresh:
        return Turn(min(_first_of_each_alert(fresh), key=lambda one: (one.tries, one.place)), at)
    soonest = min(ready, key=lambda one: (_from(one.next, now), one.place))
    return Turn(soonest, max(_from(soonest.next, now), at))


def next_try(one: Delivery, trouble: Standstill | None) -> datetime | None:
    """Not before then; None: as soon as those before it are sent."""
    if trouble is None or is_up(trouble):
        return one.next
    if not one.tries and is_critical(one):
        return trouble.urgent
    return max((at for at in (one.next, trouble.next) if at), default=None)


def is_up(trouble: Standstill | None) -> bool:
    """Whether it is taken for one that takes messages."""
    return trouble is None or trouble.tries == 0


def is_critical(one: Delivery) -> bool:
    """Whether it tells of something critical that is not over."""
    return one.kind is not DeliveryKind.DIGEST and any(rank(event) == 0 for event in one.events)


def failed(
    one: Delivery, trouble: Standstill | None, outcome: Outcome, target: str, now: datetime
) -> tuple[Delivery, Standstill]:
    """How it and its target stand after it did not arrive."""
    # Where the target took or answered others since it failed, the message is at fault, whatever was said.
    proven = outcome.refused or (one.failed is not None and is_up(trouble))
    number = (trouble.refused if trouble else 0) + (proven and not one.refused)
    tries, is_refused = one.tries + 1, one.refused or proven
    again = now + pause(one.id, tries) if is_refused else None
    after = structs.replace(one, tries=tries, failed=one.failed or now, refused=is_refused, next=again)
    if outcome.refused and number < MANY:
        return after, Standstill(since=now, error=outcome.error, refused=number)
    begun = now if trouble is None or is_up(trouble) else trouble.since
    in_row = 1 if trouble is None else trouble.tries + 1
    gap = pause(target, in_row, REFUSED_LONGEST if outcome.refused else DOWN_LONGEST)
    urgent = now + min(gap, URGENT)
    stands = Standstill(since=begun, error=outcome.error, refused=number, tries=in_row, next=now + gap, urgent=urgent)
    return after, stands


def is_too_old(one: Delivery, trouble: Standstill, now: datetime) -> bool:
    """Whether it is given up: so long it did not arrive, or nothing did while it waited."""
    begun = [one.failed] if one.failed else []
    if not is_up(trouble):
        begun.append(max(one.queued, trouble.since))
    return any(now - since >= GIVEN_UP_AFTER for since in begun)


def without_told(one: Delivery, told: Delivery) -> Delivery | None:
    """What is left of one after what came later of the same alerts arrived; None: nothing."""
    if one.place > told.place or DeliveryKind.DIGEST in (one.kind, told.kind):
        return one
    left = tuple(event for event in one.events if event.alert.id not in told.alerts)
    if len(left) == len(one.events):
        return one
    return structs.replace(one, events=left) if left or one.more else None


def pause(id: str, tries: int, longest: float = REFUSED_LONGEST) -> timedelta:
    """Twice as long each time, up to the longest; up to a fifth more or less, so that many do not come at once."""
    seconds = min(_FIRST_PAUSE * 2 ** min(tries - 1, 20), longest)
    return timedelta(seconds=seconds * (1 + _SPREAD * (share_of(f"{id} {tries}") - 0.5)))


def _from(moment: datetime | None, now: datetime) -> datetime:
    return now if moment is None or moment <= now or moment - now > _NO_PAUSE else moment


def _first_of_each_alert(ones: Sequence[Delivery]) -> list[Delivery]:
    """Those before which none waits that tells of the same alert."""
    found: list[Delivery] = []
    told: set[str] = set()
    for one in ones:
        if told.isdisjoint(one.alerts):
            found.append(one)
        told.update(one.alerts)
    return found
