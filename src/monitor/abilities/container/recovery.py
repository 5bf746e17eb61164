"""Recovery: finishing or undoing a replace whose agent was killed in the middle, from labels and names alone."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from msgspec import Raw, structs

from monitor.abilities.agent.contract import Agent, Recovered
from monitor.abilities.container.calls import Label
from monitor.abilities.container.ending import clear_away, outcome, verify
from monitor.abilities.container.failures import told
from monitor.abilities.container.lookup import find_or_none
from monitor.abilities.container.names import begun, job_of
from monitor.abilities.container.states import moment
from monitor.abilities.container.swap import Swap
from monitor.abilities.container.undo import Undo
from monitor.abilities.docker.described import Described, listed
from monitor.abilities.docker.engine import Engine
from monitor.kernel.activity import State
from monitor.kernel.errors import HostError, MonitorError, NotFound, Unavailable
from monitor.kernel.wire import pack

_CUT_OFF = "the agent was killed in the middle."
_LOG = logging.getLogger(__name__)
_CREATING = 2.0


async def recover(agent: Agent, job: str) -> Recovered:
    """How the replace of this job ends: succeeded if the new container is in place and up, else undone.

    May be asked again, and of a job that had ended. Unavailable while Docker is.
    """
    docker = agent.docker
    new = await _made_by(docker, job)
    if new is None:
        # The daemon may still be in the middle of a create that was asked for just before the end.
        await agent.clock.sleep(_CREATING)
        new = await _made_by(docker, job)
    if new is None:
        return await _bring_back_alone(docker, job)
    swap = Swap.read(new, job)
    if new.called not in (swap.name, swap.passing):
        return _interrupted("Another replace has followed it.")
    if new.called == swap.passing or moment(new.state.started_at) is None:
        return _interrupted(await Undo(docker, swap).insistently(agent.clock))
    return await _finish(agent, swap)


async def recover_all(
    agent: Agent,
    *,
    known: frozenset[str] = frozenset(),
    labels: Sequence[str] = (Label.DEPLOYMENT.value,),
    older_than: timedelta = timedelta(hours=1),
) -> tuple[tuple[str, Recovered], ...]:
    """The same for every replace whose traces stand on containers with these labels; (job, how it ended) of each.

    Not for the `known` jobs, nor for young ones: another agent on the same Docker may be in the middle of those.
    """
    docker, oldest = agent.docker, agent.clock.now() - older_than
    traces = {job_of(item.called)[1] for item in map(listed, await docker.containers(labels=labels))}
    ends: list[tuple[str, Recovered]] = []
    for job in sorted(traces - known - {""}):
        if begun(job) <= oldest:
            end = await recover(agent, job)
            _LOG.warning("replace %s had been cut off: %s %s", job, end.state.value, end.error)
            ends.append((job, end))
    return tuple(ends)


async def _made_by(docker: Engine, job: str) -> Described | None:
    for item in await docker.containers(labels=[f"{Label.ACTIVITY}={job}"]):
        seen = await find_or_none(docker, item["Id"])
        if seen is not None:
            return seen
    return None


async def _finish(agent: Agent, swap: Swap) -> Recovered:
    docker = agent.docker
    # One that has taken its place beside the old one was up before.
    terms = structs.replace(swap.terms, stable_for=0.0) if swap.beside else swap.terms
    try:
        seen = await verify(docker, agent.clock, swap, terms)
    except Unavailable:
        raise
    except MonitorError as failure:
        undone = await Undo(docker, swap, keep=True).insistently(agent.clock)
        # Without the last lines it wrote: which values in them are secret nobody here knows any more.
        error = told(HostError(failure.message, hint=failure.hint), "verify: ", undone)
        return Recovered(state=State.FAILED, error=error.message, hint=error.hint)
    away = await clear_away(docker, agent.clock, swap, seen, _LOG.warning)
    result = outcome(seen, await _image(docker, seen), away, beside=swap.beside)
    return Recovered(state=State.SUCCEEDED, result=Raw(pack(result)))


async def _bring_back_alone(docker: Engine, job: str) -> Recovered:
    """The new container is gone, but not by Monitor: only a name may tell that an old one waits aside."""
    for item in map(listed, await docker.containers()):  # one that was adopted carries no label
        name, by = job_of(item.called)
        if by != job:
            continue
        if await find_or_none(docker, name) is not None:
            return _interrupted(f"{item.called} still stands beside {name}; remove it when it is not needed.")
        await docker.rename(item.id, name)
        await docker.start(item.id)
        return _interrupted("The old container is back and runs, without its restart policy: deploy it again.")
    return _interrupted("Nothing of it was left on this host.")


async def _image(docker: Engine, seen: Described) -> dict[str, Any]:
    try:
        return await docker.image(seen.image)
    except NotFound:
        return {}


def _interrupted(said: str) -> Recovered:
    return Recovered(state=State.INTERRUPTED, error=f"{_CUT_OFF} {said}".strip(), hint="ask for it again")
