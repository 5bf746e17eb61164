"""Where samples lie on core's time, whatever the clocks do and however often they are sent."""

from monitor.core.history.cursor import Cursor


def test_a_sample_lies_where_it_was_taken_however_late_it_comes() -> None:
    cursor = Cursor().met("a", 100.0, 1_000_000.0)
    assert cursor.time_of(100) == 1_000_000
    assert cursor.time_of(40) == 999_400
    later = cursor.moved(100).met("a", 460.3, 1_003_603.0)
    assert later.time_of(101) == 1_000_010
    assert later.seq == 100


def test_delays_do_not_move_it() -> None:
    cursor = Cursor().met("a", 100.45, 1_000_000.0)
    first = cursor.time_of(100)
    for late in (0.0, 4.0, 9.0, 14.0):
        cursor = cursor.met("a", 200.45, 1_001_000.0 + late)
        assert cursor.time_of(100) == first


def test_another_life_of_the_agent_begins_anew() -> None:
    cursor = Cursor().met("a", 100.0, 1_000_000.0).moved(100).met("b", 1.0, 1_000_100.0)
    assert (cursor.boot, cursor.seq, cursor.time_of(1)) == ("b", 0, 1_000_100)


def test_one_message_that_was_held_up_is_no_reason_and_three_are() -> None:
    cursor = Cursor().met("a", 100.0, 1_000_000.0)
    held_up = cursor.met("a", 101.0, 1_000_060.0)
    assert held_up.time_of(101) == 1_000_010
    assert held_up.met("a", 102.0, 1_000_020.0).astray == 0
    for number in range(3):
        held_up = held_up.met("a", 102.0 + number, 1_000_070.0 + 10 * number)
    assert held_up.time_of(104) == 1_000_090
