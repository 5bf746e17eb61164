"""A simulated host's containers: the same steps, outcomes and errors as the real way, in memory."""

from typing import Any

from monitor.abilities.agent.contract import FeedHandler, JobHandler, Run
from monitor.abilities.container.calls import (
    Acted,
    ActOnContainer,
    ContainerVerb,
    ReplaceContainer,
    Replaced,
)
from monitor.abilities.container.log_calls import ReadLog
from monitor.abilities.container.sim_log import find_own, read_log
from monitor.abilities.container.sim_replace import recover, replace_container
from monitor.kernel.errors import HostError, NotFound
from monitor.testing.container import SimulatedContainer
from monitor.testing.machine import Machine

_UP = ("running", "paused")


async def act(run: Run, job: ActOnContainer) -> Acted:
    """One step named like the verb."""
    machine = _machine(run)
    async with run.step(job.verb.value):
        machine.need_docker()
        await machine.spend(job.verb.value)
        machine.need_docker()
        return await act_once(machine, job)


async def act_once(machine: Machine, job: ActOnContainer) -> Acted:
    """The same within a step of the caller's."""
    try:
        container = find_own(machine, job.name, job.deployment)
    except NotFound:
        if job.missing_ok:
            return Acted(state="removed" if job.verb is ContainerVerb.REMOVE else "missing")
        raise
    _apply(machine, container, job)
    if job.verb is ContainerVerb.REMOVE:
        return Acted(state="removed")
    if job.verb in (ContainerVerb.START, ContainerVerb.RESTART):
        await machine.clock.sleep(job.stable_for)
        if container.view.state != "running":
            code = container.view.exit_code
            raise HostError(f"the container {job.name} ended at once with exit code {code}", exit_code=code)
    return Acted(state=container.view.state)


def _apply(machine: Machine, container: SimulatedContainer, job: ActOnContainer) -> None:
    verb, state = job.verb, container.view.state
    match verb:
        case ContainerVerb.PAUSE | ContainerVerb.UNPAUSE:
            _freeze(machine, container, verb)
        case ContainerVerb.KILL:
            _signal(machine, container, job.signal or "KILL")
        case ContainerVerb.RENAME:
            _rename(machine, container, job.new_name)
        case ContainerVerb.START:
            if state not in _UP:
                machine.start(container)
        case _:
            if state in _UP:
                container.signals.append(job.signal or "TERM")
                machine.exit(container)
            if verb is ContainerVerb.REMOVE:
                machine.remove(container)
            elif verb is ContainerVerb.RESTART:
                machine.start(container)


def _freeze(machine: Machine, container: SimulatedContainer, verb: ContainerVerb) -> None:
    due, then = ("running", "paused") if verb is ContainerVerb.PAUSE else ("paused", "running")
    if container.view.state != due:
        raise HostError(f"the container {container.view.name} is not {due}")
    machine.change(container, state=then)


def _signal(machine: Machine, container: SimulatedContainer, signal: str) -> None:
    if container.view.state not in _UP:
        raise HostError(f"the container {container.view.name} is not running")
    container.signals.append(signal)
    if signal.removeprefix("SIG") in ("KILL", "9"):
        machine.exit(container, 137)


def _rename(machine: Machine, container: SimulatedContainer, name: str) -> None:
    if machine.named(name) not in (None, container):
        raise HostError(f"the container name {name} is taken")
    machine.change(container, name=name)


async def _replace(run: Run, job: ReplaceContainer) -> Replaced:
    return await replace_container(run, job, _machine(run))


async def _recover(machine: Machine, job: str) -> Any:
    return recover(machine, job)


def _machine(run: Run) -> Machine:
    machine = run.agent
    assert isinstance(machine, Machine)  # noqa: S101 - what a simulated host gives its jobs
    return machine


FEEDS = (FeedHandler(ReadLog, read_log),)
JOBS = (JobHandler(ReplaceContainer, _replace, _recover), JobHandler(ActOnContainer, act))
