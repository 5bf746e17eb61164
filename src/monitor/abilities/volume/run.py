"""The agent's way of working on volumes."""

from functools import partial
from typing import Any

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler, Run
from monitor.abilities.container.failures import as_host_error
from monitor.abilities.docker.tidy import tidy
from monitor.abilities.docker.volumes import Volumes
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
from monitor.kernel.errors import Conflict, HostError, MonitorError, NotFound
from monitor.kernel.tidied import Tidied

_BUSY = "already running"
"""What a daemon says that counts already; it does so once at a time."""


async def list_volumes(agent: Agent, call: ListVolumes) -> tuple[HostVolume, ...]:
    """As the daemon lists them."""
    return tuple(listed.volume(item) for item in await Volumes(agent.docker).all())


async def inspect(agent: Agent, call: InspectVolume) -> dict[str, Any]:
    """The daemon's own description."""
    return listed.masked(await Volumes(agent.docker).inspect(call.name))


async def measure(agent: Agent, call: MeasureVolumes) -> tuple[VolumeSize, ...]:
    """Those the daemon could count. Conflict while it counts for somebody else."""
    try:
        told = await Volumes(agent.docker).sizes()
    except HostError as failure:
        if _BUSY in failure.message:
            raise Conflict("Docker counts already, for somebody else", hint="ask again in a minute") from None
        raise
    counted = (VolumeSize(name=item["Name"], bytes=_size(item)) for item in told)
    return tuple(size for size in counted if size.bytes >= 0)


def _size(item: dict[str, Any]) -> int:
    usage: dict[str, Any] = item.get("UsageData") or {}
    return usage.get("Size", -1)


async def create(run: Run, job: CreateVolume) -> None:
    """The daemon would answer with what is there already as if it had made it."""
    volumes = Volumes(run.agent.docker)
    async with run.step("create"):
        try:
            await volumes.inspect(job.name)
        except NotFound:
            pass
        else:
            raise HostError(f"there is a volume {job.name} already.", hint="take another name, or remove that one")
        try:
            await volumes.create({**job.body, "Name": job.name})
        except MonitorError as failure:
            raise as_host_error(failure) from failure


async def remove(run: Run, job: RemoveVolumes) -> Tidied:
    """One after the other."""
    volumes = Volumes(run.agent.docker)
    return await tidy(run, {name: partial(volumes.remove, name) for name in job.names})


CALLS: tuple[CallHandler, ...] = (
    CallHandler(ListVolumes, list_volumes),
    CallHandler(InspectVolume, inspect),
    CallHandler(MeasureVolumes, measure),
)
FEEDS: tuple[FeedHandler, ...] = ()
JOBS: tuple[JobHandler, ...] = (JobHandler(CreateVolume, create), JobHandler(RemoveVolumes, remove))
