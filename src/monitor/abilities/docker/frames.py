"""Frames: how the daemon packs values as lines of JSON into a stream of bytes."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec


async def read_json(pieces: AsyncIterator[bytes]) -> AsyncIterator[Any]:
    """Values written one a line."""
    held = bytearray()
    async for piece in pieces:
        held += piece
        *lines, rest = held.split(b"\n")
        held = bytearray(rest)
        for line in lines:
            if line.strip():
                yield msgspec.json.decode(line)
    if held.strip():
        yield msgspec.json.decode(held)
