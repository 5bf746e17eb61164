"""An image's own labels say nothing to Monitor, and a recovery prints nothing of what a container wrote."""

import subprocess

import pytest

from monitor.abilities.container.act import act
from monitor.abilities.container.calls import ActOnContainer, ContainerVerb, Label, ReplaceContainer
from monitor.abilities.container.log_calls import ReadLog
from monitor.abilities.container.logs import read_log
from monitor.abilities.container.recovery import recover
from monitor.abilities.container.replace import replace
from monitor.kernel.activity import State
from monitor.kernel.errors import HostError, NotFound
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.test_container_recovery import killed
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real
STARTED = 4
"""The first change of a first deploy after its start."""


def labelled(world: World, **labels: str) -> str:
    """The test's image with labels of its own."""
    text = f"FROM {world.image}\nLABEL " + " ".join(f'"{name}"="{value}"' for name, value in labels.items())
    argv = ["docker", "build", "-q", "-t", f"{world.mark}:evil", "-"]
    subprocess.run(argv, input=text.encode(), check=True, capture_output=True, env={"DOCKER_BUILDKIT": "0"})
    return f"{world.mark}:evil"


async def test_no_label_of_an_image_makes_a_recovery_remove_another_container(world: World) -> None:
    victim = world.run("victim")
    image = labelled(
        world,
        **{
            Label.REPLACES.value: victim,
            Label.REPLACES_NAME.value: world.name("victim"),
            Label.REPLACES_RUNNING.value: "yes",
            Label.REPLACES_POLICY.value: "always:0",
        },
    )
    try:
        body = world.body() | {"Image": image}
        job = ReplaceContainer(name=world.name(), body=body, stable_for=0.3, stop_timeout=2)
        id = world.job()
        await killed(world, id, STARTED, "before", job=job)
        end = await recover(MemoryAgent(), id)
        assert end.state is State.SUCCEEDED
        assert world.containers() == {world.name("victim"): "running", world.name(): "running"}
    finally:
        world.clean()
        docker("rmi", "-f", image)


async def test_a_recovery_prints_no_secret(world: World) -> None:
    """Whoever recovers no longer knows which values are secret."""
    says = ["busybox", "sh", "-c", "echo token=$TOKEN; busybox sleep 1; exit 9"]
    body = world.body(says) | {"Env": ["TOKEN=correct-horse-battery"]}
    id = world.job()
    await killed(world, id, STARTED, "before", job=ReplaceContainer(name=world.name(), body=body, stop_timeout=2))
    end = await recover(MemoryAgent(), id)
    assert end.state is State.FAILED
    assert "exit code 9" in end.error
    assert "horse" not in end.error + end.hint


@pytest.mark.parametrize("verb", list(ContainerVerb))
@pytest.mark.parametrize("by_id", [False, True])
async def test_no_verb_reaches_a_foreign_container(world: World, verb: ContainerVerb, by_id: bool) -> None:
    id = world.run("vault")
    started = docker("inspect", "-f", "{{.State.StartedAt}}", id)
    name = id[:12] if by_id else world.name("vault")
    job = ActOnContainer(name=name, verb=verb, deployment=world.deployment, timeout=1)
    with pytest.raises(HostError, match="not this deployment's"):
        await act(MemoryRun(MemoryAgent(), world.job()), job)
    assert world.containers() == {world.name("vault"): "running"}
    assert docker("inspect", "-f", "{{.State.StartedAt}}", id) == started
    with pytest.raises(NotFound, match="not this deployment's"):
        await anext(read_log(MemoryAgent(), ReadLog(name=name, deployment=world.deployment)))  # type: ignore[arg-type]


async def test_a_renamed_deployment_replaces_what_it_made_under_its_old_name(world: World) -> None:
    agent = MemoryAgent()
    first = await replace(
        MemoryRun(agent, world.job()), ReplaceContainer(name=world.name("old"), body=world.body(), stable_for=0.2)
    )
    job = ReplaceContainer(
        name=world.name("new"), body=world.body(), stable_for=0.2, stop_timeout=2, replaces=first.container
    )
    await replace(MemoryRun(agent, world.job()), job)
    assert world.containers() == {world.name("new"): "running"}


async def test_what_is_replaced_must_be_of_the_same_deployment(world: World) -> None:
    victim = world.run("victim")
    job = ReplaceContainer(name=world.name("new"), body=world.body(), stable_for=0.2, replaces=victim)
    await replace(MemoryRun(MemoryAgent(), world.job()), job)
    assert world.containers() == {world.name("victim"): "running", world.name("new"): "running"}
