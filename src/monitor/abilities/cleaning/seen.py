"""Seen: when a host's images were last seen in use, which Docker does not remember; noted whenever somebody looks."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec


class Seen:
    """Of one agent; in a file, so that an agent that is started anew knows it."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._times: dict[str, float] | None = None
        """Seconds since the epoch by image; None: nobody has looked yet."""

    def note(self, there: Collection[str], used: Collection[str], now: datetime) -> Mapping[str, datetime]:
        """Up to when each was in use, or since when it is known; of what was here at the very first look, nothing."""
        before = self._times if self._times is not None else self._read()
        seconds = now.timestamp()
        first = before is None
        known = before or {}
        times = {id: seconds if id in used else known.get(id, 0.0 if first else seconds) for id in there}
        self._times = times
        if times != before:
            self._write(times)
        return {id: datetime.fromtimestamp(time, UTC) for id, time in times.items() if time}

    def _read(self) -> dict[str, float] | None:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, float]) if self._path else None
        except (OSError, msgspec.MsgspecError):
            return None

    def _write(self, times: dict[str, float]) -> None:
        # A full disk is when people look: it is noted in memory, and written the next time.
        if self._path is None:
            return
        fresh = self._path.with_suffix(".new")
        with suppress(OSError):
            fresh.write_bytes(msgspec.json.encode(times))
            fresh.replace(self._path)
