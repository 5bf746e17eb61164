"""Networks of a real Docker: made, looked into, removed; what reaches the host's own network is judged."""

from typing import Any

import pytest

from monitor.abilities.network.calls import CreateNetwork, GoingNetwork, InspectNetwork, ListNetworks, RemoveNetworks
from monitor.abilities.network.powers import network_powers
from monitor.abilities.network.run import create, inspect, list_networks, remove
from monitor.kernel.errors import HostError, Invalid, NotFound, PolicyRefused
from monitor.kernel.permission import HostPower
from tests.abilities.memory import MemoryRun
from tests.abilities.test_volumes_real import strict
from tests.abilities.world import World, docker

SUBNET = {"Subnet": "10.211.77.0/24", "Gateway": "10.211.77.9", "IPRange": "10.211.77.128/25"}


def body(**more: Any) -> dict[str, Any]:
    return {"Driver": "bridge", "Options": {}, "Labels": {}, "Internal": False, **more}


@pytest.mark.real
async def test_made_listed_and_removed(world: World) -> None:
    agent, name = strict(), world.name("net")
    run = MemoryRun(agent, world.job())
    ipam = {"Driver": "default", "Config": [SUBNET]}
    await create(run, CreateNetwork(name=name, body=body(Internal=True, IPAM=ipam, Labels={"a": "$(id)"})))
    seen = next(n for n in await list_networks(agent, ListNetworks()) if n.name == name)
    assert (seen.driver, seen.internal, seen.subnets, seen.scope) == ("bridge", True, ("10.211.77.0/24",), "local")
    told = await inspect(agent, InspectNetwork(network=seen.id))
    assert told["IPAM"]["Config"] == [SUBNET]
    assert told["Labels"] == {"a": "$(id)"}
    with pytest.raises(HostError, match="already"):
        await create(run, CreateNetwork(name=name, body=body()))
    world.run("on-it", "--network", name)
    with pytest.raises(HostError, match="active endpoints"):
        await remove(run, RemoveNetworks(networks=(GoingNetwork(id=seen.id, name=name),)))
    docker("rm", "-f", world.name("on-it"))
    assert (await remove(run, RemoveNetworks(networks=(GoingNetwork(id=seen.id, name=name),)))).removed == (name,)
    with pytest.raises(NotFound):
        await inspect(agent, InspectNetwork(network=seen.id))


POWERS: list[tuple[HostPower, dict[str, Any]]] = [
    (HostPower.NAMESPACES, {"Driver": "macvlan", "Options": {"parent": "eth0"}}),
    (HostPower.NAMESPACES, {"Driver": "ipvlan"}),
    (HostPower.NAMESPACES, {"Driver": "host"}),
    (HostPower.NAMESPACES, {"Driver": "some/plugin:1"}),
    (HostPower.NAMESPACES, {"Options": {"parent": "eth0"}}),
    (HostPower.NAMESPACES, {"Options": {"com.docker.network.bridge.name": "docker0"}}),
    (HostPower.RAW, {"Options": {"com.docker.network.bridge.host_binding_ipv4": "0.0.0.0"}}),
    (HostPower.RAW, {"options": {"parent": "eth0"}}),
    (HostPower.NAMESPACES, {"options": {"parent": "eth0"}}),
    (HostPower.NAMESPACES, {"DRIVER": "macvlan"}),
    (HostPower.RAW, {"Ingress": True}),
    (HostPower.RAW, {"ConfigFrom": {"Network": "x"}}),
    (HostPower.RAW, {"IPAM": {"Driver": "dhcp"}}),
    (HostPower.NAMESPACES, {"IPAM": {"Config": [{"Subnet": "8.8.8.0/24"}]}}),
    (HostPower.NAMESPACES, {"IPAM": {"Config": [{"Subnet": "not-one"}]}}),
]


@pytest.mark.parametrize(("power", "more"), POWERS)
def test_every_spelling_that_reaches_the_host_is_a_power(power: HostPower, more: dict[str, Any]) -> None:
    assert power in network_powers({"Name": "x", **more})


def test_a_bridge_of_dockers_own_is_none() -> None:
    ipam = {"Driver": "default", "Config": [SUBNET, {"Subnet": "fd00:1::/64"}]}
    mtu = {"com.docker.network.driver.mtu": "1400"}
    assert network_powers(body(Name="x", IPAM=ipam, Options=mtu, EnableIPv6=True, CheckDuplicate=True)) == frozenset()


@pytest.mark.real
async def test_a_network_of_the_hosts_is_not_made_without_the_power(world: World) -> None:
    run = MemoryRun(strict(), world.job())
    with pytest.raises(PolicyRefused, match="power namespaces"):
        await create(run, CreateNetwork(name=world.name("mv"), body=body(Driver="macvlan", Options={"parent": "lo"})))
    assert world.name("mv") not in docker("network", "ls")


@pytest.mark.real
@pytest.mark.parametrize("name", ["; rm -rf /", "$(id)", "../x", "a/b", "", ".", "-f"])
async def test_hostile_names_reach_no_path(name: str) -> None:
    with pytest.raises(Invalid):
        await inspect(strict(), InspectNetwork(network=name))
