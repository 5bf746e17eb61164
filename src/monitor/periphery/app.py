"""Periphery: one agent, from its settings to its end."""

import asyncio
import logging
import shutil
from contextlib import suppress
from typing import Any

from monitor.abilities.agent.contract import Abilities
from monitor.abilities.container.recovery import recover_all
from monitor.abilities.run import ABILITIES
from monitor.kernel.clock import Clock
from monitor.kernel.errors import MonitorError
from monitor.periphery.agent import HostAgent
from monitor.periphery.allowed import AllowedAddresses, allowed_file, read_allowed
from monitor.periphery.identity import load_identity, pin_file, read_pin
from monitor.periphery.jobs.disk import DiskShelf
from monitor.periphery.jobs.process import kill_leftovers
from monitor.periphery.jobs.runner import JobRunner
from monitor.periphery.jobs.shelf import job_folder
from monitor.periphery.listener import Listener
from monitor.periphery.lock import wait_for_lock
from monitor.periphery.serve import Service
from monitor.periphery.settings import PeripherySettings

_LOOK = 1.0
"""Seconds between looks at the pin and the whitelist."""
_LOG = logging.getLogger(__name__)


class Periphery:
    """An agent. `run` until it is cancelled or `stop` is called; the port is open only while core is pinned."""

    def __init__(self, settings: PeripherySettings, clock: Clock, abilities: Abilities = ABILITIES) -> None:
        self.settings = settings
        self.port = 0
        """The port it listens on; 0 while it does not."""
        self._clock = clock
        self._abilities = abilities
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Recover what an earlier life left, then serve. Conflict if another agent keeps this state folder."""
        self.settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = await wait_for_lock(self.settings.state, self._clock, self._stopping)
        if lock is not None:
            with lock:
                await self.run_locked()

    async def run_locked(self) -> None:
        """The same, by who holds the state folder already."""
        agent = HostAgent(self.settings, self._clock, self._abilities.names())
        _empty(agent)
        shelf = DiskShelf(job_folder(self.settings.state))
        jobs = JobRunner(agent, self._abilities.jobs, shelf, self._clock, agent.programs)
        unfinished = jobs.load()
        if unfinished:
            _LOG.warning("recovering %d jobs of an earlier run", len(unfinished))
            kill_leftovers(unfinished)
        jobs.recover()
        clearing = asyncio.create_task(_clear_leftovers(agent, frozenset(unfinished)))
        recording = asyncio.create_task(agent.recorder.run())
        service = Service(agent, self._abilities, jobs, self._allowed())
        try:
            await self._serve(service)
        finally:
            clearing.cancel()
            recording.cancel()
            await asyncio.gather(recording, return_exceptions=True)
            await jobs.stop()

    def stop(self) -> None:
        """End `run`: running jobs are cancelled and undone first."""
        self._stopping.set()

    async def _serve(self, service: Service) -> None:
        """Keep a listener for the pin there is, and look for changes of pin and whitelist."""
        seen: tuple[int, ...] = ()
        pinned = ""
        listening: asyncio.Task[None] | None = None
        try:
            while not self._stopping.is_set():
                if (now := self._stamp()) != seen:
                    service.allowed = self._allowed()
                    pin = self._pin()
                    if pin != pinned or not seen:
                        await _end(listening)
                        listening = self._listen(service, pin)
                    seen, pinned = now, pin
                await self._wait(listening)
        finally:
            await _end(listening)
            self.port = 0

    def _pin(self) -> str:
        try:
            return read_pin(self.settings.state)
        except MonitorError as damaged:
            _LOG.error("the pin of core in %s is damaged: %s; join again", pin_file(self.settings.state), damaged)
            return ""

    def _listen(self, service: Service, pin: str) -> asyncio.Task[None] | None:
        self.port = 0
        if not pin:
            _LOG.info("not joined yet: no port is open; run `monitor periphery join`")
            return None
        # Only now: `join` has made the key in its own process, so this one never loads what making it needs (10 MB).
        identity = load_identity(self.settings.state)
        listener = Listener(service.app(), identity, pin, self.settings.address, self.settings.port)
        self.port = listener.port
        _LOG.info("listening on %s port %d", self.settings.address, self.port)
        return asyncio.ensure_future(listener.serve())

    async def _wait(self, listening: asyncio.Task[None] | None) -> None:
        """Until the next look, a stop, or a listener that failed."""
        look = asyncio.ensure_future(self._clock.sleep(_LOOK))
        stop = asyncio.ensure_future(self._stopping.wait())
        waiting: list[asyncio.Task[Any]] = [look, stop] if listening is None else [look, stop, listening]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        look.cancel()
        stop.cancel()
        if listening is not None and listening.done():
            listening.result()

    def _stamp(self) -> tuple[int, ...]:
        """Changes whenever the pin or what join allowed does."""
        stamps: list[int] = []
        for path in (pin_file(self.settings.state), allowed_file(self.settings.state)):
            try:
                found = path.stat()
                stamps += (found.st_mtime_ns, found.st_ino)
            except FileNotFoundError:
                stamps += (0, 0)
        return tuple(stamps)

    def _allowed(self) -> AllowedAddresses:
        return AllowedAddresses((*self.settings.allowed_ips, *read_allowed(self.settings.state)))


async def _end(listening: asyncio.Task[None] | None) -> None:
    if listening is not None:
        listening.cancel()
        with suppress(asyncio.CancelledError, MonitorError):
            await listening


def _empty(agent: HostAgent) -> None:
    """Clones of an earlier life are of no use."""
    shutil.rmtree(agent.work, ignore_errors=True)
    agent.work.mkdir(mode=0o700)
    agent.work.parent.chmod(0o700)


async def _clear_leftovers(agent: HostAgent, known: frozenset[str]) -> None:
    """End deploys whose own record was lost with the state folder: their traces on containers are enough."""
    try:
        await recover_all(agent, known=known)
    except MonitorError as failure:
        _LOG.warning("could not look for deploys that were cut off: %s", failure.message)
