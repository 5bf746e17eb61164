"""How a container's output comes apart, wherever the stream is cut into pieces."""

from collections.abc import AsyncIterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from monitor.abilities.docker.frames import read_frames, read_json, read_raw

STAMP = b"2026-01-02T03:04:05.123456789Z "
PART = 16 * 1024


async def pieces(data: bytes, cuts: list[int]) -> AsyncIterator[bytes]:
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    for start, end in pairwise(places):
        yield data[start:end]


CUTS = st.lists(st.integers(0, 200), max_size=6)


@given(st.lists(st.tuples(st.sampled_from([1, 2]), st.binary(max_size=40)), max_size=6), CUTS)
async def test_frames(messages: list[tuple[int, bytes]], cuts: list[int]) -> None:
    data = b"".join(bytes([stream, 0, 0, 0]) + len(text).to_bytes(4, "big") + text for stream, text in messages)
    names = {1: "stdout", 2: "stderr"}
    assert [m async for m in read_frames(pieces(data, cuts))] == [(names[s], text) for s, text in messages]


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=6), CUTS)
async def test_lines_of_a_terminal(lines: list[bytes], cuts: list[int]) -> None:
    data = b"".join(STAMP + line + b"\r\n" for line in lines)
    assert [m for _, m in [m async for m in read_raw(pieces(data, cuts))]] == [STAMP + line + b"\r\n" for line in lines]


async def test_a_long_line_of_a_terminal_comes_in_parts() -> None:
    messages = [STAMP + b"a" * PART, STAMP + b"b" * PART, STAMP + b"c" * 10 + b"\n", STAMP + b"d\n"]
    cuts = list(range(0, 40_000, 1000))
    assert [m async for _, m in read_raw(pieces(b"".join(messages), cuts))] == messages


async def test_a_last_line_without_an_end() -> None:
    assert [m async for _, m in read_raw(pieces(STAMP + b"prompt> ", []))] == [STAMP + b"prompt> "]


@given(CUTS)
async def test_json_values(cuts: list[int]) -> None:
    data = b'{"a": 1}\n\n{"b": "\xc3\xa4"}\r\n{"c": 3}'
    assert [v async for v in read_json(pieces(data, cuts))] == [{"a": 1}, {"b": "ä"}, {"c": 3}]
