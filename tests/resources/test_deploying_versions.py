"""Deploying another version: a change of code, so where host powers are held it needs them (design: host powers)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.kernel.activity import State
from monitor.kernel.errors import Forbidden
from monitor.kernel.permission import Level
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, Volume
from tests.core.world import World, new_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path) as made:
        await made.build("web")
        assert (await made.do(RunBuild(target="web"))).state is State.SUCCEEDED
        yield made


async def test_execute_repeats_a_deployment_with_powers_but_does_not_change_its_version(world: World) -> None:
    bind = (Volume(source="/srv", target="/srv"),)
    made = await world.deployment("web", image=BuiltImage(build="web"), volumes=bind)
    assert (await world.do(Deploy(target="web"))).state is State.SUCCEEDED
    ben = await world.app.user("ben")
    await world.grant(ben, "deployment", made.id, Level.EXECUTE)
    assert (await world.do(Deploy(target="web"), ben)).state is State.SUCCEEDED
    await world.do(RunBuild(target="web"))
    with pytest.raises(Forbidden, match="host powers"):
        await world.app.run(Deploy(target="web"), ben)
    assert (await world.do(Deploy(target="web"))).state is State.SUCCEEDED
    assert (await world.app.get(DEPLOYMENT, "web")).info.version == "0.0.2"
    assert (await world.do(Deploy(target="web"), ben)).state is State.SUCCEEDED


async def test_without_powers_execute_deploys_whatever_version_is_latest(world: World) -> None:
    made = await world.deployment("web", image=BuiltImage(build="web"))
    ben = await world.app.user("ben")
    await world.grant(ben, "deployment", made.id, Level.EXECUTE)
    assert (await world.do(Deploy(target="web"), ben)).state is State.SUCCEEDED
    await world.do(RunBuild(target="web"))
    assert (await world.do(Deploy(target="web"), ben)).state is State.SUCCEEDED
    assert (await world.app.get(DEPLOYMENT, "web")).info.version == "0.0.2"
