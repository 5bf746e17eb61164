"""How a container's output comes apart, wherever the stream is cut into pieces."""

from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.abilities.docker.chunked import Chunked
from monitor.abilities.docker.log_lines import LogLine, read_lines

STAMP = b"2026-01-02T03:04:05.123456789Z "
AT = 1_767_323_045_123_456_789
PART = 16 * 1024


async def pieces(data: bytes, cuts: list[int]) -> AsyncIterator[bytes]:
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    for start, end in pairwise(places):
        yield data[start:end]


async def read(data: bytes, cuts: list[int], *, tty: bool = False) -> list[LogLine]:
    return [line async for lines in read_lines(pieces(data, cuts), tty=tty) for line in lines]


def framed(stream: int, text: bytes) -> bytes:
    return bytes([stream, 0, 0, 0]) + len(text).to_bytes(4, "big") + text


CUTS = st.lists(st.integers(0, 200), max_size=6)


@given(st.lists(st.tuples(st.sampled_from([1, 2]), st.binary(max_size=40)), max_size=6), CUTS)
async def test_frames(messages: list[tuple[int, bytes]], cuts: list[int]) -> None:
    data = b"".join(framed(stream, STAMP + text) for stream, text in messages)
    assert await read(data, cuts) == [LogLine(AT, stream, text) for stream, text in messages]


@given(st.binary(max_size=60), CUTS)
async def test_what_has_no_time_is_all_data(text: bytes, cuts: list[int]) -> None:
    (line,) = await read(framed(1, text), cuts)
    assert line.data == text or line.at


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=6), CUTS)
async def test_lines_of_a_terminal(lines: list[bytes], cuts: list[int]) -> None:
    data = b"".join(STAMP + line + b"\r\n" for line in lines)
    assert [line.data for line in await read(data, cuts, tty=True)] == [line + b"\r\n" for line in lines]


async def test_a_long_line_of_a_terminal_comes_in_parts() -> None:
    parts = [b"a" * PART, b"b" * PART, b"c" * 10 + b"\n", b"d\n"]
    data = b"".join(STAMP + part for part in parts)
    assert [line.data for line in await read(data, list(range(0, 40_000, 1000)), tty=True)] == parts


async def test_a_last_line_without_an_end() -> None:
    assert [line.data for line in await read(STAMP + b"prompt> ", [], tty=True)] == [b"prompt> "]


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=8), CUTS)
def test_chunks(bodies: list[bytes], cuts: list[int]) -> None:
    data = b"".join(f"{len(body):x};x=1\r\n".encode() + body + b"\r\n" for body in bodies) + b"0\r\n\r\n"
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    chunked = Chunked()
    assert b"".join(chunked.feed(data[start:end]) for start, end in pairwise(places)) == b"".join(bodies)
    assert chunked.ended


@pytest.mark.parametrize("babble", [b"-5\r\nabc\r\n", b"zz\r\n", b"\r\n", b"x" * 2000])
def test_what_is_no_chunk_is_refused(babble: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - int() says it its own way
        Chunked().feed(babble)
