"""A simulated host's way of the same: the same steps, judgements and errors."""

from monitor.abilities.agent.contract import JobHandler, Run
from monitor.abilities.container.calls import ActOnContainer
from monitor.abilities.container.sim import act_once
from monitor.abilities.unmanaged.calls import ActOnUnmanaged, Done, Unmanaged
from monitor.abilities.unmanaged.judging import judge
from monitor.abilities.unmanaged.several import Failed, summed_up
from monitor.kernel.errors import HostError, MonitorError
from monitor.testing.machine import Machine


async def act(run: Run, job: ActOnUnmanaged) -> tuple[Done, ...]:
    """A step for each."""
    machine = run.agent
    assert isinstance(machine, Machine)  # noqa: S101 - what a simulated host gives its jobs
    done: list[Done] = []
    failed: list[Failed] = []
    for meant in job.containers:
        try:
            done.append(await _act(run, machine, job, meant))
        except HostError as failure:
            failed.append(Failed(meant.name, failure))
    return summed_up(job.verb, done, failed)


async def _act(run: Run, machine: Machine, job: ActOnUnmanaged, meant: Unmanaged) -> Done:
    async with run.step(f"{job.verb.value} {meant.name[:100]}"):
        try:
            await machine.spend(job.verb.value)
            machine.need_docker()
            container = machine.find(meant.id)
            judge(meant, container.view.id, dict(container.view.labels))
            one = ActOnContainer(name=meant.id, verb=job.verb, timeout=job.timeout, signal=job.signal)
            result = await act_once(machine, one)
        except HostError:
            raise
        except MonitorError as failure:
            raise HostError(failure.message, hint=failure.hint) from failure
    return Done(id=meant.id, name=container.view.name, state=result.state)


JOBS = (JobHandler(ActOnUnmanaged, act),)
