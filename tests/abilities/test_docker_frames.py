"""How values a line come apart, wherever the stream is cut into pieces."""

from collections.abc import AsyncIterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from monitor.abilities.docker.frames import read_json


async def pieces(data: bytes, cuts: list[int]) -> AsyncIterator[bytes]:
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    for start, end in pairwise(places):
        yield data[start:end]


CUTS = st.lists(st.integers(0, 200), max_size=6)


@given(CUTS)
async def test_json_values(cuts: list[int]) -> None:
    data = b'{"a": 1}\n\n{"b": "\xc3\xa4"}\r\n{"c": 3}'
    assert [v async for v in read_json(pieces(data, cuts))] == [{"a": 1}, {"b": "ä"}, {"c": 3}]
