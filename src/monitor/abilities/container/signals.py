"""Signals: what a container is sent when it is to end in another way than its own."""

from monitor.abilities.docker.described import Described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import Conflict

_KILLS = ("KILL", "SIGKILL", "9")
_GONE = 10.0
"""Seconds a killed process may take to be gone: one in the middle of reading a broken disk stays longer."""
_MOMENT = 0.5
"""Seconds in which an answer to any other signal is waited for, so that what is told is not what was."""


async def send(docker: Engine, clock: Clock, seen: Described, signal: str) -> None:
    """Send it and wait a moment for what comes of it. Conflict if the container does not run."""
    await docker.kill(seen.id, signal)
    await _ended(docker, clock, seen, _GONE if signal in _KILLS else _MOMENT)


async def end_by(docker: Engine, clock: Clock, seen: Described, signal: str, grace: int) -> int:
    """Ask it to end by this signal; answers the grace a stop may give it after that: none where it had its time.

    Engines before API 1.42 take no signal with a stop. One whose stop signal is another is started again by its restart
    policy when this one ends it, which is why a stop always follows.
    """
    try:
        await docker.kill(seen.id, signal)
    except Conflict:
        return grace  # it has ended meanwhile
    return grace if await _ended(docker, clock, seen, float(grace)) else 0


async def _ended(docker: Engine, clock: Clock, seen: Described, within: float) -> bool:
    try:
        async with deadline(clock, within):
            await docker.wait(seen.id)
    except TimeoutError:
        return False
    return True
