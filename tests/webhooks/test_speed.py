"""How long the answer takes: bound ten times looser than the figure, which script/bench measures."""

import asyncio

from monitor.kernel.clock import SystemClock
from tests.webhooks.forge import Forge


async def test_fifty_pushes_at_once_are_answered_soon(forge: Forge) -> None:
    clock = SystemClock()

    async def timed() -> float:
        begun = clock.monotonic()
        assert (await forge.github()).status_code == 202
        return clock.monotonic() - begun

    await forge.github()
    times = sorted(await asyncio.gather(*(timed() for _ in range(50))))
    assert times[47] < 0.5
