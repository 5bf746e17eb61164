"""Copies: a config under a new name; its secrets only for who may write the source."""

import pytest

from monitor.core.caller import Caller
from monitor.kernel.errors import Conflict, Forbidden, NotFound
from monitor.kernel.permission import HostPower, Level, Right
from monitor.kernel.standard import standard_operations
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.operations.acts import Stop
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import PublishedPort, SecretVariable, Variable, Volume
from tests.core.world import World, refused

COPY = standard_operations(DEPLOYMENT)["copy"]


@pytest.fixture
async def ann(world: World) -> Caller:
    """May deploy on the host, create, and read `web`."""
    await world.deployment(
        "web",
        environment=(Variable(name="A", value="1"),),
        secret_environment=(SecretVariable(name="TOKEN", value="hunter2"),),
        ports=(PublishedPort(container=80, host=8080),),
    )
    user = await world.app.user("ann")
    await world.grant(user, "server", "host", Level.EXECUTE)
    await world.grant(user, "deployment", "", rights=(Right.CREATE,))
    await world.grant(user, "deployment", "web", Level.READ)
    return user


async def test_a_copy_has_the_config_and_a_life_of_its_own(world: World, ann: Caller) -> None:
    await world.do(Deploy(target="web"))
    made = await world.app.run(COPY(target="web", name="web-2", tags=("blue",)))
    source = await world.app.get(DEPLOYMENT, "web")
    assert made.config == source.config
    assert (made.name, made.tags, made.revision, made.info.container) == ("web-2", ("blue",), 1, "")
    assert made.status.state == "not_deployed"
    assert made.id != source.id
    assert (await world.do(Deploy(target="web-2"))).error == "port 8080 is taken by the container web", "ports stay"
    await world.do(Stop(target="web"))
    await world.do(Deploy(target="web-2"))
    assert "TOKEN=hunter2" in world.host.machine.find("web-2").body["Env"]


async def test_its_secrets_are_for_who_may_write_the_source(world: World, ann: Caller) -> None:
    failure = await refused(world, COPY(target="web", name="mine"), ann)
    assert isinstance(failure, Forbidden)
    assert "needs 'write' on it" in failure.message
    made = await world.app.run(COPY(target="web", name="mine", without_secrets=True), ann)
    assert made.config.secret_environment == ()
    assert made.config.environment == (Variable(name="A", value="1"),)
    assert "deployment.update" in made.can, "who copies it has write on the copy"
    await world.grant(ann, "deployment", "web", Level.WRITE)
    made = await world.app.run(COPY(target="web", name="mine-2"), ann)
    assert [v.name for v in made.config.secret_environment] == ["TOKEN"]


async def test_the_secret_is_in_no_record_of_it(world: World, ann: Caller) -> None:
    await world.app.run(COPY(target="web", name="web-2"))
    assert not any("hunter2" in str(written) for written in await world.app.store.journal(limit=1000))


async def test_it_needs_what_creating_by_hand_needs(world: World, ann: Caller) -> None:
    await world.deployment("root", volumes=(Volume(source="/etc", target="/etc"),))
    await world.grant(ann, "deployment", "root", Level.READ)
    assert isinstance(await refused(world, COPY(target="root", name="mine"), ann), Forbidden)
    await world.grant(ann, "server", "host", Level.EXECUTE, powers=(HostPower.BIND,))
    assert (await world.app.run(COPY(target="root", name="mine"), ann)).name == "mine"
    await world.grant(ann, "server", "host", Level.READ)
    assert isinstance(await refused(world, COPY(target="root", name="other"), ann), Forbidden)


async def test_names_and_sources_that_cannot_be(world: World, ann: Caller) -> None:
    await world.deployment("hidden")
    assert isinstance(await refused(world, COPY(target="hidden", name="mine"), ann), NotFound)
    assert isinstance(await refused(world, COPY(target="web", name="web", without_secrets=True), ann), Conflict)
    bob = await world.app.user("bob")
    await world.grant(bob, "deployment", "web", Level.WRITE)
    assert isinstance(await refused(world, COPY(target="web", name="mine"), bob), Forbidden)


async def test_a_build_is_copied_too(world: World) -> None:
    await world.build("app")
    made = await world.app.run(standard_operations(BUILD)["copy"](target="app", name="app-2"))
    assert (made.name, made.info.version) == ("app-2", "0.0.0")
