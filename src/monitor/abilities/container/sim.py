"""A simulated host's containers: the same steps, outcomes and errors as the real way, in memory."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from monitor.abilities.agent.contract import CallHandler, FeedHandler, JobHandler, Run
from monitor.abilities.container.calls import (
    Acted,
    ActOnContainer,
    ContainerVerb,
    FollowLogs,
    InspectContainer,
    Label,
    LogChunk,
    ReplaceContainer,
    Replaced,
)
from monitor.abilities.container.sim_replace import recover, replace_container
from monitor.kernel.errors import HostError, NotFound
from monitor.testing.machine import Machine, SimulatedContainer

_UP = ("running", "paused")


async def act(run: Run, job: ActOnContainer) -> Acted:
    """One step named like the verb."""
    machine = _machine(run)
    async with run.step(job.verb.value):
        machine.need_docker()
        await machine.spend(job.verb.value)
        machine.need_docker()
        try:
            container = _find_own(machine, job.name, job.deployment)
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


async def inspect(machine: Machine, call: InspectContainer) -> dict[str, Any]:
    """A little of what the Engine would say."""
    machine.need_docker()
    container = machine.find(call.name)
    view = container.view
    state = {"Status": view.state, "Running": view.state == "running", "ExitCode": view.exit_code or 0}
    config = {"Image": view.image, "Labels": dict(view.labels)}
    return {"Id": view.id, "Name": f"/{view.name}", "Image": view.image_id, "State": state, "Config": config}


async def follow_logs(machine: Machine, feed: FollowLogs) -> AsyncIterator[LogChunk]:
    """The last lines, then new ones as they are added (looked at ten times a second)."""
    machine.need_docker()
    container = _find_own(machine, feed.name, feed.deployment)
    seen = max(0, len(container.lines) - feed.tail)
    while True:
        container.stamp(machine.clock.now())
        for at, stream, line in _written(container, seen):
            if feed.since is None or at >= feed.since:
                yield LogChunk(at=at, stream=stream, data=line)
            seen += 1
        if not feed.follow or container.view.id not in machine.containers:
            return
        await machine.clock.sleep(0.1)


def _written(container: SimulatedContainer, seen: int) -> list[tuple[datetime, str, bytes]]:
    """The lines after the first `seen`, with when and where each was written."""
    pairs = zip(container.stamps[seen:], container.lines[seen:], strict=False)
    return [(at, stream, line) for (at, stream), line in pairs]


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


def _find_own(machine: Machine, name: str, deployment: str) -> SimulatedContainer:
    container = machine.find(name)
    if deployment and dict(container.view.labels).get(Label.DEPLOYMENT) != deployment:
        raise NotFound(f"the container {name} on this host is not this deployment's")
    return container


async def _replace(run: Run, job: ReplaceContainer) -> Replaced:
    return await replace_container(run, job, _machine(run))


async def _recover(machine: Machine, job: str) -> Any:
    return recover(machine, job)


def _machine(run: Run) -> Machine:
    machine = run.agent
    assert isinstance(machine, Machine)  # noqa: S101 - what a simulated host gives its jobs
    return machine


CALLS = (CallHandler(InspectContainer, inspect),)
FEEDS = (FeedHandler(FollowLogs, follow_logs),)
JOBS = (JobHandler(ReplaceContainer, _replace, _recover), JobHandler(ActOnContainer, act))
