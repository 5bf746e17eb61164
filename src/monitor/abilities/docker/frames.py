"""Frames: how the daemon packs a container's output, and lines of JSON, into a stream of bytes."""

import re
from collections.abc import AsyncIterator
from typing import Any

import msgspec

_STREAMS = {1: "stdout", 2: "stderr"}
_PART = 16 * 1024
"""The daemon cuts longer lines into messages of this size; each gets a timestamp of its own."""
_STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}\S{1,6} ")


async def read_frames(pieces: AsyncIterator[bytes]) -> AsyncIterator[tuple[str, bytes]]:
    """(stream, message) of a container without tty: 8 bytes of head, the first the stream, the last four the length."""
    held = bytearray()
    async for piece in pieces:
        held += piece
        while len(held) >= 8:
            end = 8 + int.from_bytes(held[4:8], "big")
            if len(held) < end:
                break
            yield _STREAMS.get(held[0], "stdout"), bytes(held[8:end])
            del held[:end]


async def read_raw(pieces: AsyncIterator[bytes]) -> AsyncIterator[tuple[str, bytes]]:
    """The same of a container with tty, which has no frames: lines, or parts of very long ones."""
    held = bytearray()
    async for piece in pieces:
        held += piece
        while end := _message_end(held):
            yield "stdout", bytes(held[:end])
            del held[:end]
    if held:
        yield "stdout", bytes(held)


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


def _message_end(held: bytearray) -> int:
    """Where the first whole message ends; 0 while it is not whole."""
    stamp = _STAMP.match(held)
    part_end = (stamp.end() if stamp else 0) + _PART
    newline = held.find(b"\n", 0, part_end + 1)
    if newline >= 0:
        return newline + 1
    # A full part is followed by the next part's timestamp, or by whatever comes when nobody asked for timestamps.
    return part_end if len(held) >= part_end + 64 else 0
