"""Undo: putting the old container of a Swap back, from whatever point the replace had come to."""

from contextlib import suppress

from monitor.abilities.container.beside import come_forward
from monitor.abilities.container.lookup import find_or_none
from monitor.abilities.container.states import moment
from monitor.abilities.container.swap import Swap
from monitor.abilities.docker.described import Described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import Clock
from monitor.kernel.errors import MonitorError, NotFound, Unavailable

PATIENCE = 120.0
"""Seconds a dead daemon is waited for; after that an agent's next start undoes it."""
RETRY = 0.5
_INSISTENCE = 5.0
"""Seconds in which a refusal is not taken for the last word."""


class Undo:
    """Brings the old one back and removes the new one; may be run again after it was cut off.

    The new one leaves its place first and goes last: its labels tell what to put back. Where the two ran side by side
    it is stopped only once the old one is back, which may never have been away. With `keep` and no old one, the new one
    stays under its name, stopped, to be looked at. `settled` says that the daemon is in the middle of nothing; else it
    may still be stopping the old one for somebody who was killed meanwhile.
    """

    def __init__(self, docker: Engine, swap: Swap, *, keep: bool = False, settled: bool = False) -> None:
        self._docker = docker
        self._swap = swap
        self._grace = swap.terms.stop_timeout
        self._keep = keep
        self._settled = settled

    async def run(self) -> str:
        """Do it; what was done, as a sentence."""
        swap = self._swap
        new = await find_or_none(self._docker, swap.new or swap.passing)
        if self._keep and new is not None and not swap.old:
            await self._docker.stop(new.id, self._grace)
            return "It is kept, stopped, to be looked at."
        if new is not None:
            with suppress(NotFound):
                await self._step_aside(new)
        old = await find_or_none(self._docker, swap.old) if swap.old else None
        said = ""
        if old is not None:
            if new is not None and swap.beside and new.called == swap.name:
                await come_forward(self._docker, old, new)
            said = await self._restore(old, new)
        elif swap.old:
            said = "The old container is gone: it was removed meanwhile, not by Monitor."
        elif new is not None:
            said = "The new container was removed; there was none before it."
        if new is not None:
            with suppress(NotFound):
                await self._remove(new)
        return said

    async def insistently(self, clock: Clock) -> str:
        """The same, again and again for a while: a daemon that has just come back refuses what it takes a little later,
        to start a container it still finds running for instance. Unavailable while it is away.
        """
        late = clock.monotonic() + _INSISTENCE
        while True:
            try:
                return await self.run()
            except Unavailable:
                raise
            except MonitorError as failure:
                if clock.monotonic() >= late:
                    return await self._go_forward(failure)
                await clock.sleep(RETRY)

    async def patiently(self, clock: Clock) -> str:
        """The same, waiting for a daemon that is away; never raises, but says what stands in the way."""
        late = clock.monotonic() + PATIENCE
        while True:
            try:
                return await self.insistently(clock)
            except Unavailable as failure:
                self._settled = False
                if clock.monotonic() >= late:
                    return self._left(failure)
                await clock.sleep(RETRY)

    async def _go_forward(self, failure: MonitorError) -> str:
        """The old one cannot be started, so the new one takes its place, if it can be: better that than none. Docker
        20.10 finds a container that ended while the daemon was dead for ever in the way of itself ("task already
        exists"), until containerd is restarted.
        """
        swap = self._swap
        if not swap.old_ran:
            return self._left(failure)
        old = await find_or_none(self._docker, swap.old)
        new = await find_or_none(self._docker, swap.new or swap.passing)
        if new is None or old is None or old.state.running:
            return self._left(failure)
        try:
            await self._docker.start(new.id)
            if old.called == swap.name:
                await self._docker.rename(old.id, swap.aside)
            await self._docker.rename(new.id, swap.name)
            if swap.policy.name:
                await self._docker.set_restart_policy(new.id, swap.policy.name, swap.policy.maximum_retry_count)
            up = await find_or_none(self._docker, new.id)
        except Unavailable:
            raise
        except MonitorError:
            return self._left(failure)
        if up is None or not up.state.running:
            return self._left(failure)
        return f"The old container cannot be started ({failure.message}): the new one runs in its place."

    async def _step_aside(self, new: Described) -> None:
        # The daemon renames only after a start it is in the middle of, so that the stop meets a running container.
        if new.called == self._swap.name:
            await self._docker.rename(new.id, self._swap.passing)
        if not self._swap.beside:
            await self._stop(new)

    async def _remove(self, new: Described) -> None:
        if self._swap.beside and new.state.running:
            await self._stop(new)
        await self._docker.remove(new.id, force=True)

    async def _stop(self, new: Described) -> None:
        policy = new.host_config.restart_policy
        if policy is not None and policy.name not in ("", "no"):
            await self._docker.set_restart_policy(new.id, "no")
        await self._docker.stop(new.id, self._grace)

    async def _restore(self, old: Described, new: Described | None) -> str:
        swap = self._swap
        if old.called != swap.old_name:
            if not self._settled and not swap.beside:
                await self._docker.stop(old.id, self._grace)
            await self._docker.rename(old.id, swap.old_name)
        if swap.old_ran:
            await self._docker.start(old.id)
        if swap.old_policy.name not in ("", "no"):
            await self._docker.set_restart_policy(old.id, swap.old_policy.name, swap.old_policy.maximum_retry_count)
        if not swap.old_ran:
            return "The old container is back, stopped as it was."
        back = await find_or_none(self._docker, old.id)
        if back is None or not back.state.running:
            return "The old container is back, but does not stay up."
        if away := away_of(back, back, new):
            return f"The old container is back and runs; it was away for {away:.1f} s."
        return "The old container runs on; it was never away."

    def _left(self, failure: MonitorError) -> str:
        at = self._swap.aside if self._swap.old else self._swap.passing
        return f"Putting things back failed ({failure.message}); look for {at}, or restart the agent to try again."


def away_of(left: Described, came: Described, new: Described | None) -> float:
    """Seconds from when one stopped, for the sake of `new`, to when one (the same or another) started."""
    stopped, started = moment(left.state.finished_at), moment(came.state.started_at)
    since = moment(new.created) if new is not None else None
    if stopped is None or started is None or since is None or stopped < since:
        return 0.0
    return max((started - stopped).total_seconds(), 0.0)
