"""Verify: watching a container that was just started until it counts as up, or plainly does not."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from msgspec import Struct

from monitor.abilities.docker.described import Described, described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import Clock

DID_NOT_STAY = "did not stay up"
_PROBE_EVERY = 0.25
"""Seconds between looks at a health check's outcome; only while a job waits for it."""


class Watched(Struct, frozen=True):
    """What became of a container that was started."""

    seen: Described
    """As the daemon describes it at the end."""
    trouble: str
    """Why it does not count as up: `did not stay up`; empty if it does."""
    exit_code: int | None
    """Of its first end, if it ended; the daemon may have started it again since."""


async def come_up(docker: Engine, clock: Clock, container: str, *, stable_for: float, healthy_within: float) -> Watched:
    """Watch it.

    Up means: it ran all the time and runs still, for `stable_for` seconds, or is healthy where it has a health check.
    """
    ended = asyncio.create_task(docker.wait(container))
    try:
        first = seen = described(await docker.inspect(container))
        if first.state.restarting:
            return Watched(first, DID_NOT_STAY, first.state.exit_code)
        if seen.state.health is None:
            await _until(ended, clock.sleep(stable_for))
        else:
            late = clock.monotonic() + healthy_within
            while _starting(seen) and clock.monotonic() < late and not ended.done():
                await _until(ended, clock.sleep(_PROBE_EVERY))
                seen = described(await docker.inspect(container))
        code = ended.result() if ended.done() else None
        seen = described(await docker.inspect(container))
        if code is None and (not seen.state.running or seen.restart_count > first.restart_count):
            code = seen.state.exit_code
        return Watched(seen, _trouble(seen, code is not None, healthy_within), code)
    finally:
        ended.cancel()
        await asyncio.gather(ended, return_exceptions=True)


async def _until(ended: "asyncio.Task[int]", wait: Coroutine[Any, Any, None]) -> None:
    timer = asyncio.create_task(wait)
    try:
        await asyncio.wait((ended, timer), return_when=asyncio.FIRST_COMPLETED)
    finally:
        timer.cancel()


def _starting(seen: Described) -> bool:
    return seen.state.health is not None and seen.state.health.status == "starting"


def _trouble(seen: Described, ended: bool, healthy_within: float) -> str:
    state = seen.state
    if ended:
        return DID_NOT_STAY
    if state.health is None or state.health.status in ("healthy", "none", ""):
        return ""
    if state.health.status == "unhealthy":
        return "is unhealthy"
    return f"was not healthy within {healthy_within:g} s"
