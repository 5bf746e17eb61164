"""Volumes of a real Docker: made, looked into, measured, removed; a volume that is a bind is judged as one."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as replace_fields

from monitor.abilities.container.calls import ReplaceContainer
from monitor.abilities.container.replace import replace
from monitor.abilities.docker.engine import Engine
from monitor.abilities.terminal.calls import OpenTerminal
from monitor.abilities.terminal.run import open_terminal
from monitor.abilities.volume.calls import CreateVolume, InspectVolume, ListVolumes, MeasureVolumes, RemoveVolumes
from monitor.abilities.volume.run import create, inspect, list_volumes, measure, remove
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import HostError, Invalid, NotFound, PolicyRefused
from monitor.kernel.permission import HostPower
from monitor.periphery.policy import Policy
from monitor.periphery.settings import PolicySettings
from tests.abilities.memory import SOCKET, MemoryAgent, MemoryRun
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real


def strict(**settings: Any) -> MemoryAgent:
    """An agent of a host with this policy."""
    policy = Policy(PolicySettings(**settings))
    return MemoryAgent(Engine(SOCKET, SystemClock(), policy.judge, policy.judge_network))


def body(**more: Any) -> dict[str, Any]:
    return {"Driver": "local", "DriverOpts": {}, "Labels": {}, **more}


async def test_made_listed_measured_and_removed(world: World) -> None:
    agent, name = strict(), world.name("data")
    run = MemoryRun(agent, world.job())
    await create(run, CreateVolume(name=name, body=body(Labels={"a; $(id)": "`x`\u202e"})))
    seen = next(v for v in await list_volumes(agent, ListVolumes()) if v.name == name)
    assert (seen.driver, seen.anonymous, seen.bind) == ("local", False, False)
    assert (await inspect(agent, InspectVolume(name=name)))["Labels"] == {"a; $(id)": "`x`\u202e"}
    world.run(
        "writer", "-v", f"{name}:/data", command=["busybox", "dd", "if=/dev/zero", "of=/data/x", "bs=1000", "count=9"]
    )
    docker("wait", world.name("writer"))
    sizes = {size.name: size.bytes for size in await measure(agent, MeasureVolumes())}
    assert sizes[name] >= 9000
    with pytest.raises(HostError, match="in use"):
        await remove(run, RemoveVolumes(names=(name,)))
    docker("rm", world.name("writer"))
    assert (await remove(run, RemoveVolumes(names=(name, world.name("never"))))).removed == (name, world.name("never"))
    with pytest.raises(NotFound):
        await inspect(agent, InspectVolume(name=name))


async def test_one_of_the_name_is_not_taken_for_a_new_one(world: World) -> None:
    agent, name = strict(), world.name("data")
    docker("volume", "create", name)
    with pytest.raises(HostError, match="already"):
        await create(MemoryRun(agent, world.job()), CreateVolume(name=name, body=body()))


@pytest.mark.parametrize(
    ("driver", "options"),
    [
        ("local", {"type": "none", "o": "bind", "device": "/etc"}),
        ("local", {"type": "none", "o": "rbind,ro", "device": "/etc"}),
        ("local", {"TYPE": "none", "O": "bind", "DEVICE": "/etc"}),
        ("local", {"type": "nfs", "o": "addr=10.0.0.1", "device": ":/x"}),
        ("local", {"type": "overlay", "o": "lowerdir=/etc", "device": "overlay"}),
        ("", {"device": "/dev/sda1", "type": "ext4"}),
        ("sshfs", {}),
    ],
)
async def test_a_volume_that_reaches_the_host_is_not_made_without_the_power(
    world: World, driver: str, options: dict[str, str]
) -> None:
    agent, name = strict(), world.name("data")
    with pytest.raises(PolicyRefused, match="bind"):
        await create(
            MemoryRun(agent, world.job()), CreateVolume(name=name, body=body(Driver=driver, DriverOpts=options))
        )
    assert name not in docker("volume", "ls", "-q").split()


async def test_bind_roots_hold_for_volumes_too(world: World, tmp_path: Path) -> None:
    agent = strict(bind=True, bind_roots=(str(tmp_path),))
    run = MemoryRun(agent, world.job())
    inside = {"type": "none", "o": "bind", "device": str(tmp_path)}
    await create(run, CreateVolume(name=world.name("in"), body=body(DriverOpts=inside)))
    for outside in (
        {**inside, "device": "/etc"},
        {**inside, "device": f"{tmp_path}/../.."},
        {"type": "overlay", "o": "lowerdir=/etc", "device": str(tmp_path)},
        {"type": "none", "o": "bind,lowerdir=/etc", "device": str(tmp_path)},
    ):
        with pytest.raises(PolicyRefused):
            await create(run, CreateVolume(name=world.name("out"), body=body(DriverOpts=outside)))


async def test_a_deployment_that_mounts_an_existing_volume_made_as_a_bind_needs_the_power_bind(world: World) -> None:
    """The known weakness: by its name alone it looks like any volume."""
    name = world.name("sneaky")
    docker("volume", "create", "-o", "type=none", "-o", "o=bind", "-o", "device=/etc", name)
    spellings: list[dict[str, Any]] = [
        {"Binds": [f"{name}:/x:ro"]},
        {"binds": [f"{name}:/x"]},
        {"Mounts": [{"Type": "volume", "Source": name, "Target": "/x"}]},
        {"Mounts": [{"Type": "volume", "source": name, "Target": "/x"}]},
    ]
    for host in spellings:
        run = MemoryRun(strict(raw=True), world.job())
        job = ReplaceContainer(name=world.name("web"), body=world.body(**host), stable_for=0.1)
        with pytest.raises(PolicyRefused, match=f"the volume {name} is more than a volume.*power bind"):
            await replace(run, job)
        assert run.steps[-1] == ("create", "failed")
        assert world.containers() == {}
    allowed = MemoryRun(strict(bind=True, bind_roots=("/etc",)), world.job())
    await replace(allowed, ReplaceContainer(name=world.name("web"), body=world.body(**spellings[0]), stable_for=0.1))
    assert world.containers() == {world.name("web"): "running"}


async def test_passwords_of_shares_are_not_told(world: World) -> None:
    name = world.name("share")
    docker(
        "volume", "create", "-o", "type=cifs", "-o", "o=username=a,password=hunter2,vers=3", "-o", "device=//h/s", name
    )
    told = await inspect(strict(), InspectVolume(name=name))
    assert "hunter2" not in str(told)
    assert told["Options"]["o"] == "username=a,password=***,vers=3"


@pytest.mark.parametrize("name", ["; rm -rf /", "$(id)", "../x", "a/b", "", ".", "-f"])
async def test_hostile_names_reach_no_path(name: str) -> None:
    with pytest.raises(Invalid):
        await inspect(strict(), InspectVolume(name=name))


async def test_nor_does_whoever_lacks_it_where_the_host_allows_it(world: World) -> None:
    name = world.name("sneaky")
    docker("volume", "create", "-o", "type=none", "-o", "o=bind", "-o", "device=/etc", name)
    job = ReplaceContainer(name=world.name("web"), body=world.body(Binds=[f"{name}:/x:ro"]), stable_for=0.1, powers=())
    for asked in (job, replace_fields(job, repeats=True)):
        with pytest.raises(PolicyRefused, match=f"the volume {name} is more than a volume.*has not.*bind"):
            await replace(MemoryRun(strict(bind=True), world.job()), asked)
    assert world.containers() == {}
    await replace(MemoryRun(strict(bind=True), world.job()), replace_fields(job, powers=(HostPower.BIND,)))
    with pytest.raises(PolicyRefused, match="is more than a volume"):
        await replace(MemoryRun(strict(bind=True), world.job()), job)
    await replace(MemoryRun(strict(bind=True), world.job()), replace_fields(job, repeats=True))
    terminal = OpenTerminal(container=world.name("web"), deployment=world.deployment, command=("busybox", "id"))
    run: Any = MemoryRun(strict(bind=True), world.job())
    with pytest.raises(PolicyRefused, match="host powers you do not have on this server: bind"):
        await open_terminal(run, terminal)
