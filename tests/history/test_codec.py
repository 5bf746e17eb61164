"""Blocks: what goes in comes out, whatever is missing, and only so much is kept of each figure as is said."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.history.codec import Block, Series, pack, unpack
from monitor.core.history.scale import MISSING, decoder, encoder
from monitor.kernel.measures import Unit

CODES = st.one_of(st.just(MISSING), st.integers(0, 200), st.integers(0, 2**31 - 1))


@given(st.lists(CODES, max_size=200), st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 99)), max_size=3))
def test_samples_come_back(codes: list[int], more: list[tuple[int, int]]) -> None:
    columns = {"cpu": Series("cpu", "percent", (codes,))}
    for number, (value, step) in enumerate(more):
        key = f"disk_used:/{number}"
        columns[key] = Series(key, "space", ([value + step * at for at in range(len(codes))],))
    block = Block(len(codes), columns)
    assert unpack(pack(block)) == block


@given(st.lists(st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**20), st.integers(0, 2**20)) | st.none()))
def test_least_mean_and_greatest_come_back(points: list[tuple[int, int, int] | None]) -> None:
    low = [MISSING if point is None else max(point[0] - point[1], 0) for point in points]
    mean = [MISSING if point is None else point[0] for point in points]
    high = [MISSING if point is None else point[0] + point[2] for point in points]
    block = Block(len(points), {"sent": Series("sent", "rate", (low, mean, high))})
    assert unpack(pack(block)) == block


def test_only_what_is_wanted_is_unpacked() -> None:
    keys = ("cpu", "disk_used:/", "disk_used:/srv", "disk_total:/")
    block = Block(2, {key: Series(key, "percent", ([1, 2],)) for key in keys})
    assert list(unpack(pack(block), frozenset({"disk_used"})).columns) == ["disk_used:/", "disk_used:/srv"]
    assert list(unpack(pack(block), frozenset({"disk_used:/srv", "cpu"})).columns) == ["cpu", "disk_used:/srv"]


@pytest.mark.parametrize("damage", [b"", b"\x05", b"\xff\xff\xff\xff", b"\0" * 40])
def test_what_is_no_block_is_said_to_be_none(damage: bytes) -> None:
    with pytest.raises(ValueError, match="block of history"):
        unpack(damage)


@given(st.data())
def test_a_damaged_block_never_does_worse_than_say_so(data: st.DataObject) -> None:
    whole = pack(Block(50, {"cpu": Series("cpu", "percent", (list(range(50)),))}))
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    try:
        unpack(broken)
    except ValueError:
        return


@pytest.mark.parametrize(
    ("unit", "within"),
    [(Unit.PERCENT, 0.05), (Unit.BYTES, 32_768), (Unit.SPACE, 524_288), (Unit.LOAD, 0.005), (Unit.COUNT, 0.5)],
)
@given(figure=st.floats(0, 100_000))
def test_how_precisely_figures_are_kept(unit: Unit, within: float, figure: float) -> None:
    [back] = decoder(unit)([encoder(unit)(figure)])
    assert abs(back - figure) <= within * 1.000001


@given(st.floats(0, 1e15))
def test_rates_are_kept_to_a_part_of_themselves(figure: float) -> None:
    [back] = decoder(Unit.RATE)([encoder(Unit.RATE)(figure)])
    assert abs(back - figure) <= 0.5 + 0.012 * figure


@given(st.sampled_from(Unit), st.floats(0, 1e18), st.floats(0, 1e18))
def test_what_is_larger_never_has_the_smaller_code(unit: Unit, one: float, other: float) -> None:
    code = encoder(unit)
    assert code(min(one, other)) <= code(max(one, other)) < 2**31
    assert code(min(one, other)) >= 0


def test_cold_is_kept_too() -> None:
    assert decoder(Unit.CELSIUS)([encoder(Unit.CELSIUS)(c) for c in (-40.0, 0.0, 71.5)]) == [-40, 0, 71.5]
    assert not math.isnan(decoder(Unit.CELSIUS)([encoder(Unit.CELSIUS)(-273.0)])[0])
