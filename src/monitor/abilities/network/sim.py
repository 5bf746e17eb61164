"""A simulated host's networks."""

from typing import Any

from monitor.abilities.agent.contract import CallHandler, JobHandler, Run
from monitor.abilities.docker.tidy import tidy
from monitor.abilities.network.calls import CreateNetwork, HostNetwork, InspectNetwork, ListNetworks, RemoveNetworks
from monitor.kernel.errors import Conflict, HostError, NotFound
from monitor.kernel.tidied import Tidied
from monitor.testing.machine import Machine
from monitor.testing.things import SimulatedNetwork, network_id


async def list_networks(machine: Machine, call: ListNetworks) -> tuple[HostNetwork, ...]:
    """Every one."""
    machine.need_docker()
    return tuple(
        HostNetwork(
            id=network.id,
            name=name,
            driver=network.driver,
            scope="local",
            internal=network.internal,
            attachable=network.attachable,
            ipv6=network.ipv6,
            subnets=network.subnets,
            created=network.created,
            project=network.labels.get("com.docker.compose.project", ""),
        )
        for name, network in machine.networks.items()
    )


async def inspect(machine: Machine, call: InspectNetwork) -> dict[str, Any]:
    """A little of what the Engine would say."""
    machine.need_docker()
    name = _name(machine, call.network)
    network = machine.networks[name]
    on_it = [c.view for c in machine.containers.values() if name in c.view.networks and c.view.state == "running"]
    return {
        "Id": network.id,
        "Name": name,
        "Driver": network.driver,
        "Scope": "local",
        "Internal": network.internal,
        "IPAM": {"Driver": "default", "Config": [{"Subnet": subnet} for subnet in network.subnets]},
        "Containers": {view.id: {"Name": view.name} for view in on_it},
        "Labels": dict(network.labels),
    }


async def create(run: Run, job: CreateNetwork) -> None:
    """Refused where there is one."""
    machine = _machine(run)
    async with run.step("create"):
        machine.need_docker()
        await machine.spend("create")
        if job.name in machine.networks:
            raise HostError(f"there is a network {job.name} already.", hint="take another name, or remove that one")
        body = job.body
        machine.networks[job.name] = SimulatedNetwork(
            network_id(machine.name, job.name),
            created=machine.clock.now(),
            driver=body["Driver"],
            subnets=tuple(config["Subnet"] for config in body.get("IPAM", {}).get("Config", ())),
            internal=body["Internal"],
            attachable=body["Attachable"],
            ipv6=body["EnableIPv6"],
            labels=dict(body["Labels"]),
        )
        machine.tell("network")


async def remove(run: Run, job: RemoveNetworks) -> Tidied:
    """Refused like the daemon does: while a running container is on it."""
    machine = _machine(run)
    machine.need_docker()
    return await tidy(run, {going.name: removal(machine, going.id) for going in job.networks})


def removal(machine: Machine, id: str) -> Any:
    """What removes one network, as the daemon would."""

    async def take() -> None:
        await machine.spend("remove")
        name = _name(machine, id)
        if any(name in c.view.networks and c.view.state == "running" for c in machine.containers.values()):
            raise Conflict(f"error while removing network: network {name} has active endpoints")
        del machine.networks[name]
        machine.tell("network")

    return take


def _name(machine: Machine, id: str) -> str:
    for name, network in machine.networks.items():
        if id in (name, network.id):
            return name
    raise NotFound(f"network {id} not found")


def _machine(run: Run) -> Machine:
    machine = run.agent
    assert isinstance(machine, Machine)  # noqa: S101 - what a simulated host gives its jobs
    return machine


CALLS = (CallHandler(ListNetworks, list_networks), CallHandler(InspectNetwork, inspect))
JOBS = (JobHandler(CreateNetwork, create), JobHandler(RemoveNetworks, remove))
