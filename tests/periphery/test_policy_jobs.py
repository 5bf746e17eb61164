"""The policy holds on the whole way: a deploy over the link, first time and again, is refused before Docker sees it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from monitor.abilities.agent.calls import Hello
from monitor.abilities.container.calls import Label, ReplaceContainer
from monitor.abilities.run import ABILITIES
from monitor.core.link.remote import RemoteHost
from monitor.kernel.activity import State
from monitor.kernel.clock import SystemClock
from monitor.kernel.ids import new_id
from monitor.kernel.job import JobEnded
from monitor.periphery.settings import PolicySettings
from tests.abilities.world import build_image, docker
from tests.contracts.host.linked import linked, settings_in
from tests.periphery.test_policy import SPELLINGS, ids

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    tag = build_image(tmp_path_factory.mktemp("image"))
    yield tag
    docker("rmi", "-f", tag)


@pytest.fixture
async def host(tmp_path: Path) -> AsyncIterator[RemoteHost]:
    async with linked(tmp_path, ABILITIES) as (_, remote):
        yield remote


@pytest.fixture
def name() -> Iterator[str]:
    made = f"monitor-test-policy-{uuid4().hex[:8]}"
    yield made
    if found := docker("ps", "-aq", "--filter", f"name={made}").split():
        docker("rm", "-fv", *found)


async def deploy(host: RemoteHost, name: str, body: dict[str, Any]) -> JobEnded:
    clock = SystemClock()
    job = new_id(clock.now())
    labels = {Label.CORE.value: "core", Label.DEPLOYMENT.value: name}
    body = {**body, "Cmd": ["busybox", "sleep", "100"], "Labels": labels}
    await host.start_job(job, ReplaceContainer(name=name, body=body, stable_for=0.1), time_limit=60, secrets=())
    async with host.follow_job(job, 0) as events:
        end = [event async for event in events][-1]
    assert isinstance(end, JobEnded)
    return end


@pytest.mark.parametrize(("power", "body"), SPELLINGS, ids=ids)
async def test_a_deploy_that_asks_for_a_power_is_refused_and_leaves_nothing(
    host: RemoteHost, image: str, name: str, power: Any, body: dict[str, Any]
) -> None:
    end = await deploy(host, name, {**body, "Image": image})
    assert end.state is State.FAILED
    assert f"host power {power.value}" in end.error
    assert docker("ps", "-aq", "--filter", f"name={name}") == ""


async def test_a_redeploy_cannot_add_a_power_and_the_old_container_stays(
    host: RemoteHost, image: str, name: str
) -> None:
    assert (await deploy(host, name, {"Image": image})).state is State.SUCCEEDED
    before = docker("inspect", "--format", "{{.Id}} {{.State.Running}}", name)
    end = await deploy(host, name, {"Image": image, "HostConfig": {"Privileged": True}})
    assert "host power privileged" in end.error
    assert docker("inspect", "--format", "{{.Id}} {{.State.Running}}", name) == before


async def test_what_the_owner_switched_on_passes_and_hello_tells(tmp_path: Path, image: str, name: str) -> None:
    (tmp_path / "srv").mkdir()
    policy = PolicySettings(bind=True, bind_roots=(str(tmp_path / "srv"),))
    settings = replace(settings_in(tmp_path), policy=policy)
    async with linked(tmp_path, ABILITIES, settings) as (_, host):
        info = await host.call(Hello())
        assert info.powers == ("bind",)
        assert info.bind_roots == policy.bind_roots
        good = {"Image": image, "HostConfig": {"Binds": [f"{tmp_path}/srv:/srv"]}}
        assert (await deploy(host, name, good)).state is State.SUCCEEDED
        bad = {"Image": image, "HostConfig": {"Binds": [f"{tmp_path}/srv/..:/srv"]}}
        assert "does not allow the bind mount" in (await deploy(host, name, bad)).error
