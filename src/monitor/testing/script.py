"""Script: what a step of a simulated job prints, how fast, and how it ends."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Script:
    """One step's part. Its pieces are asked for anew at each run, and need not end."""

    pieces: Callable[[], Iterable[tuple[float, bytes]]]
    """(seconds to wait before it, what is printed then)"""
    error: str = ""
    """Why the step fails after its last piece; empty: it does not."""
    hint: str = ""
    exit_code: int | None = None
