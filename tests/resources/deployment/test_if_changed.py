"""Deploy only if changed: config, secrets, files, image, build version and the container itself are all compared."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from monitor.kernel.activity import Activity, State
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.fields.files import ConfigFile, SecretEnvFile, SecretFile
from monitor.resources.deployment.operations.acts import Stop
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.history import History
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, SecretVariable, Variable
from tests.core.world import World, new_world

NOTHING = "nothing changed: web:1 runs as configured"
FIELDS: dict[str, Any] = {
    "environment": (Variable(name="A", value="1"),),
    "secret_environment": (SecretVariable(name="TOKEN", value="first-secret"),),
    "secret_env_files": (SecretEnvFile(name="prod", content="KEY=first\n"),),
    "files": (ConfigFile(path="/etc/app", content="first"),),
    "secret_files": (SecretFile(path="/etc/key", content="first"),),
}
CHANGES: dict[str, Any] = {
    "environment": [{"name": "A", "value": "2"}],
    "secret_environment": [{"name": "TOKEN", "value": "second-secret"}],
    "secret_env_files": [{"name": "prod", "content": "KEY=second\n"}],
    "files": [{"path": "/etc/app", "content": "second"}],
    "secret_files": [{"path": "/etc/key", "content": "second"}],
    "container_name": "site",
    "command": ["serve"],
    "image": {"kind": "image", "image": "web:2"},
}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path) as made:
        made.host.machine.images.add("web:2")
        yield made


async def again(world: World) -> Activity:
    return await world.do(Deploy(target="web", if_changed=True))


def running(world: World) -> str:
    (container,) = world.host.machine.containers.values()
    return container.view.id


async def test_nothing_changed_and_the_container_is_untouched(world: World) -> None:
    """Komodo weak point 9: DeployStackIfChanged does nothing, or everything."""
    await world.deployment("web", **FIELDS)
    first = await again(world)
    assert first.summary == "deployed web:1"
    id = running(world)
    second = await again(world)
    assert (second.state, second.summary) == (State.SUCCEEDED, NOTHING)
    assert running(world) == id
    assert [d.activity for d in await world.app.run(History(target="web"))] == [first.id]


@pytest.mark.parametrize("field", CHANGES)
async def test_a_changed_field_is_deployed(world: World, field: str) -> None:
    """Komodo weak point 9: changes of the environment alone are not compared."""
    await world.deployment("web", **FIELDS)
    await again(world)
    id = running(world)
    await world.update(DEPLOYMENT, "web", config={field: CHANGES[field]})
    end = await again(world)
    assert end.state is State.SUCCEEDED
    assert running(world) != id
    assert (await again(world)).summary.startswith("nothing changed")


async def test_the_same_secret_set_again_is_no_change_and_the_config_counts_as_deployed(world: World) -> None:
    await world.deployment("web", **FIELDS)
    await again(world)
    given = [{"name": "TOKEN", "value": "first-secret"}]
    await world.update(DEPLOYMENT, "web", config={"secret_environment": given})
    assert (await world.app.get(DEPLOYMENT, "web")).status.outdated
    assert (await again(world)).summary == NOTHING
    assert not (await world.app.get(DEPLOYMENT, "web")).status.outdated


async def test_how_long_a_deploy_waits_changes_no_container(world: World) -> None:
    await world.deployment("web")
    await again(world)
    await world.update(DEPLOYMENT, "web", config={"healthy_within": 60.0})
    assert (await again(world)).summary == NOTHING


async def test_a_tag_built_anew_is_deployed(world: World) -> None:
    await world.deployment("web")
    await again(world)
    world.host.machine.add_build(("web:1",))
    assert (await again(world)).summary.startswith("deployed")
    assert (await again(world)).summary == NOTHING


async def test_a_tag_pushed_anew_is_deployed_where_the_registry_is_asked(world: World) -> None:
    """demands.md 20: a re-pushed tag is never seen, and success is reported."""
    world.host.machine.registry.add("web:1")
    await world.deployment("web", pull=True)
    await again(world)
    assert (await again(world)).summary == NOTHING
    world.host.machine.tags["web:1"] = "sha256:" + "b" * 64
    assert (await again(world)).summary.startswith("deployed")


async def test_a_newer_version_of_the_build_is_deployed(world: World) -> None:
    await world.build("app")
    await world.do(RunBuild(target="app"))
    await world.deployment("web", image=BuiltImage(build="app"))
    await again(world)
    assert (await again(world)).summary.startswith("nothing changed")
    await world.do(RunBuild(target="app"))
    assert "0.0.2" in (await again(world)).summary


async def test_what_was_changed_outside_or_does_not_run_is_deployed(world: World) -> None:
    await world.deployment("web")
    await again(world)
    (container,) = world.host.machine.containers.values()
    container.body["HostConfig"]["Memory"] = 64 * 2**20
    assert (await again(world)).summary.startswith("deployed")
    await world.do(Stop(target="web"))
    assert (await again(world)).summary.startswith("deployed")
    assert (await again(world)).summary == NOTHING


async def test_a_host_that_is_silent_fails_it_and_is_never_nothing_changed(world: World) -> None:
    await world.deployment("web")
    await again(world)
    world.host.machine.docker_down = "stopped"
    end = await again(world)
    assert end.state is State.FAILED
    assert "Docker does not answer" in end.error


async def test_a_fingerprint_tells_nobody_a_secret(world: World) -> None:
    """Nothing that is shown, nor a label on the host, is worked out from a secret without core's key."""
    made = await world.deployment("web", **FIELDS)
    await again(world)
    (stored,) = await world.app.core.parts.releases.of(made.id)
    assert len(stored.fingerprint) == 64
    shown = str(await world.app.run(History(target="web"))) + str(await world.app.get(DEPLOYMENT, "web"))
    (container,) = world.host.machine.containers.values()
    assert stored.fingerprint not in shown + str(container.view.labels)
