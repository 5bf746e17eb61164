"""Download: an answer that is a file, made while it is sent."""

from collections.abc import AsyncIterator
from typing import NamedTuple


class Download(NamedTuple):
    """What a query whose answer is a file answers; a failure while it is made breaks it off."""

    name: str
    """File name to save it as."""
    pieces: AsyncIterator[bytes]
