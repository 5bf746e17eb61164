"""The agent's way of acting on containers that belong to no deployment."""

import asyncio

from monitor.abilities.agent.contract import CallHandler, FeedHandler, JobHandler, Run
from monitor.abilities.container.act import act_once
from monitor.abilities.container.calls import ActOnContainer, ContainerVerb
from monitor.abilities.container.failures import as_host_error, told
from monitor.abilities.container.lookup import find
from monitor.abilities.docker.engine import Engine
from monitor.abilities.unmanaged.calls import ActOnUnmanaged, Done, Unmanaged
from monitor.abilities.unmanaged.judging import judge
from monitor.abilities.unmanaged.several import Failed, summed_up
from monitor.kernel.errors import HostError, MonitorError

_STOPS = (ContainerVerb.STOP, ContainerVerb.RESTART, ContainerVerb.REMOVE)
_AT_ONCE = 8


async def act(run: Run, job: ActOnUnmanaged) -> tuple[Done, ...]:
    """A step for each; those that fail are named in the error at the end, the others are done."""
    if job.verb in _STOPS and len(job.containers) > 1:
        async with run.step("stop"):
            await _stop_together(run.agent.docker, job)
    done: list[Done] = []
    failed: list[Failed] = []
    for meant in job.containers:
        try:
            done.append(await _act(run, job, meant))
        except HostError as failure:
            failed.append(Failed(meant.name, failure))
    return summed_up(job.verb, done, failed)


async def _act(run: Run, job: ActOnUnmanaged, meant: Unmanaged) -> Done:
    async with run.step(f"{job.verb.value} {meant.name[:100]}"):
        try:
            seen = await find(run.agent.docker, meant.id)
            judge(meant, seen.id, seen.labels)
            one = ActOnContainer(name=seen.id, verb=job.verb, timeout=job.timeout, signal=job.signal)
            result = await act_once(run, one)
        except MonitorError as failure:
            raise told(as_host_error(failure)) from failure
    return Done(id=seen.id, name=seen.called, state=result.state)


async def _stop_together(docker: Engine, job: ActOnUnmanaged) -> None:
    """Each may take as long as it is given to end: waiting for one after the other would take that many times as long.

    What goes wrong here shows again, and is told, when its own turn comes.
    """
    slots = asyncio.Semaphore(_AT_ONCE)

    async def stop(meant: Unmanaged) -> None:
        async with slots:
            try:
                seen = await find(docker, meant.id)
                judge(meant, seen.id, seen.labels)
                await docker.stop(seen.id, job.timeout)
            except MonitorError:
                pass

    async with asyncio.TaskGroup() as tasks:
        for meant in job.containers:
            tasks.create_task(stop(meant))


CALLS: tuple[CallHandler, ...] = ()
FEEDS: tuple[FeedHandler, ...] = ()
JOBS: tuple[JobHandler, ...] = (JobHandler(ActOnUnmanaged, act),)
