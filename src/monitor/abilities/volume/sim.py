"""A simulated host's volumes."""

from typing import Any

from monitor.abilities.agent.contract import CallHandler, JobHandler, Run
from monitor.abilities.docker.tidy import tidy
from monitor.abilities.volume import listed
from monitor.abilities.volume.calls import (
    CreateVolume,
    HostVolume,
    InspectVolume,
    ListVolumes,
    MeasureVolumes,
    RemoveVolumes,
    VolumeSize,
)
from monitor.kernel.errors import Conflict, HostError, NotFound
from monitor.kernel.tidied import Tidied
from monitor.testing.machine import Machine
from monitor.testing.things import SimulatedVolume


async def list_volumes(machine: Machine, call: ListVolumes) -> tuple[HostVolume, ...]:
    """Every one."""
    machine.need_docker()
    return tuple(listed.volume(_told(name, volume)) for name, volume in machine.volumes.items())


async def inspect(machine: Machine, call: InspectVolume) -> dict[str, Any]:
    """What the Engine would say."""
    machine.need_docker()
    if call.name not in machine.volumes:
        raise NotFound(f"get {call.name}: no such volume")
    return listed.masked(_told(call.name, machine.volumes[call.name]))


async def measure(machine: Machine, call: MeasureVolumes) -> tuple[VolumeSize, ...]:
    """As long as `durations` says `measure` takes."""
    await machine.spend("measure")
    machine.need_docker()
    return tuple(VolumeSize(name=name, bytes=volume.size) for name, volume in machine.volumes.items())


async def create(run: Run, job: CreateVolume) -> None:
    """Refused where there is one."""
    machine = _machine(run)
    async with run.step("create"):
        machine.need_docker()
        await machine.spend("create")
        if job.name in machine.volumes:
            raise HostError(f"there is a volume {job.name} already.", hint="take another name, or remove that one")
        body = job.body
        made = SimulatedVolume(machine.clock.now(), body["Driver"], dict(body["DriverOpts"]), dict(body["Labels"]))
        machine.volumes[job.name] = made
        machine.tell("volume")


async def remove(run: Run, job: RemoveVolumes) -> Tidied:
    """Refused like the daemon does: while a container has it."""
    machine = _machine(run)
    machine.need_docker()
    return await tidy(run, {name: _removal(machine, name) for name in job.names})


def _removal(machine: Machine, name: str) -> Any:
    async def take() -> None:
        await machine.spend("remove")
        if any(name in c.view.volumes for c in machine.containers.values()):
            raise Conflict(f"remove {name}: volume is in use")
        if machine.volumes.pop(name, None) is None:
            raise NotFound(f"get {name}: no such volume")
        machine.tell("volume")

    return take


def _told(name: str, volume: SimulatedVolume) -> dict[str, Any]:
    return {
        "Name": name,
        "Driver": volume.driver,
        "Mountpoint": f"/var/lib/docker/volumes/{name}/_data",
        "CreatedAt": volume.created.isoformat(),
        "Labels": dict(volume.labels),
        "Options": dict(volume.options),
        "Scope": "local",
    }


def _machine(run: Run) -> Machine:
    machine = run.agent
    assert isinstance(machine, Machine)  # noqa: S101 - what a simulated host gives its jobs
    return machine


CALLS = (
    CallHandler(ListVolumes, list_volumes),
    CallHandler(InspectVolume, inspect),
    CallHandler(MeasureVolumes, measure),
)
JOBS = (JobHandler(CreateVolume, create), JobHandler(RemoveVolumes, remove))
