"""SimulatedContainer: one container of a simulated host, with what it wrote."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from monitor.kernel.hostview import Container


@dataclass
class SimulatedContainer:
    """One container: what Docker would show of it, the body it was made from, and what it wrote."""

    view: Container
    body: dict[str, Any]
    policy: str = "no"
    files: dict[str, str] = field(default_factory=dict[str, str])
    """What was put into it before it started, by path."""
    changes: list[Any] = field(default_factory=list[Any])
    """Files it changed beside those any program does (FileChange of abilities/inside)."""
    signals: list[str] = field(default_factory=list[str])
    """What it was sent."""
    health_said: str = ""
    """What its health check wrote the last time it failed."""
    lines: list[bytes] = field(default_factory=list[bytes])
    """What it wrote. A test may add to it; a line is stamped when it is first looked at, or by `write`."""
    stamps: list[tuple[datetime, str]] = field(default_factory=list[tuple[datetime, str]])
    """When each line was written, and to which stream; at the end there may be lines without."""

    parts: set[int] = field(default_factory=set[int])
    """Which of the lines go on in the next."""

    def write(self, at: datetime, *lines: bytes, stream: str = "stdout") -> None:
        """Write lines at a time of one's own, in order."""
        self.stamp(at)
        self.lines += lines
        self.stamps += [(at, stream)] * len(lines)

    def stamp(self, now: datetime) -> None:
        """Give the lines that have none a time: now."""
        self.stamps += [(now, "stdout")] * (len(self.lines) - len(self.stamps))
