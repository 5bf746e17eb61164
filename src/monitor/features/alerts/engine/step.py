"""Step: one look at a figure, or at the time alone.

The rule for what is not known (a gap longer than `gap`, a clock that was put back or forward, a host that does not
answer): it neither opens nor ends anything. Whatever time runs (towards opening, ending or calming down) begins anew
with the first figure after it. What is told waits for that figure too.
"""

from msgspec import Struct, structs

from monitor.features.alerts.engine.standing import Latch, Standing
from monitor.features.alerts.engine.terms import Grade, Terms
from monitor.kernel.alerts import AlertChange

_BAD = (AlertChange.OPENED, AlertChange.WORSE)
_GOOD = (AlertChange.BETTER, AlertChange.RESOLVED)


class Step(Struct, frozen=True, kw_only=True):
    """What came of it."""

    standing: Standing
    told: AlertChange | None = None
    """What people are to be told."""
    opened: bool = False
    """An incident has begun."""
    ended: bool = False
    """The incident is over."""


def look(
    standing: Standing,
    terms: Terms,
    at: float,
    value: float | None,
    *,
    silenced: bool = False,
    by: Grade = Grade.WELL,
) -> Step:
    """The figure at a moment; None: not known. `silenced`: nothing is told now; what lasts is told later. `by`: as how
    bad that is told which explains it; then nothing is told of what is no worse, but that it is better or over.
    """
    if value is None:
        return Step(standing=_unknown(standing))
    broken = standing.seen is None or not 0 <= at - standing.seen <= terms.gap
    before = standing.grade
    moved = structs.replace(
        standing,
        seen=at,
        warning=_latch(standing.warning, terms, Grade.WARNING, at, value, broken=broken),
        critical=_latch(standing.critical, terms, Grade.CRITICAL, at, value, broken=broken),
        told_at=min(standing.told_at, at),
        changed=at if broken else standing.changed,
    )
    moved = _counted(moved, terms, at, before)
    opened = moved.opened is None and moved.grade > Grade.WELL
    if opened:
        moved = structs.replace(moved, opened=at, since=_began(moved, at))
    moved, told = (moved, None) if silenced else _tell(moved, terms, at, by)
    ended = moved.opened is not None and _is_over(moved)
    return Step(standing=_rested(moved) if ended else moved, told=told, opened=opened, ended=ended)


def end(standing: Standing) -> Step:
    """What it is about is gone: the incident ends however bad it was."""
    told = AlertChange.RESOLVED if standing.told > Grade.WELL else None
    return Step(standing=Standing(), told=told, ended=standing.opened is not None)


def acknowledge(standing: Standing, until: float | None) -> Standing:
    """Somebody has seen it: nothing more is told unless it becomes worse, ends, or this does."""
    return structs.replace(standing, acknowledged=True, until=until)


def unacknowledge(standing: Standing) -> Standing:
    """It is told again as its rule says."""
    return structs.replace(standing, acknowledged=False, until=None)


def due(standing: Standing, terms: Terms) -> float | None:
    """When it must be looked at again at the latest, if nothing happens; None: never."""
    if standing.seen is None:
        return None
    moments = [standing.seen + terms.gap / 2] if _runs(standing) else []
    moments += [
        latch.since + (terms.calm if latch.on else terms.lasts)
        for latch in (standing.warning, standing.critical)
        if latch.since is not None
    ]
    if standing.flapping:
        moments.append(standing.changed + terms.within)
    if standing.rises and standing.opened is None:
        moments.append(standing.rises[-1] + terms.within)
    if standing.acknowledged and standing.until is not None:
        moments.append(standing.until)
    elif terms.repeat and standing.told > Grade.WELL and not standing.acknowledged:
        moments.append(standing.told_at + terms.repeat)
    return min(moments, default=None)


def _runs(standing: Standing) -> bool:
    """Whether a time runs that a gap would break."""
    return standing.flapping or standing.warning.since is not None or standing.critical.since is not None


def _unknown(standing: Standing) -> Standing:
    return structs.replace(
        standing,
        seen=None,
        warning=structs.replace(standing.warning, since=None),
        critical=structs.replace(standing.critical, since=None),
    )


def _latch(latch: Latch, terms: Terms, grade: Grade, at: float, value: float, *, broken: bool) -> Latch:
    """On after the figure was bad for `lasts`, off after it was well for `calm`."""
    if terms.limit(grade) is None:
        return Latch()
    turns = terms.is_well(grade, value) if latch.on else terms.is_bad(grade, value)
    if not turns:
        return structs.replace(latch, since=None)
    since = at if broken or latch.since is None else latch.since
    if at - since < (terms.calm if latch.on else terms.lasts):
        return structs.replace(latch, since=since)
    return Latch() if latch.on else Latch(on=True, began=since)


def _counted(moved: Standing, terms: Terms, at: float, before: Grade) -> Standing:
    """How often it became worse lately, and whether that is flapping."""
    rises = tuple(rise for rise in moved.rises if 0 <= at - rise < terms.within)
    changed = moved.changed
    if moved.grade != before:
        changed = at
    if moved.grade > before:
        rises = (*rises, at)[-terms.rises :]
    flapping = len(rises) >= terms.rises or (moved.flapping and at - changed < terms.within)
    return structs.replace(moved, rises=rises, changed=changed, flapping=flapping)


def _began(moved: Standing, at: float) -> float:
    return min((latch.began for latch in (moved.warning, moved.critical) if latch.began is not None), default=at)


def _tell(moved: Standing, terms: Terms, at: float, by: Grade) -> tuple[Standing, AlertChange | None]:
    """What people do not know yet, and the standing once they do."""
    if moved.opened is None:
        return moved, None
    change = _news(moved, terms, at)
    if change in _BAD and _calms(moved):
        return moved, None
    if by > Grade.WELL and moved.grade <= by and change not in _GOOD:
        return moved, None
    lapsed = moved.acknowledged and moved.until is not None and at >= moved.until
    if lapsed or change in (AlertChange.WORSE, AlertChange.OPENED):
        moved = unacknowledge(moved)
    quiet = moved.acknowledged and change is not AlertChange.RESOLVED
    if change is None:
        return moved, None
    known = max(moved.told, moved.grade) if moved.flapping else moved.grade
    moved = structs.replace(moved, told=known, told_flapping=moved.flapping, told_at=at)
    return moved, None if quiet else change


def _news(moved: Standing, terms: Terms, at: float) -> AlertChange | None:
    grade, told = moved.grade, moved.told
    if moved.flapping:
        if not moved.told_flapping:
            return AlertChange.FLAPPING
        return AlertChange.WORSE if grade > told else None
    if moved.told_flapping:
        return AlertChange.REPEATED if grade > Grade.WELL else AlertChange.RESOLVED
    if grade > told:
        return AlertChange.WORSE if told > Grade.WELL else AlertChange.OPENED
    if grade < told:
        return AlertChange.BETTER if grade > Grade.WELL else AlertChange.RESOLVED
    return AlertChange.REPEATED if grade > Grade.WELL and _is_due_again(moved, terms, at) else None


def _is_due_again(moved: Standing, terms: Terms, at: float) -> bool:
    if moved.acknowledged:
        return moved.until is not None and at >= moved.until
    return bool(terms.repeat) and at - moved.told_at >= terms.repeat


def _calms(moved: Standing) -> bool:
    """Whether it looks well by now, not yet for long enough: who was not told meanwhile need not be."""
    latch = moved.critical if moved.critical.on else moved.warning
    return latch.on and latch.since is not None


def _is_over(moved: Standing) -> bool:
    """Well, and nobody waits to hear so."""
    return moved.grade is Grade.WELL and not moved.flapping and moved.told is Grade.WELL


def _rested(moved: Standing) -> Standing:
    """After an incident only how often there was one is remembered."""
    return Standing(
        seen=moved.seen, warning=moved.warning, critical=moved.critical, rises=moved.rises, changed=moved.changed
    )
