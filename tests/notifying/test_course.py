"""What is sent to a target next: nothing waits behind what was refused, and what is down is asked seldom."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from monitor.features.notifying import course
from monitor.features.notifying.course import DOWN_LONGEST, GIVEN_UP_AFTER, MANY, URGENT, pause
from monitor.features.notifying.gathering import together
from monitor.kernel.alerts import AlertChange, Severity
from monitor.notifier.task import Outcome
from monitor.resources.alert_target.info import Delivery, DeliveryKind, Standstill
from tests.notifying.events import an_event

NOW = datetime(2026, 11, 27, tzinfo=UTC)
SECOND = timedelta(seconds=1)
_SOON = timedelta(minutes=5)
"""What is back is found so within that."""
REFUSED = Outcome(delivered=False, error="answered 400 Bad Request", refused=True)
DOWN = Outcome(delivered=False, error="Connection refused")


def a_delivery(place: int, alert: str = "", *, critical: bool = False, **more: object) -> Delivery:
    severity = Severity.CRITICAL if critical else Severity.WARNING
    event = an_event(NOW, alert=alert or f"A{place}", severity=severity)
    given = {"kind": DeliveryKind.EVENT, "queued": NOW, "events": (event,), **more}
    return Delivery(id=f"D{place}", place=place, **given)  # type: ignore[arg-type] # of a test's choice


def test_one_that_is_refused_is_passed_and_tried_by_itself() -> None:
    first, second = a_delivery(1), a_delivery(2)
    first, trouble = course.failed(first, None, REFUSED, "T", NOW)
    assert (first.refused, course.is_up(trouble)) == (True, True)
    assert course.turn([first, second], trouble, NOW) == course.Turn(second, NOW)
    assert course.turn([first], trouble, NOW) == course.Turn(first, NOW + pause("D1", 1))


def test_a_target_that_is_down_gets_one_at_a_time_and_what_is_critical_soon() -> None:
    first, second = a_delivery(1), a_delivery(2)
    trouble: Standstill | None = None
    for tries in range(1, 9):
        first, trouble = course.failed(first, trouble, DOWN, "T", NOW)
        assert trouble.next == NOW + pause("T", tries, DOWN_LONGEST)
        assert trouble.next <= NOW + _SOON
        assert not first.refused
    assert course.turn([first, second], trouble, NOW) == course.Turn(second, NOW + pause("T", 8, DOWN_LONGEST))
    third = a_delivery(3, critical=True)
    assert course.turn([first, second, third], trouble, NOW) == course.Turn(third, NOW + URGENT)
    tried = structs.replace(third, tries=1)
    assert course.turn([first, second, tried], trouble, NOW).at == NOW + pause("T", 8, DOWN_LONGEST)


def test_one_that_refuses_everything_is_taken_for_down() -> None:
    trouble: Standstill | None = None
    for at in range(1, MANY + 1):
        assert course.is_up(trouble)
        _, trouble = course.failed(a_delivery(at), trouble, REFUSED, "T", NOW)
    assert trouble is not None
    assert (trouble.tries, trouble.refused, trouble.next) == (1, MANY, NOW + pause("T", 1))
    for tries in range(2, 10):
        _, trouble = course.failed(a_delivery(tries), trouble, REFUSED, "T", NOW)
    assert trouble.next == NOW + pause("T", 9), "it takes none until somebody changes something"
    assert trouble.next > NOW + _SOON


def test_what_fails_though_others_went_meanwhile_is_at_fault_whatever_was_said() -> None:
    one, _ = course.failed(a_delivery(1), None, DOWN, "T", NOW)
    again, trouble = course.failed(one, None, DOWN, "T", NOW)  # None: another one was taken
    assert (again.refused, trouble.tries) == (True, 1)


def test_what_tells_of_the_same_alert_keeps_its_order_unless_it_is_critical() -> None:
    opened = a_delivery(1, "A", tries=3, failed=NOW)
    resolved = a_delivery(2, "A")
    other = a_delivery(3, "B")
    trouble = Standstill(since=NOW, tries=3, next=NOW)
    assert course.turn([opened, resolved, other], trouble, NOW).delivery == other
    assert course.turn([opened, resolved], trouble, NOW).delivery == opened


def test_what_was_passed_by_what_came_later_of_its_alert_is_told_no_more() -> None:
    opened, later = a_delivery(1, "A"), a_delivery(2, "A")
    both = structs.replace(opened, events=(*opened.events, *a_delivery(1, "B").events))
    assert course.without_told(opened, later) is None
    left = course.without_told(both, later)
    assert left is not None
    assert left.alerts == ("B",)
    assert course.without_told(later, opened) is later
    digest = structs.replace(opened, kind=DeliveryKind.DIGEST)
    assert course.without_told(digest, later) is digest


def test_a_clock_that_was_put_back_holds_nothing_up() -> None:
    far = NOW + timedelta(days=1)
    trouble = Standstill(since=far, tries=5, next=far, urgent=far)
    assert course.turn([a_delivery(1)], trouble, NOW).at == NOW
    assert course.turn([a_delivery(1, refused=True, next=far)], None, NOW).at == NOW


def test_a_digest_and_a_heading_are_passed_by_nothing() -> None:
    a, b, e, f = (a_delivery(place) for place in (1, 2, 5, 6))
    digest = structs.replace(a_delivery(3), kind=DeliveryKind.DIGEST)
    held = structs.replace(a_delivery(4), kind=DeliveryKind.SUMMARY, heading="Held during quiet hours:")
    refused = a_delivery(7, refused=True, tries=1)
    g = a_delivery(8)
    ready = [a, b, digest, held, e, f, refused, g]
    assert together(ready, a) == [a, b]
    assert together(ready, digest) == [digest]
    assert together(ready, held) == [held]
    assert together(ready, f) == [e, f, g]
    tried = structs.replace(f, tries=1)
    assert together([e, tried, g], e) == [e]
    assert together([e, tried, g], tried) == [tried]


@dataclass
class Target:
    """A plain model of one: when it is not there, and which messages it never takes."""

    gone: list[tuple[int, int]]
    """In seconds since the beginning."""
    never: set[int]
    """Places."""
    tries: list[tuple[datetime, Delivery, str]] = field(default_factory=list)

    def takes(self, one: Delivery, now: datetime) -> Outcome:
        at = (now - NOW).total_seconds()
        outcome = Outcome(delivered=True)
        if any(begin <= at < end for begin, end in self.gone):
            outcome = DOWN
        elif one.place in self.never:
            outcome = REFUSED
        self.tries.append((now, one, "ok" if outcome.delivered else "refused" if outcome.refused else "down"))
        return outcome


Ends = dict[int, tuple[str, datetime]]


def played(target: Target, coming: list[Delivery]) -> Ends:
    """What became of each and when, by its place; each is sent in no time, one after the other."""
    queue: list[Delivery] = []
    became: Ends = {}
    trouble: Standstill | None = None
    now, coming = NOW, list(coming)
    while coming or queue:
        while coming and coming[0].queued <= now:
            queue.append(coming.pop(0))
        turn = course.turn(queue, trouble, now) if queue else None
        if turn is None or turn.at > now:
            now = min([one.queued for one in coming[:1]] + ([turn.at] if turn else []))
            continue
        one, outcome = turn.delivery, target.takes(turn.delivery, now)
        queue.remove(one)
        if outcome.delivered:
            trouble, became[one.place] = None, ("delivered", now)
            left = {other.place: course.without_told(other, one) for other in queue}
            became |= {place: ("overtaken", now) for place, what in left.items() if what is None}
            queue = [what for what in left.values() if what is not None]
            continue
        after, trouble = course.failed(one, trouble, outcome, "T", now)
        queue = sorted([*queue, after], key=lambda each: each.place)
        old = [each.place for each in queue if course.is_too_old(each, trouble, now)]
        became |= dict.fromkeys(old, ("given up", now))
        queue = [each for each in queue if each.place not in old]
    return became


_COMING = st.lists(
    st.tuples(st.integers(0, 7200), st.sampled_from("ABCDEFGHIJ"), st.booleans(), st.booleans()),
    min_size=1,
    max_size=40,
)
_GONE = st.lists(st.tuples(st.integers(0, 8000), st.integers(1, 20_000)), max_size=3)


def _made(coming: list[tuple[int, str, bool, bool]]) -> list[Delivery]:
    made: list[Delivery] = []
    for place, (at, alert, critical, over) in enumerate(sorted(coming), 1):
        queued = NOW + at * SECOND
        severity, change = Severity.CRITICAL if critical else Severity.WARNING, AlertChange.OPENED
        event = an_event(queued, alert=alert, severity=severity, change=AlertChange.RESOLVED if over else change)
        made.append(Delivery(id=f"D{place}", kind=DeliveryKind.EVENT, queued=queued, events=(event,), place=place))
    return made


@settings(max_examples=150, deadline=None)
@given(_COMING, _GONE, st.sets(st.integers(1, 40), max_size=40))
def test_any_course(coming: list[tuple[int, str, bool, bool]], gone: list[tuple[int, int]], never: set[int]) -> None:
    target = Target([(begin, begin + length) for begin, length in gone], never)
    made = _made(coming)
    became = played(target, made)
    assert set(became) == {one.place for one in made}, "each is delivered, given up or overtaken: none is lost"
    for one in made:
        end, at = became[one.place]
        if end == "given up":
            assert at - one.queued >= GIVEN_UP_AFTER
    _order_of_alerts_holds(target)
    _nothing_is_hammered(target)
    _what_is_critical_is_tried_soon(target)
    _what_is_back_is_found_soon(target)


def _order_of_alerts_holds(target: Target) -> None:
    last: dict[str, int] = {}
    for _, one, said in target.tries:
        if said == "ok":
            [alert] = one.alerts
            assert last.get(alert, 0) < one.place
            last[alert] = one.place


def _nothing_is_hammered(target: Target) -> None:
    """After one that could not be sent there is always a pause; of what is refused only a few go without one."""
    for (at, _, said), (then, _, _) in pairwise(target.tries):
        assert said != "down" or then - at >= 12 * SECOND
    for some in zip(*(target.tries[begin:] for begin in range(MANY + 1)), strict=False):
        assert any(said == "ok" for _, _, said in some) or some[-1][0] - some[0][0] >= 12 * SECOND
    last = max(one.queued for _, one, _ in target.tries) + timedelta(hours=1)
    for begin, end in target.gone:
        since, until = max(NOW + begin * SECOND, last), NOW + end * SECOND
        late = [at for at, _, said in target.tries if said == "down" and since <= at < until]
        assert len(late) <= 40 + 2 + max(until - since, timedelta()) / timedelta(seconds=200)


def _what_is_back_is_found_soon(target: Target) -> None:
    """As long as it is down, and something waits that was not refused, it is asked again within five minutes."""
    for (_, _, before), (at, one, said), (then, _, _) in zip(
        target.tries, target.tries[1:], target.tries[2:], strict=False
    ):
        if before == said == "down" and not one.refused and at - (one.failed or at) < GIVEN_UP_AFTER - _SOON:
            assert then - at <= _SOON


def _what_is_critical_is_tried_soon(target: Target) -> None:
    """Whatever came of others: one after the other, a minute apart at most."""
    first: dict[int, tuple[datetime, Delivery]] = {}
    for at, one, _ in target.tries:
        first.setdefault(one.place, (at, one))
    critical = sorted((at, one.place, one) for at, one in first.values() if course.is_critical(one))
    for at, _, one in critical:
        before = [when for when, _, other in critical if one.queued <= when <= at]
        assert at - one.queued <= URGENT * len(before)
