"""Drift: what was changed of a container outside Monitor, as far as it shows by itself and when it is asked for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec import structs

from monitor.kernel.errors import Forbidden
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.drift import Drift, DriftState, LookForDrift
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import SecretVariable
from monitor.testing.container import SimulatedContainer
from tests.core.world import World, new_world

SECRET = "never-shown-anywhere"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path) as made:
        await made.deployment("web", secret_environment=(SecretVariable(name="TOKEN", value=SECRET),))
        yield made


async def look(world: World) -> Drift:
    return await world.app.run(LookForDrift(target="web"))


async def shown(world: World) -> str:
    await world.clock.advance(1)
    return (await world.app.get(DEPLOYMENT, "web")).status.drift


def only(world: World) -> SimulatedContainer:
    (container,) = world.host.machine.containers.values()
    return container


async def test_as_deployed_there_is_none(world: World) -> None:
    assert (await look(world)).state is DriftState.NONE
    await world.do(Deploy(target="web"))
    assert await look(world) == Drift(state=DriftState.NONE, release=1)
    assert await shown(world) == ""


async def test_a_config_that_waits_for_a_deploy_is_no_drift(world: World) -> None:
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", config={"command": ["other"], "container_name": "site"})
    assert (await look(world)).state is DriftState.NONE
    assert await shown(world) == ""


async def test_what_was_changed_in_place_is_told_field_by_field(world: World) -> None:
    await world.do(Deploy(target="web"))
    only(world).body["HostConfig"] |= {"Memory": 2**26, "RestartPolicy": {"Name": "no"}}
    found = await look(world)
    assert found.state is DriftState.DRIFTED
    assert [(d.field, d.wanted, d.found) for d in found.differences] == [
        ("HostConfig.RestartPolicy", '{"Name":"unless-stopped","MaximumRetryCount":0}', ""),
        ("HostConfig.Memory", "", "67108864"),
        ("HostConfig.MemorySwap", "134217728", "0"),
    ][: len(found.differences)]


async def test_one_made_again_outside_shows_by_itself_and_its_secrets_do_not(world: World) -> None:
    await world.do(Deploy(target="web"))
    old = only(world)
    world.host.machine.remove(old)
    env = [f"TOKEN={SECRET}-changed", "LOG=debug"]
    made = world.host.machine.create("web", {**old.body, "Env": env, "Cmd": ["serve"]})
    world.host.machine.start(made)
    assert await shown(world) == "its container was replaced outside Monitor"
    found = await look(world)
    assert (found.state, found.replaced) == (DriftState.DRIFTED, True)
    assert [d.field for d in found.differences] == ["Config.Cmd", "Env LOG", "Env TOKEN"]
    assert SECRET not in str(found)
    await world.do(Deploy(target="web"))
    assert (await look(world)).state is DriftState.NONE
    assert await shown(world) == ""


async def test_a_rename_shows_by_itself(world: World) -> None:
    await world.do(Deploy(target="web"))
    world.host.machine.change(only(world), name="www")
    assert await shown(world) == "its container is called www now"
    found = await look(world)
    assert [(d.field, d.found) for d in found.differences] == [("Name", '"www"')]


async def test_a_deploy_under_way_is_no_drift(world: World) -> None:
    await world.do(Deploy(target="web"))
    machine = world.host.machine
    machine.durations |= {"create": 1, "start": 1, "rename": 1}
    seen: set[str] = set()
    states: set[DriftState] = set()
    activity = await world.app.run(Deploy(target="web"))
    while activity.id in world.app.core.journal.open:
        await world.clock.advance(0.2)
        seen.add((await world.app.get(DEPLOYMENT, "web")).status.drift)
        states.add((await look(world)).state)
    assert seen == {""}
    assert DriftState.DRIFTED not in states


async def test_a_silent_host_is_unknown_never_nothing(world: World) -> None:
    await world.do(Deploy(target="web"))
    world.host.machine.docker_down = "stopped"
    found = await look(world)
    assert found.state is DriftState.UNKNOWN
    assert "stopped" in found.reason
    world.host.down = "cable pulled"
    assert (await look(world)).state is DriftState.UNKNOWN


async def test_gone_or_anothers_is_told_as_that(world: World) -> None:
    await world.do(Deploy(target="web"))
    old = only(world)
    world.host.machine.remove(old)
    assert (await look(world)).reason == "its container is gone"
    labels = {k: v for k, v in old.body["Labels"].items() if not k.startswith("monitor.")}
    world.host.machine.create("web", {**old.body, "Labels": labels})
    assert (await look(world)).reason == "somebody else's container has its name"


async def test_it_takes_the_right_to_inspect(world: World) -> None:
    await world.do(Deploy(target="web"))
    ben = await world.app.user("ben")
    made = await world.app.get(DEPLOYMENT, "web")
    await world.grant(ben, "deployment", made.id, Level.WRITE)
    with pytest.raises(Forbidden):
        await world.app.run(LookForDrift(target="web"), ben)
    await world.grant(ben, "deployment", made.id, Level.READ, rights=(Right.INSPECT,))
    assert (await world.app.run(LookForDrift(target="web"), ben)).state is DriftState.NONE


async def test_what_was_deployed_before_releases_were_kept_is_compared_with_its_config(world: World) -> None:
    await world.do(Deploy(target="web"))
    made = await world.app.get(DEPLOYMENT, "web")
    record = world.app.core.parts.catalog.get("deployment", made.id)
    assert record is not None
    record.info = structs.replace(record.info, activity="", release=0)
    assert (await look(world)).state is DriftState.NONE
    await world.update(DEPLOYMENT, "web", config={"command": ["other"]})
    found = await look(world)
    assert found.state is DriftState.UNKNOWN
    assert "deploy it" in found.reason
