"""Codec: columns of whole numbers ↔ one block of bytes. Pure.

A column is stored as the differences between its neighbours, in the fewest bytes that all of them fit into, lowest
bytes first, and deflated; so the values a chart needs are unpacked without a step of Python for each. What is missing
is told by the lengths of the runs in which values are there, and are not.
"""

import sys
import zlib
from array import array
from itertools import accumulate, groupby
from operator import sub

import msgspec
from msgspec import Struct

from monitor.core.history.scale import MISSING
from monitor.kernel.measures import plain

_CODES = ("b", "h", "i", "q")
_LEVEL = 6
_RAW = -15
"""Deflate without zlib's frame: six bytes less a column, and the store has its own checks."""
_FORMAT = 1


class Series(Struct, frozen=True, array_like=True):
    """One column of a block: `parts` are its values, or least, mean and greatest ones; all of `points` length."""

    key: str
    unit: str
    parts: tuple[list[int], ...]


class Block(Struct, frozen=True):
    """Columns over one period; missing values are MISSING."""

    points: int
    columns: dict[str, Series]


class _Head(Struct, frozen=True, array_like=True):
    """What stands at the front: each column's key, unit, runs, and the codes and lengths of its packed parts."""

    format: int
    points: int
    columns: list[tuple[str, str, list[int], list[tuple[str, int]]]]


def pack(block: Block) -> bytes:
    """Bytes of a block."""
    columns: list[tuple[str, str, list[int], list[tuple[str, int]]]] = []
    bodies: list[bytes] = []
    for series in block.columns.values():
        runs = _runs(series.parts[0])
        packed = [_packed(part, series.parts, at) for at, part in enumerate(series.parts)]
        bodies += [body for _, body in packed]
        columns.append((series.key, series.unit, runs, [(code, len(body)) for code, body in packed]))
    head = _deflated(msgspec.msgpack.encode(_Head(_FORMAT, block.points, columns)))
    body = len(head).to_bytes(4, "little") + head + b"".join(bodies)
    return zlib.crc32(body).to_bytes(4, "little") + body


def unpack(data: bytes, wanted: "frozenset[str] | None" = None) -> Block:
    """The block, or only the columns whose measures or keys are `wanted`. ValueError if it is none, or damaged."""
    if len(data) < 8 or zlib.crc32(memoryview(data)[4:]) != int.from_bytes(data[:4], "little"):
        raise ValueError("a block of history is damaged")
    try:
        size = int.from_bytes(data[4:8], "little")
        head = msgspec.msgpack.decode(zlib.decompress(data[8 : 8 + size], _RAW), type=_Head)
        if head.format != _FORMAT:
            raise ValueError(f"a block of history has format {head.format}, this Monitor knows {_FORMAT}")
        columns: dict[str, Series] = {}
        at = 8 + size
        for key, unit, runs, lengths in head.columns:
            end = at + sum(length for _, length in lengths)
            if wanted is None or key in wanted or plain(key) in wanted:
                columns[key] = Series(key, unit, _parts(data, at, runs, lengths, head.points))
            at = end
    except (zlib.error, msgspec.MsgspecError, EOFError) as wrong:
        raise ValueError(f"a block of history cannot be read: {wrong}") from None
    return Block(head.points, columns)


def _packed(part: list[int], parts: tuple[list[int], ...], at: int) -> tuple[str, bytes]:
    """The first part of three lies below the second, the third above it: their distances from it are smaller."""
    if len(parts) == 3 and at != 1:
        mean = parts[1]
        distances = map(sub, mean, part) if at == 0 else map(sub, part, mean)
        values = [d for d, m in zip(distances, mean, strict=True) if m != MISSING]
    else:
        present = [value for value in part if value != MISSING]
        values = [*present[:1], *map(sub, present[1:], present)]
    code = _narrowest(values)
    raw = array(code, values)
    if sys.byteorder == "big":
        raw.byteswap()
    return code, _deflated(_shuffled(raw.tobytes(), raw.itemsize))


def _parts(data: bytes, at: int, runs: list[int], lengths: list[tuple[str, int]], points: int) -> tuple[list[int], ...]:
    raw: list[list[int]] = []
    for code, length in lengths:
        raw.append(_unpacked(code, data[at : at + length]))
        at += length
    if len(raw) == 3:
        mean = list(accumulate(raw[1]))
        found = (list(map(sub, mean, raw[0])), mean, [m + d for m, d in zip(mean, raw[2], strict=True)])
    else:
        found = (list(accumulate(raw[0])),)
    return tuple(_spread(values, runs, points) for values in found)


def _unpacked(code: str, body: bytes) -> list[int]:
    if code not in _CODES:
        raise ValueError(f"a block of history has a column of kind {code!r}")
    values = array(code)
    values.frombytes(_ordered(zlib.decompress(body, _RAW), values.itemsize))
    if sys.byteorder == "big":
        values.byteswap()
    return values.tolist()


def _deflated(raw: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    return packer.compress(raw) + packer.flush()


def _narrowest(values: list[int]) -> str:
    least, most = min(values, default=0), max(values, default=0)
    sizes = zip(_CODES, (7, 15, 31, 63), strict=True)
    return next(code for code, bits in sizes if -(1 << bits) <= least and most < 1 << bits)


def _shuffled(raw: bytes, size: int) -> bytes:
    """All lowest bytes, then all next ones: the high ones are nearly all alike."""
    return raw if size == 1 else b"".join(raw[byte::size] for byte in range(size))


def _ordered(shuffled: bytes, size: int) -> bytes:
    if size == 1:
        return shuffled
    count = len(shuffled) // size
    raw = bytearray(len(shuffled))
    for byte in range(size):
        raw[byte::size] = shuffled[byte * count : (byte + 1) * count]
    return bytes(raw)


def _runs(part: list[int]) -> list[int]:
    """Lengths of the runs, the first one of values that are there."""
    runs = [(there, len(list(run))) for there, run in groupby(value != MISSING for value in part)]
    lengths = [length for _, length in runs]
    return [0, *lengths] if runs and not runs[0][0] else lengths


def _spread(values: list[int], runs: list[int], points: int) -> list[int]:
    if sum(runs) != points or sum(runs[::2]) != len(values):
        raise ValueError("a block of history does not add up")
    if len(runs) == 1:
        return values
    found: list[int] = []
    taken = 0
    for number, length in enumerate(runs):
        if number % 2:
            found += [MISSING] * length
        else:
            found += values[taken : taken + length]
            taken += length
    return found
