"""Rolling up: least, mean and greatest of what there is; a gap stays a gap."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.history.codec import Block, Series
from monitor.core.history.levels import FINE, LEVELS
from monitor.core.history.rollup import merged, roll_up
from monitor.core.history.scale import MISSING, decoder, encoder
from monitor.kernel.measures import Unit

MINUTES, TENS = LEVELS[1], LEVELS[2]


def block(**columns: list[int]) -> Block:
    return Block(FINE.points, {key: Series(key, "percent", (codes,)) for key, codes in columns.items()})


def test_a_minute_of_six_samples() -> None:
    codes = [1, 2, 3, 4, 5, 60, *[MISSING] * 6, 7, *[MISSING] * (FINE.points - 13)]
    rolled = roll_up(MINUTES, FINE, 0, {0: block(cpu=codes)}).columns["cpu"].parts
    assert [part[:4] for part in rolled] == [[1, -1, 7, -1], [13, -1, 7, -1], [60, -1, 7, -1]]
    assert {len(part) for part in rolled} == {MINUTES.points}


def test_blocks_and_columns_that_are_not_there_are_gaps() -> None:
    second = block(cpu=[5] * FINE.points)
    third = block(cpu=[6] * FINE.points, **{"disk_used:/": [9] * FINE.points})
    rolled = roll_up(MINUTES, FINE, 0, {FINE.period: second, 2 * FINE.period: third})
    per = FINE.period // MINUTES.step
    mean = rolled.columns["cpu"].parts[1]
    assert mean[: 3 * per] == [MISSING] * per + [5] * per + [6] * per
    assert set(mean[3 * per :]) == {MISSING}
    assert rolled.columns["disk_used:/"].parts[1][per * 2 - 1 : per * 2 + 1] == [MISSING, 9]


def test_means_of_rates_are_of_the_rates() -> None:
    code = encoder(Unit.RATE)
    low, mean, high = merged(([code(0)] * 9 + [code(1_000_000)],), 10, Unit.RATE)
    assert (low, high) == ([0], [code(1_000_000)])
    assert abs(decoder(Unit.RATE)(mean)[0] - 100_000) < 1500


def test_cores_end_with_the_minutes() -> None:
    fine = {0: block(cpu=[1] * FINE.points, **{"core:0": [1] * FINE.points})}
    minutes = roll_up(MINUTES, FINE, 0, fine)
    assert set(minutes.columns) == {"cpu", "core:0"}
    assert set(roll_up(TENS, MINUTES, 0, {0: minutes}).columns) == {"cpu"}


@given(st.lists(st.integers(-1, 1000), min_size=60, max_size=60), st.sampled_from((Unit.PERCENT, Unit.RATE)))
def test_the_mean_lies_between_and_steps_do_not_matter(codes: list[int], unit: Unit) -> None:
    once = merged((codes,), 60, unit)
    twice = merged(merged((codes,), 6, unit), 10, unit)
    assert (once[0], once[2]) == (twice[0], twice[2])
    for low, mean, high in zip(*once, strict=True):
        assert low <= mean <= high


def test_each_level_is_made_of_whole_blocks_of_the_one_before() -> None:
    for finer, coarser in pairwise(LEVELS):
        assert coarser.period % finer.period == 0
        assert finer.period % coarser.step == 0
        assert coarser.step % finer.step == 0
