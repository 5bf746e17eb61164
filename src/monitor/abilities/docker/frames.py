"""Frames: how the daemon packs values as lines of JSON into a stream of bytes."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec


async def read_json(pieces: AsyncIterator[bytes]) -> AsyncIterator[Any]:
    """Values written one a line."""
    async for line in read_lines(pieces):
        yield msgspec.json.decode(line)


async def read_lines(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Lines that hold something, without their ends."""
    held = bytearray()
    async for piece in pieces:
        held += piece
        *lines, rest = held.split(b"\n")
        held = bytearray(rest)
        for line in lines:
            if line.strip():
                yield bytes(line)
    if held.strip():
        yield bytes(held)
