"""Newer images in a real registry that asks who wants to know, through the machine's own Docker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.registry.calls import AskRegistry, Signed, SignIn, Told
from monitor.abilities.registry.run import ask, sign_in
from monitor.kernel.errors import NotFound
from monitor.resources.deployment.newer import UpdateState, compared
from tests.abilities.memory import MemoryAgent
from tests.abilities.private_registry import TOKEN, USER, private_registry, push
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[str]:
    with private_registry(tmp_path / "registry") as domain:
        yield domain


async def asked(agent: MemoryAgent, world: World, image: str, *, token: str = TOKEN) -> Told:
    auth = RegistryAuth(domain=image.partition("/")[0], username=USER, token=token)
    return await ask(
        agent, AskRegistry(container=world.name(), deployment=world.deployment, reference=image, auth=auth)
    )


async def test_a_push_is_seen_and_a_wrong_token_is_not_believed(
    agent: MemoryAgent, world: World, registry: str, tmp_path: Path
) -> None:
    image = f"{registry}/team/{world.mark}:1"
    world.images.append(image)
    docker("tag", world.image, image)
    push(image, tmp_path)
    await agent.docker.create(world.name(), world.body() | {"Image": image})
    told = await asked(agent, world, image)
    assert compared(image, told).state is UpdateState.NONE
    docker("tag", world.derived("LABEL newer=yes"), image)
    push(image, tmp_path)
    found = compared(image, await asked(agent, world, image))
    assert found.state is UpdateState.AVAILABLE
    assert (found.running, found.newest != found.running) == (told.latest.digest, True)
    refused = compared(image, await asked(agent, world, image, token="an0ther"))
    assert refused.state is UpdateState.UNKNOWN
    assert "an0ther" not in refused.reason
    gone = compared(image, await asked(agent, world, f"{registry}/team/{world.mark}:2"))
    assert (gone.state, gone.reason) == (UpdateState.UNKNOWN, "the registry has no such image, or no longer")


async def test_another_deployments_container_is_not_looked_at(agent: MemoryAgent, world: World) -> None:
    await agent.docker.create(world.name(), world.body())
    question = AskRegistry(container=world.name(), deployment=world.job(), reference=world.image)
    with pytest.raises(NotFound):
        await ask(agent, question)


async def test_signing_in_with_a_right_and_a_wrong_token(agent: MemoryAgent, registry: str) -> None:
    right = RegistryAuth(domain=registry, username=USER, token=TOKEN)
    assert await sign_in(agent, SignIn(auth=right)) == Signed()
    wrong = await sign_in(agent, SignIn(auth=RegistryAuth(domain=registry, username=USER, token="an0ther/token")))
    assert wrong.error
    assert "an0ther" not in wrong.error
    assert wrong.hint == f"the registry was told {USER}: see whether the name is right and the token still good"
    nobody = await sign_in(agent, SignIn(auth=RegistryAuth(domain="127.0.0.1:5", username=USER, token=TOKEN)))
    assert "does not reach the registry" in nobody.hint
