"""Host powers: no spelling of one passes without it, at creation, at any edit or when the server changes."""

from typing import Any

import pytest

from monitor.core.caller import Caller
from monitor.kernel.errors import Forbidden, MonitorError
from monitor.kernel.permission import HostPower, Level, Right
from monitor.kernel.standard import standard_operations
from monitor.kernel.wire import from_user
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from tests.core.world import World, refused, updating

BINDS = (
    "/",
    "//",
    "/etc",
    "/etc/",
    "/./etc/../etc/shadow",
    "/var/run/docker.sock",
    "/proc/self/root",
    "/var/lib/docker/volumes",
    "/ ",
    "/été",
)
NAMESPACES = ("host", "HOST", "Host", "container:web", "container:0123456789ab", "ns:net", "host:")
HARMLESS = (
    {"volumes": [{"source": "data", "target": "/data"}]},
    {"network": "bridge"},
    {"network": "none"},
    {"network": "team-net"},
    {"ports": [{"container": 80, "host": 8080}]},
    {"host_config": '{"OomScoreAdj": 500, "DnsSearch": ["example.org"]}'},
    {"memory": 2**29, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges"], "ipc_mode": "private"},
)
SPELLINGS: list[tuple[HostPower, dict[str, Any]]] = [
    *((HostPower.BIND, {"volumes": [{"source": path, "target": "/mnt"}]}) for path in BINDS),
    *((HostPower.BIND, {"volumes": [{"source": path, "target": "/mnt", "read_only": True}]}) for path in BINDS[:2]),
    (HostPower.BIND, {"volumes": [{"source": "data", "target": "/a"}, {"source": "/etc", "target": "/b"}]}),
    *((HostPower.NAMESPACES, {"network": network}) for network in NAMESPACES),
    (HostPower.DEVICES, {"devices": [{"path_on_host": "/dev/sda"}]}),
    (HostPower.DEVICES, {"gpus": "all"}),
    (HostPower.CGROUP, {"ulimits": [{"name": "rtprio", "soft": 99}]}),
    (HostPower.RAW, {"log_driver": "syslog"}),
    (HostPower.RAW, {"log_options": [{"name": "syslog-address", "value": "unix:///x"}]}),
    (HostPower.RAW, {"host_config": '{"StorageOpt": {"size": "1G"}}'}),
    (HostPower.RAW, {"host_config": '{"WhatComesTomorrow": 1}'}),
]
BASE = {"server": "host", "image": {"kind": "image", "image": "web:1"}}


async def somebody(world: World, *powers: HostPower, on: str = "host") -> Caller:
    """Somebody who may do everything with deployments and servers but has only these powers, on one server."""
    ann = await world.app.user(f"ann-{on}")
    await world.grant(ann, "deployment", "", Level.WRITE, tuple(Right))
    await world.grant(ann, "server", "", Level.WRITE, tuple(Right))
    if powers:
        await world.grant(ann, "server", on, powers=powers)
    return ann


def creating(name: str, **config: Any) -> Any:
    operation = standard_operations(DEPLOYMENT)["create"]
    return from_user({"op": "deployment.create", "name": name, "config": {**BASE, **config}}, operation)


async def outcome(world: World, op: Any, caller: Caller) -> str:
    try:
        await world.app.run(op, caller)
    except Forbidden as refusal:
        return "refused" if "host powers you do not have" in refusal.message else refusal.message
    except MonitorError as odd:
        return f"invalid: {odd.message}"
    return "allowed"


@pytest.mark.parametrize(("power", "config"), SPELLINGS)
async def test_each_spelling_needs_its_power(world: World, power: HostPower, config: dict[str, Any]) -> None:
    others = tuple(p for p in HostPower if p is not power)
    without, having = await somebody(world, *others), await world.app.user("bob")
    await world.grant(having, "deployment", "", Level.WRITE, (Right.CREATE,))
    await world.grant(having, "server", "host", Level.EXECUTE, powers=(power,))

    assert await outcome(world, creating("one", **config), without) == "refused"
    assert await outcome(world, creating("one", **config), having) == "allowed"
    assert await outcome(world, creating("two"), without) == "allowed"
    assert await outcome(world, updating(DEPLOYMENT, "two", config=config), without) == "refused"
    assert await outcome(world, updating(DEPLOYMENT, "two", config=config), having) == "allowed"


@pytest.mark.parametrize("config", HARMLESS)
async def test_what_docker_does_by_default_needs_none(world: World, config: dict[str, Any]) -> None:
    ann = await somebody(world)
    assert await outcome(world, creating("one", **config), ann) == "allowed"


@pytest.mark.parametrize(
    "change",
    [
        {"config": {"stop_timeout": 3}},
        {"config": {"image": {"kind": "image", "image": "evil:1"}}},
        {"config": {"command": ["sh"]}},
        {"config": {"volumes": []}},
        {"config": {"network": "bridge", "volumes": []}},
        {"name": "renamed"},
        {"description": "words"},
        {"tags": ["tag"]},
    ],
)
async def test_what_holds_a_power_is_edited_only_with_it(world: World, change: dict[str, Any]) -> None:
    ann, boss = await somebody(world), await world.app.user("boss", admin=True)
    held = {"volumes": [{"source": "/etc", "target": "/mnt"}], "network": "host"}
    await world.app.run(creating("rooted", **held), boss)
    assert await outcome(world, updating(DEPLOYMENT, "rooted", **change), ann) == "refused"
    await world.grant(ann, "server", "host", powers=(HostPower.BIND,))
    assert await outcome(world, updating(DEPLOYMENT, "rooted", **change), ann) == "refused", "one of two is not enough"
    await world.grant(ann, "server", "host", powers=(HostPower.BIND, HostPower.NAMESPACES))
    assert await outcome(world, updating(DEPLOYMENT, "rooted", **change), ann) == "allowed"


async def test_plain_execute_repeats_what_is_stored(world: World) -> None:
    ann = await world.app.user("ann")
    await world.app.run(creating("rooted", network="host"))
    await world.grant(ann, "deployment", "rooted", Level.EXECUTE)
    assert (await world.do(Deploy(target="rooted"), ann)).state == "succeeded"


async def test_deleting_is_a_write_too(world: World) -> None:
    ann = await world.app.user("ann")
    await world.app.run(creating("rooted", network="host"))
    await world.grant(ann, "deployment", "rooted", Level.WRITE)
    deletion = Delete(target="rooted", container=Keep.REMOVE)
    assert isinstance(await refused(world, deletion, ann), Forbidden)
    world.host.machine.durations["create"] = 5
    await world.app.run(Deploy(target="rooted"))
    await world.grant(ann, "server", "host", powers=(HostPower.NAMESPACES,))
    queued = await world.app.run(deletion, ann)
    await world.grant(ann, "server", "host")
    end = await world.ended(queued)
    assert end.state == "failed"
    assert "host powers" in end.error


async def test_powers_are_held_on_one_server(world: World) -> None:
    await world.app.server("other")
    ann = await somebody(world, HostPower.NAMESPACES, on="other")
    assert await outcome(world, creating("here", network="host"), ann) == "refused"
    assert await outcome(world, creating("there", network="host", server="other"), ann) == "allowed"
    moved = updating(DEPLOYMENT, "there", config={"server": "host"})
    assert await outcome(world, moved, ann) == "refused", "a power moves nowhere with its deployment"
    boss = await world.app.user("boss", admin=True)
    await world.app.run(creating("rooted", network="host"), boss)
    fetched = updating(DEPLOYMENT, "rooted", config={"server": "other"})
    assert await outcome(world, fetched, ann) == "refused", "nor is it fetched from where one has none"
    harmless = updating(DEPLOYMENT, "rooted", config={"server": "other", "network": "bridge"})
    assert await outcome(world, harmless, ann) == "refused"


async def test_powers_of_all_servers_are_powers_of_each(world: World) -> None:
    ann = await somebody(world)
    await world.grant(ann, "server", "", Level.WRITE, powers=(HostPower.BIND,))
    assert await outcome(world, creating("one", volumes=[{"source": "/etc", "target": "/mnt"}]), ann) == "allowed"


async def test_a_power_that_was_lost_is_gone(world: World) -> None:
    ann = await somebody(world, HostPower.NAMESPACES)
    assert await outcome(world, creating("one", network="host"), ann) == "allowed"
    await world.grant(ann, "server", "host", Level.WRITE)
    assert await outcome(world, updating(DEPLOYMENT, "one", description="x"), ann) == "refused"


async def test_write_on_a_server_is_no_power_over_it(world: World) -> None:
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "", Level.WRITE, tuple(Right))
    await world.grant(ann, "deployment", "", Level.WRITE, tuple(Right))
    assert await outcome(world, creating("one", network="host"), ann) == "refused"
