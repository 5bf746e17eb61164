"""An agent killed -9 at each change it makes: a later one finishes or undoes, and one container runs."""

import asyncio
import signal
import sys
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from monitor.abilities.container.calls import Label, ReplaceContainer, Replaced
from monitor.abilities.container.recovery import recover, recover_all
from monitor.abilities.container.replace import replace
from monitor.kernel.activity import State
from monitor.kernel.clock import SystemClock
from monitor.kernel.wire import unpack
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.world import ENDS, World, docker

pytestmark = pytest.mark.real
FIRST = ["create", "rename", "start", "set_restart_policy"]
"""Changes of a first deploy. Numbers of changes count from 1."""
REDEPLOY = ["create", "set_restart_policy", "rename", "rename", "stop", "start", "set_restart_policy", "remove"]
"""Of a redeploy where the old one stops first: its policy and name, the name of the new one, and so on."""
STARTED = REDEPLOY.index("start") + 2
"""The first change after start."""
BROKEN = [*REDEPLOY[: STARTED - 1], *["rename", "stop", "rename", "start", "set_restart_policy", "remove"]]
"""The same up to start, then the undo: name and stop of the new one, name, start and policy of the old one."""
BESIDE = [
    *("create", "start", "set_restart_policy", "disconnect", "connect"),
    *("set_restart_policy", "rename", "rename", "disconnect", "connect", "stop", "remove"),
]
"""Of a redeploy where the new one runs beside the old one: its policy and aliases, then what the old one gives up."""
PLACED = len(BESIDE) - 3
"""The first change after which the new one has the old one's name."""
BROKEN_BESIDE = ["create", "start", "start", "set_restart_policy", "remove"]
"""Up to start, then the undo: start and policy of the old one, in case Docker was restarted meanwhile."""
DIES = ["busybox", "sh", "-c", "exit 9"]


class HastyClock(SystemClock):
    """Waits short for short waits, so that a recovery's "still running after 2 s" does not hold the tests up."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(min(seconds, 0.3) if seconds <= 2 else seconds)


@pytest.fixture
def agent() -> MemoryAgent:
    return MemoryAgent(clock=HastyClock())


def in_turn(world: World, command: list[str] | None = None) -> dict[str, Any]:
    """A body with a volume it writes to."""
    return world.body(command, Binds=[f"{world.name('data')}:/data"])


def side_by_side(world: World, command: list[str] | None = None) -> dict[str, Any]:
    """A body that holds nothing, on a network with an alias."""
    endpoints = {world.name("net"): {"Aliases": ["www"]}}
    networking = {"NetworkingConfig": {"EndpointsConfig": endpoints}}
    return world.body(command, NetworkMode=world.name("net")) | networking


def a_job(world: World, body: dict[str, Any] | None = None) -> ReplaceContainer:
    given = body or in_turn(world)
    stable_for = ENDS if given["Cmd"] == DIES else 0.3
    return ReplaceContainer(name=world.name(), body=given, stable_for=stable_for, stop_timeout=2, revision=3)


async def killed(
    world: World, id: str, at: int, when: str, body: dict[str, Any] | None = None, job: ReplaceContainer | None = None
) -> None:
    code, _, errors = await replaced(job or a_job(world, body), id, at, when)
    assert code == -signal.SIGKILL, errors


async def replaced(job: ReplaceContainer, id: str, at: int = 0, when: str = "") -> tuple[int | None, list[str], str]:
    """In a process of its own: its exit code, the changes it made, and what went wrong."""
    argument = msgspec.json.encode({"job": job, "id": id, "at": at, "when": when}).decode()
    argv = (sys.executable, "-m", "tests.abilities.killed_replace", argument)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*argv, stdout=pipe, stderr=pipe)
    out, errors = await process.communicate()
    return process.returncode, out.decode().split(), errors.decode()


def facts(name: str) -> tuple[str, str]:
    """Id and restart policy."""
    id, policy = docker("inspect", "-f", "{{.Id}} {{.HostConfig.RestartPolicy.Name}}", name).split()
    return id, policy


async def test_the_places_to_die_at_are_all_there_are(agent: MemoryAgent, world: World) -> None:
    world.network()
    assert (await replaced(a_job(world), world.job()))[1] == FIRST
    assert (await replaced(a_job(world), world.job()))[1] == REDEPLOY
    assert (await replaced(a_job(world, in_turn(world, DIES)), world.job()))[1] == BROKEN
    # The one before has no aliases to give up.
    assert (await replaced(a_job(world, side_by_side(world)), world.job()))[1] == [*BESIDE[:-4], *BESIDE[-2:]]
    assert (await replaced(a_job(world, side_by_side(world)), world.job()))[1] == BESIDE
    assert (await replaced(a_job(world, side_by_side(world, DIES)), world.job()))[1] == BROKEN_BESIDE


@pytest.mark.parametrize("when", ["before", "during"])
@pytest.mark.parametrize("at", range(1, len(REDEPLOY) + 1))
async def test_a_redeploy_killed_at_each_change(agent: MemoryAgent, world: World, at: int, when: str) -> None:
    old = await replace(MemoryRun(agent, world.job()), a_job(world))
    docker("exec", world.name(), "busybox", "touch", "/data/kept")
    id = world.job()
    await killed(world, id, at, when)
    ended = await recover(agent, id)
    assert world.containers() == {world.name(): "running"}
    now, policy = facts(world.name())
    assert policy == "always"
    assert docker("exec", world.name(), "busybox", "ls", "/data") == "kept"
    if at >= STARTED:
        assert ended.state is State.SUCCEEDED
        result = unpack(bytes(ended.result), Replaced)
        assert (result.container, result.revision) == (now, 3)
        assert now != old.container
    elif (at, when) == (STARTED - 1, "during"):
        # Killed inside start: either end is true.
        assert (ended.state is State.SUCCEEDED) == (now != old.container)
    else:
        assert ended.state is State.INTERRUPTED, ended.error
        assert now == old.container
    await recover(agent, id)
    assert world.containers() == {world.name(): "running"}
    assert facts(world.name()) == (now, "always")


@pytest.mark.parametrize("at", range(STARTED, len(BROKEN) + 1))
async def test_an_undo_killed_at_each_change(agent: MemoryAgent, world: World, at: int) -> None:
    old = await replace(MemoryRun(agent, world.job()), a_job(world))
    id = world.job()
    await killed(world, id, at, "before", in_turn(world, DIES))
    ended = await recover(agent, id)
    assert ended.state in (State.FAILED, State.INTERRUPTED)
    assert "old container is back and runs" in ended.error
    assert world.containers() == {world.name(): "running"}
    assert facts(world.name()) == (old.container, "always")


@pytest.mark.parametrize("when", ["before", "during"])
@pytest.mark.parametrize("at", range(1, len(BESIDE) + 1))
async def test_a_redeploy_side_by_side_killed_at_each_change(
    agent: MemoryAgent, world: World, at: int, when: str
) -> None:
    world.network()
    old = await replace(MemoryRun(agent, world.job()), a_job(world, side_by_side(world)))
    begun = docker("inspect", "-f", "{{.State.StartedAt}}", world.name())
    id = world.job()
    await killed(world, id, at, when, side_by_side(world))
    assert "running" in world.containers().values(), "there is always one"
    ended = await recover(agent, id)
    assert world.containers() == {world.name(): "running"}
    now, policy = facts(world.name())
    assert policy == "always"
    if at >= PLACED:
        assert ended.state is State.SUCCEEDED, ended.error
        result = unpack(bytes(ended.result), Replaced)
        assert (result.container, result.beside, result.away) == (now, True, 0.0)
        assert now != old.container
    elif (at, when) != (PLACED - 1, "during"):
        assert ended.state is State.INTERRUPTED, ended.error
        assert at == 1 or "runs on; it was never away" in ended.error
        assert now == old.container
        assert docker("inspect", "-f", "{{.State.StartedAt}}", world.name()) == begun


@pytest.mark.parametrize("at", range(3, len(BROKEN_BESIDE) + 1))
async def test_an_undo_side_by_side_killed_at_each_change(agent: MemoryAgent, world: World, at: int) -> None:
    world.network()
    old = await replace(MemoryRun(agent, world.job()), a_job(world, side_by_side(world)))
    id = world.job()
    await killed(world, id, at, "before", side_by_side(world, DIES))
    assert (await recover(agent, id)).state is State.INTERRUPTED
    assert world.containers() == {world.name(): "running"}
    assert facts(world.name()) == (old.container, "always")


@pytest.mark.parametrize("at", [BESIDE.index("stop"), BESIDE.index("stop") + 1])
async def test_an_old_one_without_aliases_gets_them_again(agent: MemoryAgent, world: World, at: int) -> None:
    """Killed while the old one gives them up, and then the new one ends."""
    net = world.network()
    old = await replace(MemoryRun(agent, world.job()), a_job(world, side_by_side(world)))
    id = world.job()
    await killed(world, id, at, "before", side_by_side(world))
    docker("stop", "-t", "1", world.name())
    assert (await recover(agent, id)).state is State.FAILED
    assert world.containers() == {world.name(): "running"}
    assert facts(world.name()) == (old.container, "always")
    aliases = docker("inspect", "-f", f'{{{{json (index .NetworkSettings.Networks "{net}").Aliases}}}}', world.name())
    assert "www" in aliases


@pytest.mark.parametrize("when", ["before", "during"])
@pytest.mark.parametrize("at", range(1, len(FIRST) + 1))
async def test_a_first_deploy_killed_at_each_change(agent: MemoryAgent, world: World, at: int, when: str) -> None:
    id = world.job()
    await killed(world, id, at, when)
    ended = await recover(agent, id)
    if ended.state is State.SUCCEEDED:
        assert at >= len(FIRST) - 1
        assert world.containers() == {world.name(): "running"}
        assert facts(world.name())[1] == "always"
    else:
        assert at < len(FIRST)
        assert ended.state is State.INTERRUPTED
        assert world.containers() == {}


async def test_an_old_container_of_another_name_gets_it_back(agent: MemoryAgent, world: World) -> None:
    old = await replace(MemoryRun(agent, world.job()), a_job(world))
    id, moved = world.job(), msgspec.structs.replace(a_job(world), name=world.name("moved"), replaces=old.container)
    await killed(world, id, STARTED - 1, "before", job=moved)
    assert set(world.containers()) == {world.name("moved"), f"{world.name()}.old-{id}"}
    assert (await recover(agent, id)).state is State.INTERRUPTED
    assert world.containers() == {world.name(): "running"}
    assert facts(world.name()) == (old.container, "always")


async def test_a_stopped_old_container_stays_stopped(agent: MemoryAgent, world: World) -> None:
    await replace(MemoryRun(agent, world.job()), a_job(world))
    docker("stop", "-t", "1", world.name())
    id = world.job()
    await killed(world, id, 5, "before")
    ended = await recover(agent, id)
    assert "stopped as it was" in ended.error
    assert world.containers() == {world.name(): "exited"}
    assert facts(world.name())[1] == "always"


async def test_a_new_container_that_died_meanwhile_is_a_failure(agent: MemoryAgent, world: World) -> None:
    id = world.job()
    gone = world.body(["busybox", "sh", "-c", "echo gone; busybox sleep 1; exit 9"])
    await killed(world, id, len(FIRST), "before", gone)
    while world.containers() == {world.name(): "running"}:
        await asyncio.sleep(0.1)
    ended = await recover(agent, id)
    assert ended.state is State.FAILED
    assert "exit code 9" in ended.error
    assert "gone" not in ended.error, "which of its words are secret is not known any more"
    assert world.containers() == {world.name(): "exited"}


async def test_leftovers_of_jobs_nobody_remembers(agent: MemoryAgent, world: World) -> None:
    await replace(MemoryRun(agent, world.job()), a_job(world))
    stranger = world.name("other.old-") + "01ARZ3NDEKTSV4RRFFQ69G5FAV"
    docker("create", "--name", stranger, "--label", f"monitor.test={world.mark}", world.image, "x")
    id = world.job()
    await killed(world, id, STARTED - 1, "before")
    assert len(world.containers()) == 3
    labels = [Label.DEPLOYMENT.value, *world.labels]
    assert await recover_all(agent, labels=labels) == ()
    assert await recover_all(agent, labels=labels, older_than=timedelta(), known=frozenset({id})) == ()
    ends = await recover_all(agent, labels=labels, older_than=timedelta())
    assert [(job, end.state) for job, end in ends] == [(id, State.INTERRUPTED)]
    assert world.containers() == {world.name(): "running", stranger: "created"}


async def test_an_old_container_whose_new_one_somebody_removed(agent: MemoryAgent, world: World) -> None:
    await replace(MemoryRun(agent, world.job()), a_job(world))
    id = world.job()
    await killed(world, id, STARTED, "before")
    docker("rm", "-f", world.name())
    ended = await recover(agent, id)
    assert ended.state is State.INTERRUPTED
    assert world.containers() == {world.name(): "running"}


async def test_a_job_that_left_nothing(agent: MemoryAgent, world: World) -> None:
    ended = await recover(agent, world.job())
    assert (ended.state, world.containers()) == (State.INTERRUPTED, {})
    assert "Nothing of it was left" in ended.error


async def test_a_job_another_has_followed(agent: MemoryAgent, world: World) -> None:
    first, second = world.job(), world.job()
    await replace(MemoryRun(agent, first), a_job(world))
    await killed(world, second, 5, "before")
    ended = await recover(agent, first)
    assert "Another replace has followed" in ended.error
    assert await recover(agent, second)
    assert world.containers() == {world.name(): "running"}
    assert docker("inspect", "-f", f'{{{{index .Config.Labels "{Label.ACTIVITY}"}}}}', world.name()) == first
