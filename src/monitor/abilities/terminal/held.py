"""Terminals: those that are open on this host, and on disk where their processes are, for an agent that comes after."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from monitor.abilities.terminal.calls import LINGER
from monitor.abilities.terminal.place import Place
from monitor.abilities.terminal.terminal import Terminal
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import HostError, MonitorError, NotFound, PolicyRefused

MOST = 200
"""On one host, whatever core says."""
_OPENS_WITHIN = 20.0


class Terminals:
    """By id. A terminal that has ended stays for a moment, so that who comes back hears its last words."""

    def __init__(self, clock: Clock, folder: Path | None = None, *, allowed: bool = True) -> None:
        """Without a folder nothing outlives this object."""
        self._clock = clock
        self._folder = folder
        self._allowed = allowed
        self._open: dict[str, Terminal] = {}
        self._failed: dict[str, HostError] = {}
        """Why those that were to be opened are not."""
        self._changed = asyncio.Event()
        self._dropping: set[asyncio.Task[None]] = set()

    def check(self) -> None:
        """PolicyRefused where this host allows none; HostError where there are too many."""
        if not self._allowed:
            raise PolicyRefused(
                "this host allows no terminals in its containers",
                hint="its owner can allow them: container_terminals = true under [policy] in the periphery's settings",
            )
        if sum(1 for each in self._open.values() if each.ended is None) >= MOST:
            raise HostError(f"this host has {MOST} terminals open, the most it keeps")

    @contextmanager
    def opening(self, id: str) -> Generator[None]:
        """Around the opening of one: should it fail, who waits for it hears why at once."""
        try:
            yield
        except BaseException as failure:
            if id not in self._open:
                self._failed[id] = _told(failure)
                self._tell()
                self.drop_soon(id)
            raise

    def add(self, id: str, terminal: Terminal) -> None:
        """One has been opened."""
        self._open[id] = terminal
        self._tell()

    def drop_soon(self, id: str) -> None:
        """One has ended."""
        task = asyncio.get_running_loop().create_task(self._drop(id))
        self._dropping.add(task)
        task.add_done_callback(self._dropping.discard)

    def get(self, id: str) -> Terminal | None:
        """One that is open, or has just ended."""
        return self._open.get(id)

    async def find(self, id: str) -> Terminal:
        """The same; one that is just being opened is waited for. NotFound; HostError if it could not be opened."""
        with suppress(TimeoutError):
            async with deadline(self._clock, _OPENS_WITHIN):
                while id not in self._open and id not in self._failed:
                    await self._changed.wait()
        if id in self._failed:
            raise self._failed[id]
        found = self._open.get(id)
        if found is None:
            raise NotFound("there is no such terminal on this host (any more)")
        return found

    def remember(self, place: Place) -> None:
        """Write down where its processes are, before there are any."""
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self._folder / place.id).write_bytes(msgspec.json.encode(place))

    def recall(self, id: str) -> Place | None:
        """What an agent before wrote down."""
        if self._folder is None:
            return None
        try:
            return msgspec.json.decode((self._folder / id).read_bytes(), type=Place)
        except (OSError, msgspec.MsgspecError):
            return None

    def forget(self, id: str) -> None:
        """Nothing of it is left."""
        if self._folder is not None:
            (self._folder / id).unlink(missing_ok=True)

    async def _drop(self, id: str) -> None:
        await self._clock.sleep(LINGER)
        self._open.pop(id, None)
        self._failed.pop(id, None)

    def _tell(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


def _told(failure: BaseException) -> HostError:
    """To who waits for a terminal."""
    if isinstance(failure, MonitorError):
        code = failure.exit_code if isinstance(failure, HostError) else None
        return HostError(failure.message, hint=failure.hint, exit_code=code)
    return HostError("the terminal was given up before it was open")
