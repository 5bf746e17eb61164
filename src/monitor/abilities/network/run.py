"""The agent's way of working on networks."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler, Run
from monitor.abilities.container.failures import as_host_error
from monitor.abilities.docker.networks import Networks
from monitor.abilities.docker.tidy import tidy
from monitor.abilities.network.calls import CreateNetwork, HostNetwork, InspectNetwork, ListNetworks, RemoveNetworks
from monitor.abilities.volume.listed import when
from monitor.kernel.errors import HostError, MonitorError
from monitor.kernel.tidied import Tidied

_PROJECT = "com.docker.compose.project"


async def list_networks(agent: Agent, call: ListNetworks) -> tuple[HostNetwork, ...]:
    """As the daemon lists them."""
    return tuple(network(item) for item in await Networks(agent.docker).all())


def network(told: Mapping[str, Any]) -> HostNetwork:
    """An item of GET /networks."""
    labels: dict[str, str] = told.get("Labels") or {}
    ipam: dict[str, Any] = told.get("IPAM") or {}
    configs: list[dict[str, str]] = ipam.get("Config") or []
    return HostNetwork(
        id=told["Id"],
        name=told["Name"],
        driver=told.get("Driver") or "",
        scope=told.get("Scope") or "",
        internal=bool(told.get("Internal")),
        attachable=bool(told.get("Attachable")),
        ipv6=bool(told.get("EnableIPv6")),
        subnets=tuple(config["Subnet"] for config in configs if config.get("Subnet")),
        created=when(told.get("Created")),
        project=str(labels.get(_PROJECT) or "")[:200],
    )


async def inspect(agent: Agent, call: InspectNetwork) -> dict[str, Any]:
    """The daemon's own description."""
    return await Networks(agent.docker).inspect(call.network)


async def create(run: Run, job: CreateNetwork) -> None:
    """The daemon itself is asked not to make a second one of the name."""
    networks = Networks(run.agent.docker)
    async with run.step("create"):
        try:
            if any(item["Name"] == job.name for item in await networks.all()):
                raise HostError(f"there is a network {job.name} already.", hint="take another name, or remove that one")
            made = await networks.create({**job.body, "Name": job.name, "CheckDuplicate": True})
        except MonitorError as failure:
            raise as_host_error(failure) from failure
        if warning := made.get("Warning"):
            run.note(str(warning))


async def remove(run: Run, job: RemoveNetworks) -> Tidied:
    """One after the other."""
    networks = Networks(run.agent.docker)
    return await tidy(run, {going.name: partial(networks.remove, going.id) for going in job.networks})


CALLS: tuple[CallHandler, ...] = (CallHandler(ListNetworks, list_networks), CallHandler(InspectNetwork, inspect))
FEEDS: tuple[FeedHandler, ...] = ()
JOBS: tuple[JobHandler, ...] = (JobHandler(CreateNetwork, create), JobHandler(RemoveNetworks, remove))
