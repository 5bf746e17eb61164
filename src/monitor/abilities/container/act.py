"""Act: one verb on a container as it is; what it came to is asked of the daemon afterwards."""

from monitor.abilities.agent.contract import Run
from monitor.abilities.container.calls import Acted, ActOnContainer, ContainerVerb, Terms
from monitor.abilities.container.failures import as_host_error, from_daemon, from_end, show_lines, told
from monitor.abilities.container.hints import of_daemon
from monitor.abilities.container.lookup import find, find_or_none, find_own
from monitor.abilities.container.memory import KernelCount
from monitor.abilities.container.signals import end_by, send
from monitor.abilities.container.swap import policy_of
from monitor.abilities.container.verify import DID_NOT_STAY, come_up
from monitor.abilities.docker.described import Described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.errors import Conflict, HostError, MonitorError, NotFound, PolicyRefused

_HEALTHY_WITHIN = 0.0
"""Health is shown, not waited for: only a deploy waits."""
_GOING = 60.0
"""Seconds the daemon may take to remove what it has begun to remove."""


async def act(run: Run, job: ActOnContainer) -> Acted:
    """One step named like the verb."""
    async with run.step(job.verb.value):
        try:
            return await act_once(run, job)
        except PolicyRefused:
            raise
        except MonitorError as failure:
            broken = as_host_error(failure)
            broken.hint = broken.hint or of_daemon(broken.message)
            raise told(broken) from failure


async def act_once(run: Run, job: ActOnContainer) -> Acted:
    """The same within a step of the caller's."""
    if job.verb is ContainerVerb.REMOVE:
        return await _remove(run, job)
    if job.verb is ContainerVerb.RENAME:
        return await _rename(run, job)
    docker = run.agent.docker
    seen = await find_own(docker, job.name, job.deployment)
    match job.verb:
        case ContainerVerb.STOP:
            return await _stop(run, seen, job)
        case ContainerVerb.PAUSE:
            await docker.pause(seen.id)
        case ContainerVerb.UNPAUSE:
            await docker.unpause(seen.id)
        case ContainerVerb.KILL:
            await send(docker, run.agent.clock, seen, job.signal or "KILL")
        case _:
            return await _start(run, job, seen)
    return Acted(state=(await find(docker, seen.id)).state.status)


async def _start(run: Run, job: ActOnContainer, seen: Described) -> Acted:
    docker, count = run.agent.docker, KernelCount(run.agent.stats.proc)
    try:
        if job.verb is ContainerVerb.START:
            await docker.start(seen.id)
        else:
            await docker.restart(seen.id, job.timeout)
    except MonitorError as failure:
        raise await from_daemon(docker, failure) from failure
    terms = Terms(stable_for=job.stable_for, healthy_within=_HEALTHY_WITHIN)
    watched = await come_up(docker, run.agent.clock, seen.id, terms, count)
    if watched.trouble == DID_NOT_STAY:
        failure = await from_end(docker, watched)
        show_lines(run, failure)
        raise failure
    await _give_policy(docker, watched.seen)
    return Acted(state=watched.seen.state.status)


async def _stop(run: Run, seen: Described, job: ActOnContainer) -> Acted:
    docker, grace = run.agent.docker, job.timeout
    if job.signal and seen.state.running:
        grace = await end_by(docker, run.agent.clock, seen, job.signal, grace)
    await docker.stop(seen.id, grace)
    after = await find(docker, seen.id)
    if after.state.running:
        raise HostError(
            f"the container {seen.called} runs again after it was stopped.",
            hint="see who else starts it: another tool, or somebody on the host",
        )
    return Acted(state=after.state.status)


async def _remove(run: Run, job: ActOnContainer) -> Acted:
    docker = run.agent.docker
    try:
        seen = await find_own(docker, job.name, job.deployment)
        await docker.stop(seen.id, job.timeout)
        await _take_away(run, seen)
    except NotFound:
        if not job.missing_ok:
            raise
        run.note(f"There is no container {job.name} to remove.")
    return Acted(state="removed")


async def _rename(run: Run, job: ActOnContainer) -> Acted:
    docker = run.agent.docker
    try:
        seen = await find_own(docker, job.name, job.deployment)
        if seen.called != job.new_name:
            await docker.rename(seen.id, job.new_name)
        seen = await find(docker, seen.id)
    except NotFound:
        if not job.missing_ok:
            raise
        run.note(f"There is no container {job.name} to rename.")
        return Acted(state="missing")
    if seen.called != job.new_name:
        raise HostError(f"the container is called {seen.called} now, not {job.new_name}: somebody else renamed it.")
    return Acted(state=seen.state.status)


async def _take_away(run: Run, seen: Described) -> None:
    docker, clock = run.agent.docker, run.agent.clock
    try:
        await docker.remove(seen.id, force=True)
    except Conflict:
        # Somebody's removal of it is under way; the daemon answers so until it is done.
        late = clock.monotonic() + _GOING
        while await find_or_none(docker, seen.id) is not None and clock.monotonic() < late:
            await clock.sleep(0.2)
    if await find_or_none(docker, seen.id) is not None:
        raise HostError(f"the container {seen.called} is still there after its removal.", hint="see Docker's own log")


async def _give_policy(docker: Engine, seen: Described) -> None:
    """A deploy that failed left it without the restart policy it was made for; now it is up."""
    due, has = policy_of(seen.labels), seen.host_config.restart_policy
    if due.name and (has is None or has.name in ("", "no")):
        await docker.set_restart_policy(seen.id, due.name, due.maximum_retry_count)
