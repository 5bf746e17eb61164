"""Lock: one agent at a time in a state folder; the next waits a little for one that is ending or there only to join."""

import asyncio
import fcntl
import logging
from pathlib import Path
from typing import BinaryIO

from monitor.kernel.clock import Clock
from monitor.kernel.errors import Conflict

_PATIENCE = 10.0
"""Seconds a second agent waits for the first one to end."""
_LOOK = 0.1
_LOG = logging.getLogger(__name__)


def take_lock(state: Path) -> BinaryIO | None:
    """Hold the state folder for one agent; the lock ends when the file is closed. None if it is held."""
    file = (state / "lock").open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


async def wait_for_lock(state: Path, clock: Clock, stopping: asyncio.Event) -> BinaryIO | None:
    """Hold it once whoever has it ends: `join` does, and so does an agent before a restart. None if told to stop
    meanwhile; Conflict if it does not end.
    """
    until = clock.monotonic() + _PATIENCE
    told = False
    while not stopping.is_set():
        if (file := take_lock(state)) is not None:
            return file
        if clock.monotonic() >= until:
            raise Conflict(f"another periphery runs with the state folder {state}")
        if not told:
            _LOG.warning(
                "another periphery has the state folder %s: waiting up to %.0f s for its end", state, _PATIENCE
            )
            told = True
        await clock.sleep(_LOOK)
    return None
