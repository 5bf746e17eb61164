"""The engine, replayed: generated and recorded-looking series against a plain model, through restarts at any point."""

import json

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.features.alerts.engine.standing import Standing
from monitor.features.alerts.engine.step import acknowledge, due, end, look, unacknowledge
from monitor.features.alerts.engine.terms import Grade, Terms
from monitor.kernel.alerts import AlertChange
from tests.alerts import model
from tests.alerts.model import Asked, Look

_levels = st.sampled_from([(80.0, None), (None, 90.0), (70.0, 90.0), (1.0, None), (80.0, 80.0)])


@st.composite
def asks(draw: st.DrawFn) -> Asked:
    """A rule."""
    warning, critical = draw(_levels)
    lowest = min(level for level in (warning, critical) if level is not None)
    return Asked(
        warning=warning,
        critical=critical,
        margin=draw(st.sampled_from([0.0, 0.0, 5.0])) if lowest > 5 else 0.0,
        lasts=draw(st.sampled_from([0.0, 10.0, 30.0, 60.0])),
        calm=draw(st.sampled_from([0.0, 10.0, 30.0])),
        repeat=draw(st.sampled_from([0.0, 40.0, 200.0])),
        gap=45.0,
        rises=draw(st.sampled_from([2, 3, 5])),
        within=draw(st.sampled_from([60.0, 300.0])),
    )


_VALUES = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 66.0, 70.0, 76.0, 80.0, 86.0, 90.0, 100.0]))
_STEPS = st.sampled_from([10.0] * 12 + [0.0, 5.0, 45.0, 46.0, 300.0, 5000.0, -10.0, -3600.0])
"""Mostly samples on time; gaps, clocks that are put back and forward."""


@st.composite
def series(draw: st.DrawFn) -> list[Look]:
    """Runs of one value, spikes, flaps, gaps."""
    looks, at = list[Look](), 1_000_000.0
    for _ in range(draw(st.integers(1, 14))):
        value, silenced = draw(_VALUES), draw(st.sampled_from([False, False, False, True]))
        by = draw(st.sampled_from([0, 0, 0, 1, 2]))
        for _ in range(draw(st.integers(1, 7))):
            at += draw(_STEPS)
            looks.append(Look(at, value, silenced, by))
    return looks


def terms(asked: Asked) -> Terms:
    return Terms(**asked._asdict())


def stored(standing: Standing) -> Standing:
    """As it comes back from the store after a restart of core."""
    return msgspec.json.decode(json.dumps(json.loads(msgspec.json.encode(standing))), type=Standing)


def replay(looks: list[Look], asked: Asked, restarts: frozenset[int] = frozenset()) -> list[tuple[float, str]]:
    """What the engine tells."""
    standing, answer = Standing(), list[tuple[float, str]]()
    for number, one in enumerate(looks):
        step = look(standing, terms(asked), one.at, one.value, silenced=one.silenced, by=Grade(one.by))
        standing = stored(step.standing) if number in restarts else step.standing
        if step.told is not None:
            answer.append((one.at, step.told.value))
    return answer


@settings(max_examples=600, deadline=None)
@given(series(), asks(), st.frozensets(st.integers(0, 100), max_size=20))
def test_it_tells_what_the_model_says_wherever_core_restarts(
    looks: list[Look], asked: Asked, restarts: frozenset[int]
) -> None:
    assert replay(looks, asked, restarts) == model.told(looks, asked)


@settings(max_examples=300, deadline=None)
@given(series(), asks())
def test_each_incident_opens_once_and_ends_once_and_none_is_stuck(looks: list[Look], asked: Asked) -> None:
    standing, going_on, known = Standing(), False, 0
    for one in looks:
        step = look(standing, terms(asked), one.at, one.value, silenced=one.silenced, by=Grade(one.by))
        assert not (step.opened and going_on)
        assert not (step.told is not None and one.silenced)
        assert not (step.told is not None and one.value is None)
        assert not (one.value is None and (step.opened or step.ended))
        going_on = (going_on or step.opened) and not step.ended
        assert going_on == (step.standing.opened is not None)
        if step.told in (AlertChange.OPENED, AlertChange.FLAPPING) and known == 0:
            known = 1
        elif step.told is AlertChange.RESOLVED:
            assert known == 1
            known = 0
        standing = step.standing
    at = looks[-1].at
    for _ in range(200):  # well from now on: whatever goes on ends, and nothing is remembered
        at += 10
        standing = look(standing, terms(asked), at, 0.0).standing
    assert standing.opened is None
    assert standing.idle


@settings(max_examples=300, deadline=None)
@given(series(), asks())
def test_what_is_due_is_never_late(looks: list[Look], asked: Asked) -> None:
    """Between two looks nothing would have happened before the moment the engine names."""
    standing = Standing()
    for one in looks:
        standing = look(standing, terms(asked), one.at, one.value).standing
        if standing.seen is None:
            continue
        assert one.value is not None
        moment = due(standing, terms(asked))
        sooner = one.at + 40 if moment is None else min(one.at + 40, moment - 0.001)
        if sooner > one.at:
            step = look(standing, terms(asked), sooner, one.value)
            assert (step.told, step.opened, step.ended) == (None, False, False)
            assert step.standing.grade == standing.grade


SAID = {change: change.value[0] for change in AlertChange} | {AlertChange.RESOLVED: "e", None: "."}
"""`o` opened, `w` worse, `b` better, `r` repeated, `f` flapping, `e` ended."""


def run(values: str, **asked: float) -> str:
    """Every ten seconds a figure: `.` well, `w` warning, `C` critical, `?` unknown, `s` well but silenced."""
    told = Terms(
        warning=80, critical=95, margin=5, lasts=asked.get("lasts", 20), calm=10, repeat=asked.get("repeat", 0)
    )
    figures = {".": 10.0, "w": 85.0, "C": 99.0, "-": 78.0, "s": 10.0, "S": 99.0, "?": None}
    standing, said = Standing(), ""
    for number, mark in enumerate(values):
        step = look(standing, told, 1000.0 + 10 * number, figures[mark], silenced=mark in "sS")
        standing = step.standing
        said += SAID[step.told]
    return said


def test_as_one_reads_it() -> None:
    assert run("..w..w..C...") == "............"  # spikes
    assert run("..wwww----....") == "....o......e.."  # inside the margin it is still so
    assert run("wwwCCCCwww....") == "..o..w..b..e.."
    assert run("CCC??????....") == "..o.......e.."  # unknown: neither


def test_a_day_of_a_backup_server() -> None:
    """Cpu full for an hour each night: one alert with its end; the ripple of the day says nothing."""
    night, day = "C" * 360, ".w.-..w-.." * 100
    assert run(day + night + day, lasts=900).replace(".", "") == "obe"


def test_it_says_once_that_it_flaps_and_how_it_ends() -> None:
    flapping = "CCC..." * 20
    assert run(flapping + "." * 400).replace(".", "") == "oeoeoeoefe"
    assert run(flapping + "C" * 400).replace(".", "") == "oeoeoeoefr"


def test_acknowledged() -> None:
    told = Terms(warning=80, critical=95, repeat=60)
    standing = look(Standing(), told, 0, 85).standing
    standing = acknowledge(standing, 300.0)
    for at in range(10, 300, 10):
        step = look(standing, told, at, 85)
        assert step.told is None
        standing = step.standing
    assert look(standing, told, 299, 99).told is AlertChange.WORSE
    assert look(standing, told, 299, 99).standing.acknowledged is False
    again = look(standing, told, 300, 85)
    assert (again.told, again.standing.acknowledged) == (AlertChange.REPEATED, False)
    assert look(standing, told, 299, 1).told is AlertChange.RESOLVED
    assert look(unacknowledge(standing), told, 299, 85).told is AlertChange.REPEATED


def test_what_lasts_through_a_silence_is_told_after_it_and_what_does_not_is_never() -> None:
    told = Terms(critical=95)
    silent = look(Standing(), told, 0, 99, silenced=True)
    assert (silent.opened, silent.told) == (True, None)
    assert look(silent.standing, told, 10, 99).told is AlertChange.OPENED
    over = look(silent.standing, told, 10, 1)
    assert (over.ended, over.told) == (True, None)


def test_what_looks_well_by_the_end_of_a_silence_is_not_told_while_it_calms_down() -> None:
    told = Terms(critical=95, calm=30)
    standing = look(Standing(), told, 0, 99, silenced=True).standing
    calming = look(standing, told, 10, 1)
    assert (calming.told, calming.ended) == (None, False)
    assert look(calming.standing, told, 20, 99).told is AlertChange.OPENED
    assert [look(calming.standing, told, 40, 1).told, look(calming.standing, told, 40, 1).ended] == [None, True]


_OF_MEMORY = Asked(1.0, 2.0, 0.0, 0.0, 60.0, 0.0, 45.0, 9, 60.0)
_EXITED = Asked(None, 1.0, 0.0, 20.0, 20.0, 0.0, 45.0, 9, 60.0)


@st.composite
def deaths(draw: st.DrawFn) -> tuple[list[Look], list[Look]]:
    """A container that ends for want of memory, or otherwise, and is started again."""
    causes, effects, at = list[Look](), list[Look](), 1_000_000.0
    for _ in range(draw(st.integers(1, 12))):
        cause, effect = draw(
            st.sampled_from([(1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0), (0.0, 0.0), (None, None)])
        )
        for _ in range(draw(st.integers(1, 6))):
            at += draw(st.sampled_from([1.0, 10.0, 10.0, 20.0, 50.0]))
            causes.append(Look(at, cause))
            effects.append(Look(at, effect))
    return causes, effects


@settings(max_examples=300, deadline=None)
@given(deaths(), st.frozensets(st.integers(0, 72), max_size=10))
def test_of_two_alerts_of_one_incident_the_one_that_says_more_tells_it(
    looks: tuple[list[Look], list[Look]], restarts: frozenset[int]
) -> None:
    causes, effects = model.together(*looks, _OF_MEMORY, _EXITED)
    assert replay(causes, _OF_MEMORY, restarts) == model.told(causes, _OF_MEMORY)
    told = model.told(effects, _EXITED)
    assert replay(effects, _EXITED, restarts) == told
    explained = {effect.at for effect in effects if effect.by == 2}
    assert not [said for at, said in told if at in explained and said != "resolved"]
    alone = [at for at, said in model.told([one._replace(by=0) for one in effects], _EXITED) if said == "opened"]
    known = {at for at, _ in told} | explained
    assert set(alone) <= known, "whatever is critical is told by the one or the other"


def test_what_is_gone_ends() -> None:
    step = look(Standing(), Terms(warning=80), 0, 85)
    assert (end(step.standing).told, end(step.standing).ended) == (AlertChange.RESOLVED, True)
    assert (end(Standing()).told, end(Standing()).ended) == (None, False)
    assert step.standing.grade is Grade.WARNING
