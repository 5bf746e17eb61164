"""Deploying the very image that ran once, on the real Docker: wherever it can still be had, and nothing else."""

from pathlib import Path

import pytest

from monitor.abilities.container.calls import RegistryAuth, ReplaceContainer, Replaced
from monitor.abilities.container.replace import replace
from monitor.abilities.drift.calls import CompareContainer
from monitor.abilities.drift.run import compare
from monitor.kernel.errors import HostError
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.private_registry import TOKEN, USER, private_registry, push
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real


async def deploy(agent: MemoryAgent, world: World, image: str, run: MemoryRun | None = None, **given: str) -> Replaced:
    body = world.body() | {"Image": image}
    auth = RegistryAuth(domain=image.partition("/")[0], username=USER, token=TOKEN) if "/" in image else None
    job = ReplaceContainer(name=world.name(), body=body, stable_for=0.2, stop_timeout=1, auth=auth, **given)
    return await replace(run or MemoryRun(agent, world.job()), job)


async def test_it_is_the_one_that_ran_though_the_tag_means_another(agent: MemoryAgent, world: World) -> None:
    tag = world.derived("ENV A=1")
    first = await deploy(agent, world, tag)
    docker("tag", world.image, tag)
    assert (await deploy(agent, world, tag)).image_id != first.image_id
    back = await deploy(agent, world, tag, image_id=first.image_id)
    assert back.image_id == first.image_id
    assert docker("inspect", "-f", "{{.Image}}", world.name()) == first.image_id
    docker("tag", first.image_id, tag)
    named = await deploy(agent, world, tag, image_id=first.image_id)
    assert (named.image, named.image_id) == (tag, first.image_id)


async def test_one_that_is_gone_is_refused_and_the_old_container_stays(agent: MemoryAgent, world: World) -> None:
    kept = await deploy(agent, world, world.image)
    gone = "sha256:" + "5" * 64
    run = MemoryRun(agent, world.job())
    with pytest.raises(HostError, match="is not on this host any more, and no registry is known to have it") as refused:
        await deploy(agent, world, world.image, run, image_id=gone)
    assert "Choose another release" in refused.value.hint
    assert docker("inspect", "-f", "{{.Id}}", world.name()) == kept.container


async def test_one_that_is_gone_is_pulled_by_its_digest(agent: MemoryAgent, world: World, tmp_path: Path) -> None:
    with private_registry(tmp_path / "registry") as domain:
        name = f"{domain}/{world.mark}:1"
        docker("tag", world.derived("ENV A=1"), name)
        world.images.append(name)
        push(name, tmp_path)
        first = await deploy(agent, world, name)
        assert first.image_digest.startswith(f"{domain}/{world.mark}@sha256:")
        docker("tag", world.derived("ENV A=22"), name)
        push(name, tmp_path)
        second = await deploy(agent, world, name)
        assert second.image_id != first.image_id
        docker("rmi", "-f", first.image_id)
        run = MemoryRun(agent, world.job())
        back = await deploy(agent, world, name, run, image_id=first.image_id, image_digest=first.image_digest)
        assert back.image_id == first.image_id
        assert ("pull", "succeeded") in run.steps
        docker("rm", "-f", world.name())
        docker("rmi", "-f", first.image_id)
        nowhere = f"{domain}/{world.mark}@sha256:" + "7" * 64
        with pytest.raises(HostError, match="cannot be had again"):
            await deploy(agent, world, name, image_id=first.image_id, image_digest=nowhere)


async def test_what_was_pushed_anew_is_told_without_fetching_it(
    agent: MemoryAgent, world: World, tmp_path: Path
) -> None:
    with private_registry(tmp_path / "registry") as domain:
        name = f"{domain}/{world.mark}:1"
        docker("tag", world.derived("ENV A=1"), name)
        world.images.append(name)
        push(name, tmp_path)
        done = await deploy(agent, world, name)
        asked = CompareContainer(
            name=world.name(),
            container=done.container,
            deployment=world.deployment,
            body=world.body() | {"Image": name},
            ask_registry=True,
            auth=RegistryAuth(domain=domain, username=USER, token=TOKEN),
        )
        found = await compare(agent, asked)  # type: ignore[arg-type] # a test's agent
        assert found.pushed in found.digests
        docker("tag", world.derived("ENV A=22"), name)
        push(name, tmp_path)
        docker("tag", done.image_id, name)
        found = await compare(agent, asked)  # type: ignore[arg-type] # a test's agent
        assert found.image_id == found.means
        assert found.pushed.startswith("sha256:")
        assert found.pushed not in found.digests
