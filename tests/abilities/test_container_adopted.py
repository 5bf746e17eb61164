"""An adopted container on the real Docker: reached by its exact id alone, replaced like one's own, and put back."""

import pytest

from monitor.abilities.adoption.calls import ReadContainer
from monitor.abilities.adoption.run import read
from monitor.abilities.container.act import act
from monitor.abilities.container.calls import ActOnContainer, ContainerVerb, Label, ReplaceContainer
from monitor.abilities.container.recovery import recover
from monitor.abilities.container.replace import replace
from monitor.kernel.errors import Conflict, HostError, NotFound
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.world import ENDS, World, docker

pytestmark = pytest.mark.real


def job_of(world: World, command: list[str] | None = None, stable_for: float = 0.2, **given: str) -> ReplaceContainer:
    body = world.body(command)
    body["Labels"] = {**body.get("Labels", {}), Label.DEPLOYMENT.value: world.deployment}
    return ReplaceContainer(name=world.name(), body=body, stable_for=stable_for, beside=False, **given)


async def test_a_verb_reaches_the_very_one_and_no_other(agent: MemoryAgent, world: World) -> None:
    id, other = world.run("web"), world.run("other")
    stop = ActOnContainer(name=world.name(), verb=ContainerVerb.STOP, deployment=id, timeout=1)
    await act(MemoryRun(agent, world.job()), stop)
    assert world.containers()[world.name()] == "exited"
    for wrong in (id[:12], other, "x"):
        job = ActOnContainer(name=world.name(), verb=ContainerVerb.START, deployment=wrong)
        with pytest.raises(HostError, match="is not this deployment's"):
            await act(MemoryRun(agent, world.job()), job)


async def test_it_is_replaced_like_ones_own(agent: MemoryAgent, world: World) -> None:
    id = world.run("web", "--restart", "always")
    with pytest.raises(HostError, match="was not made by Monitor"):
        await replace(MemoryRun(agent, world.job()), job_of(world))
    with pytest.raises(HostError, match="was not made by Monitor"):
        await replace(MemoryRun(agent, world.job()), job_of(world, adopted=id[:12]))
    done = await replace(MemoryRun(agent, world.job()), job_of(world, adopted=id))
    assert done.container != id
    assert world.containers() == {world.name(): "running"}


async def test_a_failed_one_puts_it_back_with_its_policy(agent: MemoryAgent, world: World) -> None:
    id = world.run("web", "--restart", "always")
    with pytest.raises(HostError):
        await replace(MemoryRun(agent, world.job()), job_of(world, ["busybox", "false"], ENDS, adopted=id))
    form = "{{.Name}} {{.State.Status}} {{.HostConfig.RestartPolicy.Name}}"
    assert docker("inspect", "-f", form, id) == f"/{world.name()} running always"


async def test_one_under_another_name_takes_its_place_too(agent: MemoryAgent, world: World) -> None:
    id = world.run("older")
    await replace(MemoryRun(agent, world.job()), job_of(world, adopted=id, replaces=id))
    assert world.containers() == {world.name(): "running"}


async def test_its_new_one_removed_in_the_middle_it_comes_back(agent: MemoryAgent, world: World) -> None:
    job = world.job()
    id = world.run(f"web.old-{job}")
    docker("stop", "-t", "0", id)
    await recover(agent, job)
    assert world.containers() == {world.name(): "running"}


async def test_it_is_read_whole_and_somebodys_is_not(agent: MemoryAgent, world: World) -> None:
    id = world.run("web", "-e", "TOKEN=hunter2")
    told = await read(agent, ReadContainer(id=id))
    assert "TOKEN=hunter2" in told.container["Config"]["Env"]
    assert told.image["RepoTags"]
    with pytest.raises(NotFound):
        await read(agent, ReadContainer(id=id[:12]))
    other = world.run("other", "--label", f"{Label.DEPLOYMENT}={world.deployment}")
    with pytest.raises(Conflict, match="belongs to a deployment"):
        await read(agent, ReadContainer(id=other))
