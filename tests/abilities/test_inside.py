"""Looking into containers on the real Docker: what the daemon and its CLI say themselves is the measure."""

import asyncio
from contextlib import aclosing
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest

from monitor.abilities.inside.calls import (
    FollowContainerProcesses,
    FollowUsage,
    InspectContainer,
    ListChanges,
    ListProcesses,
)
from monitor.abilities.inside.run import follow_processes, follow_usage, inspect, list_changes, list_processes
from monitor.kernel.errors import Conflict, NotFound
from monitor.kernel.insides import MOST_CHANGES, ContainerUsage
from tests.abilities.memory import MemoryAgent
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real

BUSY = ["busybox", "sh", "-c", "while :; do :; done"]


def usage(agent: MemoryAgent, id: str) -> Any:
    return aclosing(cast("Any", follow_usage(agent, FollowUsage(name=id))))


async def test_inspect_shows_no_value_of_the_environment(agent: MemoryAgent, world: World) -> None:
    id = world.run("web", "-e", "TOKEN=canary-5e1", "-e", "EMPTY=")
    told = await inspect(agent, InspectContainer(name=id))
    assert "canary-5e1" not in str(told)
    assert {"TOKEN=***", "EMPTY=***"} <= set(told["Config"]["Env"])
    assert told["Name"] == f"/{world.name()}"


async def test_only_the_whole_id_or_the_deployments_own(agent: MemoryAgent, world: World) -> None:
    id = world.run("web", "--label", f"monitor.deployment={world.deployment}")
    for name in (world.name(), id[:12], id[:63]):
        with pytest.raises(NotFound):
            await inspect(agent, InspectContainer(name=name))
    await inspect(agent, InspectContainer(name=world.name(), deployment=world.deployment))
    with pytest.raises(NotFound, match="not this deployment's"):
        await inspect(agent, InspectContainer(name=world.name(), deployment=world.job()))


async def test_processes(agent: MemoryAgent, world: World) -> None:
    id = world.run("web", command=["busybox", "sh", "-c", "busybox sleep 1234 & wait"])
    found = await list_processes(agent, ListProcesses(name=id))
    while len(found) < 2 or "[busybox]" in [p.command for p in found]:  # one is being started just now
        await asyncio.sleep(0.05)
        found = await list_processes(agent, ListProcesses(name=id))
    assert [p.command for p in found] == ["busybox sh -c busybox sleep 1234 & wait", "busybox sleep 1234"]
    assert found[1].parent == found[0].pid
    assert str(found[0].pid) == docker("inspect", "-f", "{{.State.Pid}}", id)
    assert found[0].user == "root"
    assert found[0].memory
    assert found[0].memory > 100_000
    docker("stop", "-t", "0", id)
    with pytest.raises(Conflict, match="does not run: it is exited"):
        await list_processes(agent, ListProcesses(name=id))


async def test_processes_go_on_being_told_with_what_they_use_now(agent: MemoryAgent, world: World) -> None:
    id = world.run("web", "--cpus", "0.5", command=BUSY)
    following = follow_processes(agent, FollowContainerProcesses(name=id))
    async with aclosing(cast("Any", following)) as told:
        busy = (await anext(told)).processes[0].cpu
        docker("pause", id)
        await anext(told)  # it was busy for a part of this one
        calm = (await anext(told)).processes[0].cpu
        docker("unpause", id)
        docker("stop", "-t", "0", id)
        with pytest.raises(Conflict, match="does not run: it is exited"):
            await anext(told)
    # Half a core is its limit; what a busy machine leaves it is less.
    assert (2 < busy < 80, calm) == (True, 0.0), (busy, calm)


async def test_changed_files(agent: MemoryAgent, world: World) -> None:
    script = "busybox mkdir /made; busybox touch '/made/a b' /bin/x; busybox rm -f /gone; busybox sleep 60"
    id = world.run("web", command=["busybox", "sh", "-c", script])
    async with asyncio.timeout(20):
        while (found := await list_changes(agent, ListChanges(name=id))).total < 4:
            await asyncio.sleep(0.05)
    by_path = {change.path: change.kind for change in found.items}
    assert by_path == {"/bin": "modified", "/bin/x": "added", "/made": "added", "/made/a b": "added"}
    assert found.total == len(found.items)
    assert [c.path for c in found.items] == sorted(by_path)


async def test_a_hundred_thousand_changed_files_and_no_more(agent: MemoryAgent, world: World) -> None:
    """Whoever owns the container decides how many there are."""
    script = "busybox mkdir /many; cd /many; busybox seq 1 100200 | busybox xargs busybox touch"
    id = world.run("web", command=["busybox", "sh", "-c", script])
    docker("wait", id)
    found = await list_changes(agent, ListChanges(name=id))
    assert (found.total, len(found.items)) == (100_201, MOST_CHANGES)


async def test_figures_are_those_of_docker_stats(agent: MemoryAgent, world: World) -> None:
    id = world.run("web", "--cpus", "0.5", "-m", "64m", command=BUSY)
    samples: list[ContainerUsage] = []
    async with usage(agent, id) as events:
        async for sample in events:
            samples.append(sample)
            if len(samples) == 5:
                break
    assert samples[0].cpu is None, "a share is a difference"
    # Half a core is its limit; what a busy machine leaves it is less.
    assert all(2 < s.cpu < 65 for s in samples[2:] if s.cpu is not None), samples
    assert all(s.memory_limit == 64 * 1024**2 and 0 < s.memory < s.memory_limit and s.pids == 1 for s in samples)
    gaps = [(b.at - a.at).total_seconds() for a, b in pairwise(samples)]
    assert all(0.8 < gap < 3 for gap in gaps), gaps


async def test_the_feed_goes_on_after_a_stop_and_ends_with_the_container(agent: MemoryAgent, world: World) -> None:
    id = world.run("web")
    samples: list[ContainerUsage] = []

    async def read() -> None:
        async with usage(agent, id) as events:
            async for sample in events:
                samples.append(sample)  # noqa: PERF401 - looked at while it grows

    reading = asyncio.create_task(read())
    await more_than(0, samples)
    docker("stop", "-t", "0", id)
    await asyncio.sleep(1.2)
    stopped = len(samples)
    await asyncio.sleep(2.5)
    assert len(samples) == stopped, "nothing is made up of one that does not run"
    docker("start", id)
    await more_than(stopped, samples)
    docker("rm", "-f", id)
    await asyncio.wait_for(reading, 20)


async def more_than(count: int, samples: list[ContainerUsage]) -> None:
    """Wait until there are."""
    async with asyncio.timeout(20):
        while len(samples) <= count:
            await asyncio.sleep(0.05)


async def test_leaving_ends_the_daemons_stream(agent: MemoryAgent, world: World) -> None:
    id = world.run("web")
    before = _connections()
    async with usage(agent, id) as events:
        await anext(events)
        assert _connections() == before + 1
    async with asyncio.timeout(10):
        while _connections() != before:
            await asyncio.sleep(0.05)


def _connections() -> int:
    """Unix sockets of this process that are connected to something."""
    own = {str(fd.readlink()) for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink() and fd.is_socket()}
    rows = [line.split() for line in Path("/proc/net/unix").read_text().splitlines()[1:]]
    return sum(1 for row in rows if f"socket:[{row[6]}]" in own and row[5] == "03")
