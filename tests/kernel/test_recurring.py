"""Recurring: what becomes of each moment it is due: begun, waiting, overlapped or missed, and never twice."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from monitor.kernel.cron import Cron
from monitor.kernel.recurring import KEPT, DueEnd, Missed, Occasion, Overlap, Rule, Stand, decide, with_occasion

BEGIN = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
HOURLY = Rule(cron="0 * * * *")
CATCHING_UP = structs.replace(HOURLY, missed=Missed.RUN_ONCE, grace=3 * 3600.0)
IN_TURN = structs.replace(HOURLY, overlap=Overlap.WAIT)


def at(hours: float) -> datetime:
    return BEGIN + timedelta(hours=hours)


def decided(rule: Rule | None, *hours: float, stand: Stand | None = None) -> Stand:
    """Looked at at each of these times."""
    stand = stand or Stand()
    for hour in hours:
        stand = decide(stand, rule, at(hour))
    return stand


def newest(stand: Stand) -> Occasion:
    return stand.occasions[-1]


def turned(stand: Stand, outcome: DueEnd) -> Stand:
    """The newest has come so far."""
    return with_occasion(stand, structs.replace(newest(stand), outcome=outcome, activity="A"))


def test_nothing_is_due_before_it_was_set() -> None:
    stand = decided(HOURLY, 0.5)
    assert (stand.due, stand.occasions) == (at(1), ())


def test_what_is_due_is_to_begin_and_the_next_is_known() -> None:
    stand = decided(HOURLY, 0.5, 1)
    assert (stand.due, stand.decided) == (at(2), at(1))
    assert newest(stand) == Occasion(due=at(1), at=at(1), outcome=DueEnd.WAITING)


def test_a_moment_is_decided_about_once() -> None:
    stand = decided(HOURLY, 0.5, 1)
    assert decided(HOURLY, 1, 1.01, 1.9, stand=stand) == stand


def test_missed_ones_are_one_occasion_that_says_how_many() -> None:
    stand = decided(HOURLY, 0.5, 5.5)
    one = newest(stand)
    assert (one.outcome, one.due, one.more, stand.due) == (DueEnd.MISSED, at(5), 4, at(6))
    assert one.reason == "core was down, or its clock wrong: 30 min late"


def test_caught_up_once_within_the_grace() -> None:
    stand = decided(CATCHING_UP, 0.5, 5.5)
    assert (newest(stand).outcome, newest(stand).more, len(stand.occasions)) == (DueEnd.WAITING, 4, 1)
    daily = structs.replace(CATCHING_UP, cron="0 13 * * *")
    late = decided(daily, 0.5, 7)
    assert newest(late).outcome is DueEnd.MISSED
    assert newest(late).reason.endswith("6 h late, more than the grace of 3 h")


def test_two_minutes_late_is_on_time() -> None:
    assert newest(decided(HOURLY, 0.5, 1 + 119 / 3600)).outcome is DueEnd.WAITING
    assert newest(decided(HOURLY, 0.5, 1 + 121 / 3600)).outcome is DueEnd.MISSED


def test_overlapping() -> None:
    going = turned(decided(HOURLY, 0.5, 1), DueEnd.BEGUN)
    skipped = newest(decided(HOURLY, 2, stand=going))
    assert (skipped.outcome, skipped.reason) == (DueEnd.OVERLAPPED, "the run before had not ended")
    waiting = decided(IN_TURN, 2, stand=going)
    assert newest(waiting).outcome is DueEnd.WAITING
    assert newest(decided(IN_TURN, 3, stand=waiting)).reason == "one waits already for the run before to end"


def test_switched_off_nothing_is_due_and_nothing_waits() -> None:
    waiting = decided(IN_TURN, 2, stand=turned(decided(IN_TURN, 0.5, 1), DueEnd.BEGUN))
    off = decided(None, 2.5, stand=waiting)
    assert off.due is None
    assert (newest(off).outcome, newest(off).reason) == (DueEnd.CANCELLED, "it was switched off")
    on = decided(IN_TURN, 7.5, stand=off)
    assert (on.due, on.occasions) == (at(8), off.occasions)


def test_another_time_counts_from_when_it_was_set() -> None:
    stand = decided(HOURLY, 0.5)
    changed = decided(structs.replace(HOURLY, cron="30 * * * *"), 0.75, stand=stand)
    assert changed.due == at(1.5)


def test_a_clock_set_back_a_little_repeats_nothing() -> None:
    stand = decided(HOURLY, 0.5, 1, 2)
    assert decided(HOURLY, 0.6, stand=stand).due == at(3)


def test_a_clock_that_was_far_ahead_is_not_waited_for() -> None:
    ahead = decided(HOURLY, 8760, 8761)
    assert decided(HOURLY, 0.5, stand=ahead).due == at(1)
    assert decided(HOURLY, 0.5, stand=decided(HOURLY, 8760)).due == at(1)


def test_the_last_ones_are_kept_and_one_under_way_for_ever() -> None:
    stand = turned(decided(HOURLY, 0.5, 1), DueEnd.BEGUN)
    stand = decided(HOURLY, *range(2, 60), stand=stand)
    assert len(stand.occasions) == KEPT
    assert stand.occasions[0].outcome is DueEnd.BEGUN
    assert stand.occasions[1].due == at(60 - KEPT + 1)


RULES = st.builds(
    Rule,
    cron=st.sampled_from(["*/5 * * * *", "0 * * * *", "7,23 * * * *"]),
    zone=st.sampled_from(["UTC", "Europe/Berlin"]),
    missed=st.sampled_from(Missed),
    grace=st.sampled_from([0.0, 600.0, 86400.0]),
    overlap=st.sampled_from(Overlap),
)
STEPS = st.lists(st.tuples(st.integers(1, 5000), st.booleans()), min_size=1, max_size=20)


@given(rule=RULES, steps=STEPS)
def test_no_due_moment_is_lost_or_decided_twice(rule: Rule, steps: list[tuple[int, bool]]) -> None:
    """However seldom it is looked at, and whether runs have ended by then: each moment is one occasion's, or one of
    those it says it missed."""
    now, stand, seen = BEGIN, decide(Stand(), rule, BEGIN), dict[datetime, int]()
    for seconds, ends in steps:
        now += timedelta(seconds=seconds)
        if ends and stand.going:
            stand = with_occasion(stand, structs.replace(stand.going, outcome=DueEnd.SUCCEEDED))
        before = {one.due for one in stand.occasions}
        stand = decide(stand, rule, now)
        for one in stand.occasions:
            if one.due not in before:
                assert one.due not in seen
                seen[one.due] = one.more
        if stand.waiting and not stand.going:
            stand = with_occasion(stand, structs.replace(stand.waiting, outcome=DueEnd.BEGUN))
        assert stand.due is not None
        assert stand.due > now
    plan = Cron(rule.cron, rule.zone)
    assert len(seen) + sum(seen.values()) == plan.count(BEGIN, now, 10_000)
