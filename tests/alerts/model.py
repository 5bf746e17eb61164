"""Model: when an alert opens, is told of and ends, worked out anew from all there was at each look; slow and plain.

It knows nothing of the engine. What it keeps is the list of looks alone; each answer is computed from its beginning.
"""

from typing import NamedTuple


class Look(NamedTuple):
    """A figure at a moment; None: not known. `silenced`: nothing is told. `by`: how bad is what explains it."""

    at: float
    value: float | None
    silenced: bool = False
    by: int = 0


class Asked(NamedTuple):
    """What the rule asks; a level of None is none."""

    warning: float | None
    critical: float | None
    margin: float
    lasts: float
    calm: float
    repeat: float
    gap: float
    rises: int
    within: float


def stretches(looks: list[Look], gap: float) -> list[list[Look]]:
    """Looks that follow each other without anything unknown between."""
    found: list[list[Look]] = []
    before: float | None = None
    for look in looks:
        if look.value is None:
            before = None
            continue
        if before is None or look.at < before or look.at - before > gap:
            found.append([])
        found[-1].append(look)
        before = look.at
    return found


def reached(looks: list[Look], asked: Asked, level: float | None) -> bool:
    """Whether a level counts as reached after all these looks."""
    on = False
    if level is None:
        return False
    for stretch in stretches(looks, asked.gap):
        first = 0  # of the run of looks that speak for the other state
        for number, look in enumerate(stretch):
            assert look.value is not None
            speaks = look.value < level - asked.margin if on else look.value >= level
            if not speaks:
                first = number + 1
            elif look.at - stretch[first].at >= (asked.calm if on else asked.lasts):
                on, first = not on, number + 1
    return on


def grade(looks: list[Look], asked: Asked) -> int:
    """0 well, 1 warning, 2 critical."""
    if reached(looks, asked, asked.critical):
        return 2
    return 1 if reached(looks, asked, asked.warning) else 0


def grades(looks: list[Look], asked: Asked) -> list[int]:
    """After each look."""
    return [grade(looks[: number + 1], asked) for number in range(len(looks))]


def flaps(looks: list[Look], asked: Asked) -> list[bool]:
    """After each look: worse so often lately, until it stands still for as long."""
    found = [0, *grades(looks, asked)]
    answer: list[bool] = []
    rises: list[float] = []
    still, flapping, known = 0.0, False, None
    for look, before, after in zip(looks, found, found[1:], strict=False):
        if look.value is None:
            known = None
            answer.append(flapping)
            continue
        if known is None or not 0 <= look.at - known <= asked.gap or after != before:
            still = look.at
        known = look.at
        rises = [at for at in rises if 0 <= look.at - at < asked.within]
        if after > before:
            rises = [*rises, look.at][-asked.rises :]
        flapping = len(rises) >= asked.rises or (flapping and look.at - still < asked.within)
        answer.append(flapping)
    return answer


class Known(NamedTuple):
    """What people know, since when."""

    grade: int = 0
    flapping: bool = False
    at: float = 0.0


def told(looks: list[Look], asked: Asked) -> list[tuple[float, str]]:
    """Everything people are told of, without acknowledging."""
    answer: list[tuple[float, str]] = []
    known = Known()
    for look, bad, flapping in zip(looks, grades(looks, asked), flaps(looks, asked), strict=True):
        if look.value is None:
            continue
        known = known._replace(at=min(known.at, look.at))
        if look.silenced:
            continue
        late = bool(asked.repeat) and look.at - known.at >= asked.repeat
        said = flapping_news(bad, known) if flapping else news(bad, known, late=late)
        if said in ("opened", "worse") and is_calming(look, asked, bad):
            continue  # it looks well by now: who does not know need not
        if bad <= look.by and said not in ("better", "resolved"):
            continue  # the other alert says so, and more
        if said:
            known = Known(max(known.grade, bad) if flapping else bad, flapping, look.at)
            answer.append((look.at, said))
    return answer


def is_calming(look: Look, asked: Asked, bad: int) -> bool:
    """Whether the figure speaks against what it still counts as."""
    level = asked.critical if bad == 2 else asked.warning
    return level is not None and look.value is not None and look.value < level - asked.margin


def together(causes: list[Look], effects: list[Look], asked: Asked, other: Asked) -> tuple[list[Look], list[Look]]:
    """Both as one looks at them that explains the other where it is no less bad; it takes on what is critical."""
    seen = [
        cause._replace(
            value=2.0 if cause.value == 1.0 and effect.value == 1.0 and other.critical == 1.0 else cause.value
        )
        for cause, effect in zip(causes, effects, strict=True)
    ]
    bad = grades(seen, asked)
    return seen, [effect._replace(by=by) for effect, by in zip(effects, bad, strict=True)]


def flapping_news(bad: int, known: Known) -> str:
    """Once, and where it becomes worse than it ever was."""
    if not known.flapping:
        return "flapping"
    return "worse" if bad > known.grade else ""


def news(bad: int, known: Known, *, late: bool) -> str:
    """What people do not know yet."""
    if known.flapping:
        return "repeated" if bad else "resolved"
    if bad > known.grade:
        return "worse" if known.grade else "opened"
    if bad < known.grade:
        return "better" if bad else "resolved"
    return "repeated" if bad and late else ""
