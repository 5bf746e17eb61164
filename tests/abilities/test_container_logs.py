"""Logs of real containers: with and without a terminal, tails, very long lines, and following."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from monitor.abilities.container.calls import FollowLogs, InspectContainer, LogChunk
from monitor.abilities.container.logs import follow_logs
from monitor.abilities.container.run import inspect
from monitor.kernel.errors import HostError, NotFound
from tests.abilities.memory import MemoryAgent
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real


async def read(agent: MemoryAgent, world: World, **given: object) -> list[LogChunk]:
    return [chunk async for chunk in follow_logs(agent, FollowLogs(**({"name": world.name()} | given)))]


async def test_both_streams_with_their_times(agent: MemoryAgent, world: World) -> None:
    world.run("web", command=["busybox", "sh", "-c", "echo one; busybox sleep 0.1; echo two >&2; printf part"])
    docker("wait", world.name())
    chunks = await read(agent, world)
    assert [(c.stream, c.data) for c in chunks] == [("stdout", b"one\n"), ("stderr", b"two\n"), ("stdout", b"part")]
    now = datetime.now(UTC)
    assert all(c.at is not None and timedelta() < now - c.at < timedelta(minutes=1) for c in chunks)
    assert [c.data for c in await read(agent, world, tail=1)] == [b"part"]
    assert await read(agent, world, tail=0) == []
    assert [c.data for c in await read(agent, world, since=chunks[1].at)] == [b"two\n", b"part"]


async def test_a_terminal(agent: MemoryAgent, world: World) -> None:
    world.run("web", "-t", command=["busybox", "sh", "-c", "echo one; echo two >&2"])
    docker("wait", world.name())
    chunks = await read(agent, world)
    assert [(c.stream, c.data) for c in chunks] == [("stdout", b"one\r\n"), ("stdout", b"two\r\n")]
    assert all(c.at is not None for c in chunks)


@pytest.mark.parametrize("terminal", [(), ("-t",)])
async def test_a_very_long_line_comes_in_parts(agent: MemoryAgent, world: World, terminal: tuple[str, ...]) -> None:
    script = "busybox head -c 40000 /dev/zero | busybox tr '\\0' x; echo; echo end"
    world.run("web", *terminal, command=["busybox", "sh", "-c", script])
    docker("wait", world.name())
    chunks = [c.data.replace(b"\r", b"") for c in await read(agent, world)]
    assert b"".join(chunks) == b"x" * 40000 + b"\nend\n"
    assert len(chunks) >= 4
    assert max(map(len, chunks)) <= 16 * 1024 + 1


async def test_following_until_it_stops(agent: MemoryAgent, world: World) -> None:
    world.run(
        "web", command=["busybox", "sh", "-c", "echo first; while [ ! -e /go ]; do busybox sleep 0.05; done; echo last"]
    )
    follow = follow_logs(agent, FollowLogs(name=world.name(), follow=True))
    assert (await anext(follow)).data == b"first\n"
    waiting = asyncio.ensure_future(anext(follow))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    docker("exec", world.name(), "busybox", "touch", "/go")
    assert (await asyncio.wait_for(waiting, 5)).data == b"last\n"
    assert [chunk async for chunk in follow] == []


async def test_hostile_bytes_stay_data(agent: MemoryAgent, world: World) -> None:
    world.run("web", command=["busybox", "printf", "\\001\\000\\000\\000 2026-01-01T00:00:00Z x\\n"])
    docker("wait", world.name())
    assert [c.data for c in await read(agent, world)] == [b"\x01\x00\x00\x00 2026-01-01T00:00:00Z x\n"]


async def test_no_such_container_and_no_readable_driver(agent: MemoryAgent, world: World) -> None:
    with pytest.raises(NotFound, match="there is no container"):
        await read(agent, world)
    world.run("web", "--log-driver", "none")
    with pytest.raises(HostError, match="does not support reading"):
        await read(agent, world)


async def test_inspect_shows_no_value_of_the_environment(agent: MemoryAgent, world: World) -> None:
    world.run("web", "-e", "TOKEN=canary-5e1", "-e", "EMPTY=")
    told = await inspect(agent, InspectContainer(name=world.name()))
    assert "canary-5e1" not in str(told)
    assert {"TOKEN=***", "EMPTY=***"} <= set(told["Config"]["Env"])
    assert told["Name"] == f"/{world.name()}"
    with pytest.raises(NotFound):
        await inspect(agent, InspectContainer(name=world.name("nonesuch")))
