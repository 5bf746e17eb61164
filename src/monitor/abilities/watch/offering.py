"""Offering: tells what a daemon has that containers ask for by name, and again when that has changed."""

import asyncio
from collections.abc import Callable
from typing import Any

from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.networks import Networks
from monitor.abilities.docker.offers import offers_of
from monitor.abilities.watch.calls import Containers, DockerKind, DockerTouched, Offered, WatchEvent
from monitor.kernel.clock import Clock
from monitor.kernel.errors import MonitorError
from monitor.kernel.offers import DockerOffers

_PAUSE = 2.0
"""Seconds between two looks at the least: each container that starts or ends touches a network."""


class Offering:
    """Stands between the observer and the outbox: what it is told there says when to look."""

    def __init__(self, docker: Engine, clock: Clock, tell: Callable[[WatchEvent], None]) -> None:
        self._docker = docker
        self._clock = clock
        self._tell = tell
        self._due = asyncio.Event()
        self._anew = False
        self._info: dict[str, Any] = {}
        self._told: DockerOffers | None = None

    def heed(self, event: WatchEvent) -> None:
        """Pass it on."""
        self._tell(event)
        if isinstance(event, Containers):
            self._anew = True
            self._due.set()
        elif isinstance(event, DockerTouched) and event.kind is DockerKind.NETWORK:
            self._due.set()

    async def run(self) -> None:
        """Look until cancelled. A daemon that does not answer is looked at with the next snapshot."""
        networks = Networks(self._docker)
        while True:
            await self._due.wait()
            self._due.clear()
            anew, self._anew = self._anew, False
            try:
                # Drivers and runtimes change with the daemon's restart, which gives a snapshot, and hardly ever else.
                if anew:
                    self._info = await self._docker.info()
                self._tell_changed(offers_of(self._info, await networks.all()), anew=anew)
            except MonitorError:
                self._anew = self._anew or anew
            await self._clock.sleep(_PAUSE)

    def _tell_changed(self, offers: DockerOffers, *, anew: bool) -> None:
        if anew or offers != self._told:
            self._told = offers
            self._tell(Offered(offers))
