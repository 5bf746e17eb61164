"""Fleet: a core with a believable world of simulated hosts: `python -m tests.browser.fleet --port 9300`.

The same object serves the tests, which steer it: containers die, servers go away, core itself crashes.
"""

import argparse
import asyncio
import shutil
import signal
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from monitor.core import site
from monitor.core.journal import INDEXES
from monitor.core.settings import CoreSettings
from monitor.kernel.clock import Clock
from monitor.kernel.logs import set_up_logs
from monitor.notifier.task import Outcome, Task
from monitor.store.memory import MemoryStore
from monitor.testing.clock import ShiftedClock
from monitor.testing.core import CoreInProcess
from tests.browser import people
from tests.browser.controls import Controls
from tests.browser.crowd import gather
from tests.browser.deployments import SCALE
from tests.browser.door import Door
from tests.browser.population import populate
from tests.browser.world import World

PUBLIC_URL = "https://monitor.acme.example"
"""What people are told of in pictures."""


class Fleet(Controls):
    """Serves at `url`; sign in as `people.ADMIN` with `people.PASSWORD`."""

    def __init__(
        self,
        port: int = 0,
        *,
        scale: int = SCALE,
        pace: float = 0.2,
        hour: bool = False,
        standing_at: datetime | None = None,
    ) -> None:
        """`scale` deployments; 0: none of anything, but an admin; -1: not even him. `hour`: of past usage.

        `standing_at`: it is always that moment, so that two pictures of it are alike.
        """
        self.clock = ShiftedClock(standing_at)
        self.scale = scale
        self.door = Door(port)
        self.token = ""
        """The set-up token, while there is no admin."""
        self._folder = Path(tempfile.mkdtemp(prefix="monitor-fleet-"))
        settings = CoreSettings(port=port or 9120, check_updates_every=0, public_url=PUBLIC_URL if standing_at else "")
        store = MemoryStore(INDEXES)
        self.app = CoreInProcess(store, self.clock, self._folder, settings=settings, web_app=site.FOLDER, notify=_taken)
        self.world = World(self.app, self.clock)
        self._pace = pace
        self._hour = hour

    @property
    def url(self) -> str:
        """Where core answers."""
        return self.door.url

    async def start(self) -> "Fleet":
        """Fill it and let people in."""
        await self.app.start()
        if self.scale > 0:
            await populate(self.world, scale=self.scale, pace=self._pace, hour=self._hour)
        elif self.scale == 0:
            self.world.people[people.ADMIN] = await people.first_admin(self.app)
        else:
            self.token = self.app.core.set_up_token() or ""
        await self.door.open(self.app.core)
        return self

    async def stop(self) -> None:
        """End all of it."""
        self.quiet()
        self.app.core.close_live()
        await self.door.shut()
        await self.app.stop()
        for name in list(self.app.hosts):
            await self.app.simulated(name).end()
        shutil.rmtree(self._folder, ignore_errors=True)


async def _taken(clock: Clock, task: Task) -> Outcome:
    """Whatever it is sent to took it: a fleet that is not there sends nothing out."""
    return Outcome(delivered=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.fleet", description=__doc__)
    parser.add_argument("--port", type=int, default=9300)
    parser.add_argument("--scale", type=int, default=SCALE, help="how many deployments")
    parser.add_argument("--servers", type=int, default=0, help="so many servers, with nothing on the new ones")
    parser.add_argument("--troubled", type=int, default=0, help="how many of the new ones have full disks")
    parser.add_argument("--pace", type=float, default=1.0, help="how long simulated work takes: 1 as a real host")
    parser.add_argument("--still", action="store_true", help="nothing happens by itself but usage")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--empty", action="store_true", help="an admin and nothing else")
    only.add_argument("--fresh", action="store_true", help="not even an admin")
    given = parser.parse_args()
    set_up_logs("warning")
    try:
        asyncio.run(_serve(given, 0 if given.empty else -1 if given.fresh else given.scale))
    except OSError as failure:
        parser.exit(1, f"port {given.port} cannot be had ({failure.strerror}); choose another with --port\n")


async def _serve(given: argparse.Namespace, scale: int) -> None:
    fleet = await Fleet(given.port, scale=scale, pace=given.pace, hour=True).start()
    if scale > 0:
        await gather(fleet.world, given.servers, troubled=given.troubled)
    if scale > 0 and not given.still:
        fleet.lively()
    print(f"serving {fleet.url}", flush=True)
    if fleet.token:
        print(f"set-up token: {fleet.token}", flush=True)
    else:
        print(f"user: {people.ADMIN}\npassword: {people.PASSWORD}", flush=True)
    over = asyncio.Event()
    for sent in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sent, over.set)
    await over.wait()
    with suppress(TimeoutError):
        await asyncio.wait_for(fleet.stop(), 10)


if __name__ == "__main__":
    main()
