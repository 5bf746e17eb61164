"""Drift on the real Docker: nothing that a deploy made is called changed, and everything that was changed is."""

from typing import Any

import pytest

from monitor.abilities.container.calls import ReplaceContainer
from monitor.abilities.container.replace import replace
from monitor.abilities.drift.calls import CompareContainer, Compared
from monitor.abilities.drift.run import compare
from monitor.resources.deployment.body import engine_body
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.world import SERVE, World, docker
from tests.resources.deployment.test_body import config
from tests.resources.deployment.test_real import HARMLESS, POWERFUL, SHARED

pytestmark = pytest.mark.real
SERVED: dict[str, Any] = {"entrypoint": [], "command": SERVE, "stable_for": 0.1}
NOTHING: dict[str, Any] = {"restart": "no"}
STORED: dict[str, Any] = {
    "ports": [{"container": 80}, {"container": 53, "protocol": "udp", "address": "127.0.0.1"}],
    "volumes": [{"source": "MARK-data", "target": "/data"}, {"source": "/tmp", "target": "/host", "read_only": True}],
    "secret_environment": [{"name": "TOKEN", "value": "hush-hush"}],
    "env_files": [{"name": "prod", "content": "A=1\nB=two words\n"}],
    "files": [{"path": "/etc/app/config", "content": "x"}],
    "host_config": '{"OomScoreAdj": 500, "MemorySwappiness": 10, "CgroupParent": ""}',
    "memory": 64 * 2**20,
    "memory_swap": -1,
    "restart": "always",
}
ALONE: dict[str, Any] = {"network": "none", "init": True, "cap_add": ["NET_ADMIN"]}
HOST: dict[str, Any] = {"network": "host", "memory": 64 * 2**20, "cpuset_cpus": "0", "cpus": 1.5, "pids_limit": -1}


def body_of(world: World, given: dict[str, Any]) -> dict[str, Any]:
    told = engine_body(config(**(SERVED | given)), world.image, world.body()["Labels"])
    binds = [bind.replace("MARK", world.mark) for bind in told["HostConfig"]["Binds"]]
    told["HostConfig"]["Binds"] = binds
    return told


async def deployed(agent: MemoryAgent, world: World, body: dict[str, Any], **more: Any) -> str:
    job = ReplaceContainer(name=world.name(), body=body, stable_for=0.1, stop_timeout=1, healthy_within=20, **more)
    return (await replace(MemoryRun(agent, world.job()), job)).container


async def look(agent: MemoryAgent, world: World, body: dict[str, Any], container: str = "") -> Compared:
    """Without a container's id all is compared, also what cannot be changed in place."""
    call = CompareContainer(name=world.name(), container=container, deployment=world.deployment, body=body)
    return await compare(agent, call)  # type: ignore[arg-type] # a test's agent


@pytest.mark.parametrize(
    "given",
    [NOTHING, HARMLESS | SERVED | {"read_only": False}, POWERFUL | SERVED, SHARED | SERVED, STORED, ALONE, HOST],
    ids=["nothing", "harmless", "powerful", "shared", "stored", "alone", "host"],
)
async def test_what_was_just_deployed_differs_in_nothing(
    agent: MemoryAgent, world: World, given: dict[str, Any]
) -> None:
    body = body_of(world, given | {"health_check": {"kind": "image"}} if given is STORED else given)
    for _ in range(2):  # the second takes over from the first
        container = await deployed(agent, world, body)
        assert (await look(agent, world, body)).differences == ()
        assert (await look(agent, world, body, container)).differences == ()
    docker("restart", "-t", "1", world.name())
    assert (await look(agent, world, body)).differences == ()
    docker("stop", "-t", "1", world.name())
    assert (await look(agent, world, body)).differences == ()


async def test_a_privileged_one_differs_in_nothing(agent: MemoryAgent, world: World) -> None:
    """Made and not started: a machine in a container may not start one."""
    body = body_of(world, {"privileged": True, "cap_add": ["ALL"], "pid_mode": "host", "gpus": "", "restart": "no"})
    await agent.docker.create(world.name(), body)
    assert (await look(agent, world, body)).differences == ()


async def test_networks_aliases_and_addresses_differ_in_nothing(agent: MemoryAgent, world: World) -> None:
    for word, subnet in (("one", "10.213.1.0/24"), ("two", "10.213.2.0/24")):
        docker("network", "create", "--subnet", subnet, world.name(word))
    networks = [
        {"name": world.name("one"), "aliases": ["db", "store"]},
        {"name": world.name("two"), "ipv4_address": "10.213.2.77"},
    ]
    body = body_of(world, {"networks": networks, "hostname": "inside"})
    beside = body_of(world, {"networks": networks[:1]})
    for one in (body, body, beside, beside):
        await deployed(agent, world, one)
        assert (await look(agent, world, one)).differences == ()
    docker("network", "disconnect", world.name("one"), world.name())
    docker("network", "connect", "bridge", world.name())
    told = {(d.field, d.wanted, d.found) for d in (await look(agent, world, beside)).differences}
    assert told == {
        (f"Network {world.name('one')}", '"joined"', '"left"'),
        ("Network bridge", "", '"joined"'),
    }
    docker("network", "connect", world.name("one"), world.name())
    docker("network", "disconnect", "bridge", world.name())
    (left,) = (await look(agent, world, beside)).differences
    assert (left.field, left.found) == (f"Network {world.name('one')} aliases", "[]")


async def test_an_image_with_settings_of_its_own_differs_in_nothing(agent: MemoryAgent, world: World) -> None:
    lines = [
        "ENV FROM_IMAGE=1 A=image",
        "LABEL of.image=yes monitor.test=image",
        "WORKDIR /srv/",
        "USER 7:7",
        "EXPOSE 8080",
        "VOLUME /kept",
        "STOPSIGNAL SIGINT",
        'HEALTHCHECK --interval=1s CMD ["busybox", "true"]',
        'ENTRYPOINT ["busybox"]',
        'CMD ["sleep", "3600"]',
    ]
    image = world.derived("\n".join(lines))
    given = {"environment": [{"name": "A", "value": "mine"}], "command": [], "entrypoint": [], "health_retries": 7}
    body = body_of(world, given) | {"Image": image}
    for _ in range(2):
        await deployed(agent, world, body)
        found = await look(agent, world, body)
        assert found.differences == ()
        assert found.image_id == found.means


@pytest.mark.parametrize(
    ("given", "update", "fields"),
    [
        ({}, ["--memory", "64m", "--memory-swap", "96m"], {"HostConfig.Memory"}),
        ({"memory": 2**26}, ["--memory", "32m"], {"HostConfig.Memory"}),
        ({"memory": 2**26}, ["--memory-swap", "-1"], {"HostConfig.MemorySwap"}),
        ({"memory": 2**26}, ["--memory-reservation", "16m"], {"HostConfig.MemoryReservation"}),
        ({}, ["--restart", "on-failure:3"], {"HostConfig.RestartPolicy"}),
        ({"restart": "always"}, ["--restart", "no"], {"HostConfig.RestartPolicy"}),
        ({}, ["--cpus", "0.5"], {"HostConfig.NanoCpus"}),
        ({}, ["--cpu-shares", "100"], {"HostConfig.CpuShares"}),
        ({}, ["--cpuset-cpus", "0"], {"HostConfig.CpusetCpus"}),
        ({}, ["--pids-limit", "77"], {"HostConfig.PidsLimit"}),
        ({"pids_limit": 50}, ["--pids-limit", "77"], {"HostConfig.PidsLimit"}),
    ],
)
async def test_docker_update_is_found(
    agent: MemoryAgent, world: World, given: dict[str, Any], update: list[str], fields: set[str]
) -> None:
    body = body_of(world, given)
    container = await deployed(agent, world, body)
    docker("update", *update, world.name())
    assert {d.field for d in (await look(agent, world, body, container)).differences} == fields


async def test_a_rename_is_found(agent: MemoryAgent, world: World) -> None:
    body = body_of(world, {})
    container = await deployed(agent, world, body)
    docker("rename", world.name(), world.name("other"))
    (told,) = (await look(agent, world, body, container)).differences
    assert (told.field, told.found) == ("Name", f'"{world.name("other")}"')


async def test_one_made_again_with_its_labels_is_found_field_by_field(agent: MemoryAgent, world: World) -> None:
    body = body_of(world, {"environment": [{"name": "LOG", "value": "info"}], "user": "1:1"})
    container = await deployed(agent, world, body)
    docker("rm", "-f", world.name())
    labels = [f"--label={name}={value}" for name, value in body["Labels"].items()]
    world.run("web", *labels, "--label", "a=b", "-e", "LOG=debug", "-e", "SECRET=x", "-p", "127.0.0.1::80", "--init")
    found = await look(agent, world, body, container)
    assert found.container != container
    assert {d.field for d in found.differences} == {
        "HostConfig.RestartPolicy",
        "HostConfig.PortBindings",
        "HostConfig.Init",
        "Config.User",
        "Config.ExposedPorts",
        "Config.StopTimeout",
        "Env LOG",
        "Env SECRET",
        "Label a",
    }
    assert "debug" not in str(found)


async def test_anothers_container_of_the_name_is_none_of_it(agent: MemoryAgent, world: World) -> None:
    body = body_of(world, {})
    assert await look(agent, world, body) == Compared()
    world.run("web")
    assert await look(agent, world, body) == Compared(taken=True)


async def test_a_tag_built_anew_means_another_image(agent: MemoryAgent, world: World) -> None:
    tag = world.derived("ENV A=1")
    body = body_of(world, {}) | {"Image": tag}
    await deployed(agent, world, body)
    docker("tag", world.image, tag)
    found = await look(agent, world, body)
    assert found.image_id != found.means != ""
    docker("rmi", tag)
    assert (await look(agent, world, body)).means == ""
