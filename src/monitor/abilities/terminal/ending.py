"""Ending: nothing a terminal started stays: hang-up and TERM, and KILL after a grace."""

import signal
from typing import Protocol

from monitor.abilities.docker.engine import Engine
from monitor.abilities.terminal.inside import signal_inside
from monitor.abilities.terminal.place import Place
from monitor.abilities.terminal.processes import find_processes, is_in_view, send
from monitor.kernel.clock import Clock
from monitor.kernel.errors import MonitorError, NotFound

GRACE = 3.0
"""Seconds between TERM and KILL."""
_AFTER_KILL = 2.0
_LOOK = 0.1
_SOFT = (signal.SIGHUP, signal.SIGTERM, signal.SIGCONT)


class Host(Protocol):
    """The part of an agent that is needed."""

    docker: Engine
    clock: Clock


async def end_processes(host: Host, place: Place) -> int:
    """End all of them; how many are left, -1 where nobody could look. Unavailable while Docker does not answer."""
    try:
        told = await host.docker.inspect(place.container)
    except NotFound:
        return 0
    state = told["State"]
    if not state.get("Running"):
        return 0
    if is_in_view(place.container, int(state.get("Pid") or 0)):
        return await _end(host.clock, lambda signals: _from_outside(place.id, signals))
    return await _end(host.clock, lambda signals: _from_inside(host, place, signals), pause=0.5)


async def _end(clock: Clock, send_all: "_SendAll", pause: float = _LOOK) -> int:
    """By whatever way: `send_all` answers how many there were."""
    left = await send_all(_SOFT)
    for limit, signals in ((GRACE, ()), (_AFTER_KILL, (signal.SIGKILL,))):
        until = clock.monotonic() + limit
        while left > 0 and clock.monotonic() < until:
            await clock.sleep(pause)
            left = await send_all(signals)
    return left


class _SendAll(Protocol):
    async def __call__(self, signals: tuple[signal.Signals, ...]) -> int: ...


async def _from_outside(id: str, signals: tuple[signal.Signals, ...]) -> int:
    found = find_processes((id,))
    for process in found:
        send(process, signals)
    return len(found)


async def _from_inside(host: Host, place: Place, signals: tuple[signal.Signals, ...]) -> int:
    names = tuple(each.name.removeprefix("SIG") for each in signals)
    try:
        found = await signal_inside(host.docker, host.clock, place, names)
    except MonitorError:
        return 0 if not await _runs(host, place.container) else -1
    return -1 if found is None else found


async def _runs(host: Host, container: str) -> bool:
    try:
        return bool((await host.docker.inspect(container))["State"].get("Running"))
    except NotFound:
        return False
