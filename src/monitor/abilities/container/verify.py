"""Verify: watching a container that was just started until it counts as up, or plainly does not."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from msgspec import Struct, structs

from monitor.abilities.container.calls import Terms
from monitor.abilities.container.dial import dialled
from monitor.abilities.container.memory import KernelCount, ran_out
from monitor.abilities.container.probes import NoProbe
from monitor.abilities.docker.described import Described, described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import Clock

DID_NOT_STAY = "did not stay up"
_AGAIN = 1.0
"""Seconds in which one that Docker starts again and again is expected to end once more."""
_LOOK_EVERY = 0.25
"""Seconds between looks at a health check's outcome; only while a job waits for it."""


class Watched(Struct, frozen=True):
    """What became of a container that was started."""

    seen: Described
    """As the daemon describes it at the end."""
    trouble: str
    """Why it does not count as up: `did not stay up`; empty if it does."""
    exit_code: int | None
    """Of its first end, if it ended; the daemon may have started it again since."""
    silence: str = ""
    """Why its probe got no answer, if that is the trouble."""
    out_of_memory: bool = False
    """It ended since the kernel killed it for want of memory."""


async def come_up(
    docker: Engine, clock: Clock, container: str, terms: Terms, count: KernelCount | None = None
) -> Watched:
    """Watch it. `count` was read before it was started.

    Up means: it ran all the time and runs still, for `stable_for` seconds, or is healthy where it has a health check,
    or answers where it has a probe; with both, it must be healthy and answer.
    """
    watch = _Watch(docker, clock, container, terms)
    try:
        watched = await watch.run()
    finally:
        await watch.end()
    if watched.exit_code is None:
        return watched
    # Docker may have started it again since, and then tells of its new run alone.
    starved = watched.seen.state.oom_killed or await ran_out(docker, clock, watch.first, watched.exit_code, count)
    return structs.replace(watched, out_of_memory=starved)


class _Watch:
    """One container being watched. `ended` is done as soon as it stops, however shortly it did."""

    first: Described
    """As it was at the first look."""

    def __init__(self, docker: Engine, clock: Clock, container: str, terms: Terms) -> None:
        self._docker = docker
        self._clock = clock
        self._container = container
        self._terms = terms
        self._late = clock.monotonic() + terms.healthy_within
        self._ended = asyncio.create_task(docker.wait(container))

    async def run(self) -> Watched:
        self.first = first = seen = await self._look()
        if first.state.restarting:
            return Watched(first, DID_NOT_STAY, first.state.exit_code)
        silence = ""
        if seen.state.health is None and isinstance(self._terms.probe, NoProbe):
            await self._sleep(self._terms.stable_for)
        else:
            seen = await self._until_healthy(seen)
            if not _starting(seen) and not _trouble(seen, self._terms):
                silence = await self._until_it_answers(seen)
        code = self._code()
        seen = await self._look()
        if code is None and (not seen.state.running or seen.restart_count > first.restart_count):
            code = await self._code_of(seen)
        if code is not None:
            return Watched(seen, DID_NOT_STAY, code)
        trouble = _trouble(seen, self._terms)
        if not trouble and silence:
            trouble = f"did not answer its probe within {self._terms.healthy_within:g} s"
        return Watched(seen, trouble, None, silence)

    async def end(self) -> None:
        """Look no more."""
        self._ended.cancel()
        await asyncio.gather(self._ended, return_exceptions=True)

    def _code(self) -> int | None:
        return self._ended.result() if self._ended.done() else None

    async def _code_of(self, seen: Described) -> int:
        """Of one that ended unseen. Once it is started again the daemon tells it no longer; its next end will do."""
        if seen.state.running:
            await self._sleep(_AGAIN)
        code = self._code()
        return seen.state.exit_code if code is None else code

    async def _until_healthy(self, seen: Described) -> Described:
        while _starting(seen) and not self._over():
            await self._sleep(_LOOK_EVERY)
            seen = await self._look()
        return seen

    async def _until_it_answers(self, seen: Described) -> str:
        """Why it did not; empty once it did. Its address is asked anew each time: a restart may change it."""
        probe = self._terms.probe
        if isinstance(probe, NoProbe):
            return ""
        while silence := await dialled(self._docker, self._clock, seen, probe, self._left()):
            if self._over():
                break
            await self._sleep(min(probe.interval, max(self._left(), 0.05)))
            seen = await self._look()
        return silence

    def _over(self) -> bool:
        return self._ended.done() or self._left() <= 0

    def _left(self) -> float:
        return self._late - self._clock.monotonic()

    async def _look(self) -> Described:
        return described(await self._docker.inspect(self._container))

    async def _sleep(self, seconds: float) -> None:
        """As long, but not beyond the container's end."""
        await _until(self._ended, self._clock.sleep(seconds))


async def _until(ended: "asyncio.Task[int]", wait: Coroutine[Any, Any, None]) -> None:
    timer = asyncio.create_task(wait)
    try:
        await asyncio.wait((ended, timer), return_when=asyncio.FIRST_COMPLETED)
    finally:
        timer.cancel()


def _starting(seen: Described) -> bool:
    return seen.state.health is not None and seen.state.health.status == "starting"


def _trouble(seen: Described, terms: Terms) -> str:
    state = seen.state
    if state.health is None or state.health.status in ("healthy", "none", ""):
        return ""
    if state.health.status == "unhealthy":
        return "is unhealthy"
    return f"was not healthy within {terms.healthy_within:g} s"
