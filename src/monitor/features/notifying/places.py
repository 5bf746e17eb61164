"""Places: how many processes send at once, so that neither many messages nor receivers that hang hold others up."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext

from monitor.kernel.clock import Clock

_BEGIN = 4
"""Beginning costs processor time: so many do at once."""
_SOON = 5.0
"""Seconds after which one that still sends only waits, and another may begin."""
_MOST = 16
"""Waiting costs memory: so many send at all."""
_FAILING = 8
"""Of these, for messages that did not arrive before: there are always some for the others."""


class Places:
    """Of one core."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._begin = asyncio.Semaphore(_BEGIN)
        self._all = asyncio.Semaphore(_MOST)
        self._failing = asyncio.Semaphore(_FAILING)

    @asynccontextmanager
    async def one(self, *, again: bool) -> AsyncGenerator[None]:
        """A place to send from. `again`: it did not arrive before."""
        async with self._failing if again else nullcontext(), self._all:
            await self._begin.acquire()
            beginning = asyncio.create_task(self._clock.sleep(_SOON))
            beginning.add_done_callback(lambda _: self._begin.release())
            try:
                yield
            finally:
                beginning.cancel()
