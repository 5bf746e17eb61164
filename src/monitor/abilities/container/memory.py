"""Memory: whether the kernel ended a container for want of it, which Docker's own flag does not always say.

The flag is set if containerd's event of the kill comes before that of the end. On a busy host it comes up to half a
second later, and with cgroup v1 often not at all: containerd drops it once the group is gone (pkg/oom/v1). The kernel's
own count is certain, but does not say whom it was; the daemon's events say who else ended the container.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from monitor.abilities.container.states import KILLED, moment
from monitor.abilities.docker.described import Described
from monitor.abilities.docker.engine import Engine
from monitor.abilities.stats.oom_kills import oom_kills
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import MonitorError

_LATE = 1.0
"""Seconds by which the event may come after the end."""
_MARGIN = 4.0
"""Seconds more that the daemon may take to say that none came."""


class KernelCount:
    """A reading of the kernel's count, to be taken before the container is started."""

    def __init__(self, proc: Path) -> None:
        self._proc = proc
        self._before = oom_kills(proc)

    @property
    def rose(self) -> bool | None:
        """Whether something was killed since; None where that is not counted."""
        now = oom_kills(self._proc)
        return None if now is None or self._before is None else now > self._before


async def ran_out(
    docker: Engine, clock: Clock, seen: Described, code: int | None, count: KernelCount | None = None
) -> bool:
    """Whether want of memory ended a container that ended with this code. Waits for a late event only where nobody
    has read the kernel's count.
    """
    if seen.state.oom_killed:
        return True
    started = moment(seen.state.started_at)
    if code != KILLED or started is None:
        return False
    rose = count.rose if count is not None else None
    wait = _LATE if rose is None else 0.0
    until = clock.now() + timedelta(seconds=wait)
    by_somebody = False
    try:
        async with deadline(clock, wait + _MARGIN):
            async for event in docker.happened(started, until, ("oom", "kill"), container=seen.id):
                if event.get("Action") == "oom":
                    return True
                by_somebody |= is_kill(event)
    except (MonitorError, TimeoutError):
        return False
    return bool(rose) and not by_somebody


def is_kill(event: dict[str, Any]) -> bool:
    """Whether an event is of a KILL that Docker was asked for; `docker stop` asks for one in the end, too."""
    attributes: dict[str, Any] = event["Actor"].get("Attributes") or {}
    return event.get("Action") == "kill" and str(attributes.get("signal")) == "9"
