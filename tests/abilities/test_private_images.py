"""Images of a real registry that asks who wants them: the account's token opens it, and is in nothing that is said."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.abilities.container.calls import RegistryAuth, ReplaceContainer
from monitor.abilities.container.replace import replace
from monitor.abilities.pull.calls import PullImage
from monitor.abilities.pull.run import pull_image
from monitor.kernel.errors import HostError
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.private_registry import TOKEN, USER, private_registry, push
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real


@pytest.fixture
def private(world: World, tmp_path: Path) -> Iterator[str]:
    """A reference that is in the registry, and not on this host."""
    with private_registry(tmp_path / "registry") as domain:
        image = f"{domain}/team/{world.mark}:1"
        docker("tag", world.image, image)
        push(image, tmp_path)
        docker("rmi", image)
        yield image
        if docker("images", "-q", image):
            docker("rmi", "-f", image)


def auth_of(image: str, **other: str) -> RegistryAuth:
    return RegistryAuth(**{"domain": image.partition("/")[0], "username": USER, "token": TOKEN, **other})


async def deploy(agent: MemoryAgent, world: World, image: str, auth: RegistryAuth | None) -> MemoryRun:
    run = MemoryRun(agent, world.job())
    body = {**world.body(), "Image": image}
    await replace(run, ReplaceContainer(name=world.name(), body=body, pull=True, auth=auth, stable_for=0.2))
    return run


def says_nothing(text: str) -> bool:
    header = base64.urlsafe_b64encode(TOKEN.encode()).decode().rstrip("=")
    return TOKEN not in text and header[:-2] not in text


async def test_the_account_opens_it(agent: MemoryAgent, world: World, private: str) -> None:
    run = await deploy(agent, world, private, auth_of(private))
    assert run.steps[0] == ("pull", "succeeded")
    assert world.containers() == {world.name(): "running"}
    assert says_nothing(run.output_text + docker("inspect", world.name()) + docker("image", "inspect", private))


async def test_nobody_is_given_nothing(agent: MemoryAgent, world: World, private: str) -> None:
    with pytest.raises(HostError) as failure:
        await deploy(agent, world, private, None)
    assert "choose a registry account" in failure.value.hint
    assert world.containers() == {}


async def test_a_wrong_token_is_said_to_be_wrong(agent: MemoryAgent, world: World, private: str) -> None:
    with pytest.raises(HostError) as failure:
        await deploy(agent, world, private, auth_of(private, token="an0ther-t0ken"))
    assert f"the registry was told {USER}" in failure.value.hint
    assert "an0ther" not in failure.value.hint + failure.value.message


async def test_the_token_goes_to_no_other_registry(agent: MemoryAgent, world: World, private: str) -> None:
    with pytest.raises(HostError, match="is for docker"):
        await deploy(agent, world, private, auth_of(private, domain="docker.io"))
    assert not docker("images", "-q", private)


async def test_the_daemon_remembers_nobody(agent: MemoryAgent, world: World, private: str) -> None:
    """What one deployment pulled as somebody, another does not pull as the same."""
    await deploy(agent, world, private, auth_of(private))
    with pytest.raises(HostError):
        await deploy(agent, world, private, None)
    assert world.containers() == {world.name(): "running"}


async def test_an_image_is_fetched_and_no_container_made(agent: MemoryAgent, world: World, private: str) -> None:
    run = MemoryRun(agent, world.job())
    pulled = await pull_image(run, PullImage(image=private, auth=auth_of(private)))
    assert pulled.image_id == docker("image", "inspect", "-f", "{{.Id}}", private)
    assert run.steps == [("pull", "succeeded")]
    assert "Pulling from" in run.output_text
    assert says_nothing(run.output_text)
    assert world.containers() == {}
    with pytest.raises(HostError) as failure:
        await pull_image(run, PullImage(image=private))
    assert "choose a registry account" in failure.value.hint
