"""Verify: watching a container that was just started until it counts as up, or plainly does not."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from monitor.abilities.docker.described import Described, described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import Clock

_PROBE_EVERY = 0.25
"""Seconds between looks at a health check's outcome; only while a job waits for it."""


async def come_up(
    docker: Engine, clock: Clock, container: str, *, stable_for: float, healthy_within: float
) -> tuple[Described, str]:
    """The container as the daemon describes it at the end, and why it does not count as up; "" if it does.

    Up means: it ran all the time and runs still, for `stable_for` seconds, or is healthy where it has a health check.
    """
    ended = asyncio.create_task(docker.wait(container))
    try:
        seen = described(await docker.inspect(container))
        if seen.state.health is None:
            await _until(ended, clock.sleep(stable_for))
        else:
            late = clock.monotonic() + healthy_within
            while _starting(seen) and clock.monotonic() < late and not ended.done():
                await _until(ended, clock.sleep(_PROBE_EVERY))
                seen = described(await docker.inspect(container))
        if ended.done():
            ended.result()
        seen = described(await docker.inspect(container))
        return seen, _trouble(seen, ended.done(), healthy_within)
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
    if ended or not state.running or state.restarting or seen.restart_count:
        return "did not stay up"
    if state.health is None or state.health.status in ("healthy", "none", ""):
        return ""
    if state.health.status == "unhealthy":
        return "is unhealthy"
    return f"was not healthy within {healthy_within:g} s"
