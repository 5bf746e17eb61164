"""Logs of real containers: order, tails, times, very long lines, following through restarts, coming back."""

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from monitor.abilities.container.log_calls import STDERR, STDOUT, LogBatch, ReadLog
from monitor.abilities.container.logs import read_log
from monitor.kernel.errors import HostError, NotFound
from tests.abilities.memory import MemoryAgent
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real
SECOND = 1_000_000_000


async def batches(agent: MemoryAgent, world: World, **given: Any) -> list[LogBatch]:
    return [batch async for batch in read_log(agent, ReadLog(**({"name": world.name()} | given)))]


async def read(agent: MemoryAgent, world: World, **given: Any) -> list[bytes]:
    return [line for batch in await batches(agent, world, **given) for line in batch.data]


async def test_both_streams_with_their_times(agent: MemoryAgent, world: World) -> None:
    world.run("web", command=["busybox", "sh", "-c", "echo one; busybox sleep 0.1; echo two >&2; printf part"])
    docker("wait", world.name())
    found = await batches(agent, world)
    assert [line for batch in found for line in batch.data] == [b"one\n", b"two\n", b"part"]
    assert b"".join(batch.marks for batch in found) == bytes([STDOUT, STDERR, STDOUT])
    now = datetime.now(UTC).timestamp() * SECOND
    assert all(now - 60 * SECOND < at <= now for batch in found for at in batch.at)
    assert await read(agent, world, tail=1) == [b"part"]
    assert await read(agent, world, tail=0) == []


async def test_stdout_and_stderr_stay_in_the_order_they_were_written(agent: MemoryAgent, world: World) -> None:
    """As the daemon got them: it reads two pipes, so what is not far apart it may itself turn round."""
    script = "for i in 1 2 3 4; do echo $i; busybox usleep 150000; echo $i >&2; busybox usleep 150000; done"
    world.run("web", command=["busybox", "sh", "-c", script])
    docker("wait", world.name())
    found = await batches(agent, world)
    assert b"".join(line for batch in found for line in batch.data).split() == [
        str(n).encode() for n in range(1, 5) for _ in (STDOUT, STDERR)
    ]
    assert b"".join(batch.marks for batch in found) == bytes([STDOUT, STDERR]) * 4
    assert await read(agent, world, streams=STDERR, tail=2) == [b"3\n", b"4\n"]


async def test_since_and_until_include_their_own_moment(agent: MemoryAgent, world: World) -> None:
    world.run("web", command=["busybox", "sh", "-c", "for i in 1 2 3 4; do echo $i; busybox usleep 20000; done"])
    docker("wait", world.name())
    at = [at for batch in await batches(agent, world) for at in batch.at]
    assert await read(agent, world, since=at[1]) == [b"2\n", b"3\n", b"4\n"]
    assert await read(agent, world, since=at[1] + 1) == [b"3\n", b"4\n"]
    assert await read(agent, world, until=at[1]) == [b"1\n", b"2\n"]
    assert await read(agent, world, until=at[1] - 1) == [b"1\n"]
    assert await read(agent, world, since=at[1], until=at[2]) == [b"2\n", b"3\n"]
    assert await read(agent, world, since=at[1], until=at[2], tail=1) == [b"3\n"]
    assert await read(agent, world, since=at[3] + SECOND) == []
    assert await read(agent, world, until=at[0] - SECOND) == []


async def test_a_terminal(agent: MemoryAgent, world: World) -> None:
    world.run("web", "-t", command=["busybox", "sh", "-c", "echo one; echo two >&2"])
    docker("wait", world.name())
    found = await batches(agent, world)
    assert [line for batch in found for line in batch.data] == [b"one\r\n", b"two\r\n"]
    assert all(at for batch in found for at in batch.at)


@pytest.mark.parametrize("terminal", [(), ("-t",)])
async def test_a_very_long_line_comes_in_parts(agent: MemoryAgent, world: World, terminal: tuple[str, ...]) -> None:
    script = "busybox head -c 40000 /dev/zero | busybox tr '\\0' x; echo; echo end"
    world.run("web", *terminal, command=["busybox", "sh", "-c", script])
    docker("wait", world.name())
    parts = [part.replace(b"\r", b"") for part in await read(agent, world)]
    assert b"".join(parts) == b"x" * 40000 + b"\nend\n"
    assert len(parts) >= 4
    assert max(map(len, parts)) <= 16 * 1024 + 1


async def test_bytes_stay_as_they_are(agent: MemoryAgent, world: World) -> None:
    """Docker's json-file keeps no byte that is no UTF-8; the others do."""
    hostile = "\\001\\000\\000\\000 2026-01-01T00:00:00Z \\377\\033]52;c;x\\a\\n"
    world.run("web", "--log-driver", "local", command=["busybox", "printf", hostile])
    docker("wait", world.name())
    assert await read(agent, world) == [b"\x01\x00\x00\x00 2026-01-01T00:00:00Z \xff\x1b]52;c;x\x07\n"]


async def test_following_through_a_restart_until_it_is_removed(agent: MemoryAgent, world: World) -> None:
    world.run("web", command=["busybox", "sh", "-c", "trap 'echo bye; exit 3' TERM; echo up; busybox sleep 99 & wait"])
    seen: list[str] = []
    changed = asyncio.Event()

    async def follow() -> None:
        async for batch in read_log(agent, ReadLog(name=world.name(), follow=True)):
            seen.extend(line.decode().strip() for line in batch.data)
            seen.extend([f"({batch.note})"] if batch.note else [])
            changed.set()

    async def until(line: str, count: int) -> None:
        while seen.count(line) < count:
            changed.clear()
            await asyncio.wait_for(changed.wait(), 30)

    following = asyncio.ensure_future(follow())
    await until("up", 1)
    await asyncio.to_thread(docker, "restart", world.name())
    await until("up", 2)
    await asyncio.to_thread(docker, "stop", world.name())
    await until("bye", 2)
    while not seen[-1].startswith("("):
        changed.clear()
        await asyncio.wait_for(changed.wait(), 30)
    await asyncio.to_thread(docker, "rm", world.name())
    await asyncio.wait_for(following, 30)
    stopped = "(the container has stopped: exit code 3)"
    slowly, at_once = [stopped, "(the container has started)"], ["(the container has stopped, and started again)"]
    assert seen in (["up", "bye", *between, "up", "bye", stopped] for between in (slowly, at_once))


async def test_following_ends_at_a_time(agent: MemoryAgent, world: World) -> None:
    world.run("web", command=["busybox", "sh", "-c", "while :; do echo tick; busybox usleep 100000; done"])
    world.wrote("tick")
    end = datetime.now(UTC).timestamp() + 1
    found = await asyncio.wait_for(batches(agent, world, follow=True, until=int(end * SECOND)), 20)
    assert max(at for batch in found for at in batch.at) <= end * SECOND


async def test_who_comes_back_misses_nothing_and_sees_nothing_twice(agent: MemoryAgent, world: World) -> None:
    """Many lines of one moment, of both streams, and a reader that is cut off after each batch."""
    script = "i=0; while [ $i -lt 4000 ]; do echo $i; i=$((i+1)); echo $i >&2; i=$((i+1)); done; busybox sleep 99"
    world.run("web", command=["busybox", "sh", "-c", script])
    lines: list[int] = []
    after = 0
    while len(lines) < 4000:
        feed = ReadLog(name=world.name(), follow=True, after=after)
        async with aclosing(cast("Any", read_log(agent, feed))) as found:
            batch = await asyncio.wait_for(anext(found), 20)
        lines += [int(line) for line in batch.data]
        after = batch.seq
    assert sorted(lines) == list(range(4000))


async def test_lines_of_the_same_moment_are_told_apart(agent: MemoryAgent, world: World) -> None:
    world.run("web", command=["busybox", "seq", "1", "3000"])
    docker("wait", world.name())
    everything = await read(agent, world)
    for tail in (1, 10, 777, 2999):
        first = await batches(agent, world, tail=tail)
        assert [line for batch in first for line in batch.data] == everything[-tail:]
        assert await read(agent, world, after=first[-1].seq) == []
        if len(first) > 1:
            rest = await read(agent, world, after=first[0].seq)
            assert list(first[0].data) + rest == everything[-tail:]


async def test_no_such_container_and_no_readable_driver(agent: MemoryAgent, world: World) -> None:
    with pytest.raises(NotFound, match="there is no container"):
        await read(agent, world)
    world.run("web", "--log-driver", "none")
    with pytest.raises(HostError, match="cannot be read") as refused:
        await read(agent, world)
    assert "json-file" in refused.value.hint
