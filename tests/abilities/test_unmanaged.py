"""Acting on containers nobody owns, on the real Docker: judged by whole id and labels at the moment of acting."""

import time

import pytest

from monitor.abilities.container.calls import ContainerVerb, Label
from monitor.abilities.unmanaged.calls import ActOnUnmanaged, Done, Unmanaged
from monitor.abilities.unmanaged.run import act
from monitor.kernel.errors import HostError
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real

STUBBORN = ["busybox", "sh", "-c", "trap '' TERM; while :; do busybox sleep 1; done"]


async def do(agent: MemoryAgent, world: World, verb: str, *meant: Unmanaged, **more: object) -> tuple[Done, ...]:
    run = more.pop("run", None) or MemoryRun(agent, world.job())
    given = {"timeout": 1} | more
    return await act(run, ActOnUnmanaged(containers=meant, verb=ContainerVerb(verb), **given))  # type: ignore[arg-type]


async def test_each_verb_and_the_state_it_leads_to(agent: MemoryAgent, world: World) -> None:
    it = Unmanaged(id=world.run("web"), name="web")
    for verb, state in (
        ("pause", "paused"),
        ("unpause", "running"),
        ("stop", "exited"),
        ("start", "running"),
        ("restart", "running"),
        ("kill", "exited"),
        ("remove", "removed"),
    ):
        assert await do(agent, world, verb, it) == (Done(id=it.id, name=world.name(), state=state),)
        assert world.containers() == ({} if state == "removed" else {world.name(): state})


@pytest.mark.parametrize("verb", [verb.value for verb in ContainerVerb if verb is not ContainerVerb.RENAME])
@pytest.mark.parametrize("label", [Label.DEPLOYMENT, Label.CORE])
async def test_what_carries_monitors_labels_is_left_alone(
    agent: MemoryAgent, world: World, verb: str, label: Label
) -> None:
    """Whatever core believes: the host looks at the labels itself."""
    id = world.run("web", "--label", f"{label}=SOMEBODY")
    with pytest.raises(HostError, match="belongs to a deployment"):
        await do(agent, world, verb, Unmanaged(id=id, name="web"))
    other = Unmanaged(id=world.run("other"), name="other")
    with pytest.raises(HostError, match="failed for"):
        await do(agent, world, "stop", Unmanaged(id=id, name="web"), other)
    assert world.containers() == {world.name(): "running", world.name("other"): "exited"}


async def test_a_name_that_is_anothers_id_is_not_that_one(agent: MemoryAgent, world: World) -> None:
    gone = world.run("gone")
    docker("rm", "-f", gone)
    docker("rename", world.run("web"), gone)
    with pytest.raises(HostError, match="there is no container with the id"):
        await do(agent, world, "stop", Unmanaged(id=gone, name="gone"))
    assert world.containers() == {gone: "running"}


async def test_several_end_together_though_each_takes_its_time(agent: MemoryAgent, world: World) -> None:
    meant = [Unmanaged(id=world.run(f"s{n}", command=STUBBORN), name=f"s{n}") for n in range(6)]
    run = MemoryRun(agent, world.job())
    began = time.monotonic()
    done = await do(agent, world, "stop", *meant, run=run, timeout=4)
    assert time.monotonic() - began < 20, "24 s one after the other"
    assert [each.state for each in done] == ["exited"] * 6
    assert [name for name, _ in run.steps] == ["stop", *(f"stop s{n}" for n in range(6))]


async def test_removing_keeps_volumes(agent: MemoryAgent, world: World) -> None:
    id = world.run("web", "-v", "/anonymous")
    volume = docker("inspect", "-f", "{{range .Mounts}}{{.Name}}{{end}}", id)
    await do(agent, world, "remove", Unmanaged(id=id, name="web"))
    docker("volume", "rm", volume)
