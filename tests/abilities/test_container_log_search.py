"""Searching a real container's log: what is found, what secrets give away, and patterns that never end."""

import time
from itertools import pairwise
from typing import Any

import pytest

from monitor.abilities.container.log_calls import APART, CONTEXT, STDERR, STDOUT, LogBatch, ReadLog, Wanted
from monitor.abilities.container.logs import read_log
from monitor.kernel.errors import Conflict, Invalid
from tests.abilities.memory import MemoryAgent
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real
SECRET = "hunter2-canary"


async def search(agent: MemoryAgent, world: World, pattern: str, **given: Any) -> tuple[list[bytes], LogBatch]:
    rest = {name: given.pop(name) for name in ("since", "until", "tail", "streams") if name in given}
    feed = ReadLog(name=world.name(), wanted=Wanted(pattern=pattern, **given), **rest)
    found = [batch async for batch in read_log(agent, feed)]
    return [line for batch in found for line in batch.data], found[-1]


def written(world: World, script: str, *more: str) -> None:
    world.run("web", *more, command=["busybox", "sh", "-c", script])
    docker("wait", world.name())


async def test_a_text_a_pattern_and_their_case(agent: MemoryAgent, world: World) -> None:
    written(world, "echo Error: a.b; busybox usleep 50000; echo error aXb >&2; busybox usleep 50000; echo fine")
    assert (await search(agent, world, "error"))[0] == [b"Error: a.b\n", b"error aXb\n"]
    assert (await search(agent, world, "error", match_case=True))[0] == [b"error aXb\n"]
    assert (await search(agent, world, "a.b"))[0] == [b"Error: a.b\n"]
    assert (await search(agent, world, "a.b$", regex=True))[0] == [b"Error: a.b\n", b"error aXb\n"]
    assert (await search(agent, world, "^fine$", regex=True))[0] == [b"fine\n"]
    assert (await search(agent, world, "error", streams=STDERR))[0] == [b"error aXb\n"]
    lines, last = await search(agent, world, "nothing like it")
    assert (lines, last.found, last.searched, last.stopped) == ([], 0, 3, "")
    assert last.reached > 0


async def test_lines_around_what_is_found(agent: MemoryAgent, world: World) -> None:
    written(world, "busybox seq 1 20")
    found = [b async for b in read_log(agent, ReadLog(name=world.name(), wanted=Wanted(pattern="1", context=1)))]
    marked = [
        (int(line), mark & ~STDOUT) for batch in found for line, mark in zip(batch.data, batch.marks, strict=True)
    ]
    assert marked[:5] == [(1, 0), (2, CONTEXT), (9, CONTEXT | APART), (10, 0), (11, 0)]
    assert marked[-2:] == [(19, 0), (20, CONTEXT)]


async def test_so_many_lines_end_it_and_it_says_so(agent: MemoryAgent, world: World) -> None:
    written(world, "busybox seq 1 5000")
    lines, last = await search(agent, world, "0", most=10)
    assert len(lines) == 10
    assert last.stopped == "10 lines were found already"


async def test_what_is_searched_is_what_is_read(agent: MemoryAgent, world: World) -> None:
    """Colours and titles do not hide a word; a line of many parts is one line."""
    long = "busybox head -c 40000 /dev/zero | busybox tr '\\0' x; echo needle"
    written(world, f"printf '\\033[31mneed\\033[0mle\\n'; printf '\\033]0;needle\\aplain\\n'; {long}")
    lines, last = await search(agent, world, "needle")
    assert [len(line) for line in lines] == [len(b"\x1b[31mneed\x1b[0mle\n"), 40007]
    assert last.searched == 3
    assert (await search(agent, world, "xneedle$", regex=True))[1].found == 1


async def test_what_is_no_utf_8_is_found_and_kept(agent: MemoryAgent, world: World) -> None:
    written(world, "printf '\\377needle\\n'", "--log-driver", "local")
    assert (await search(agent, world, "needle"))[0] == [b"\xffneedle\n"]


@pytest.mark.parametrize(
    "guess",
    ["hunter2", "^TOKEN=h", "TOKEN=[g-i]", "(?<=TOKEN=)h", "canary$", "hunter2-canary", "h.nter", "aHVudGVyMi1"],
)
async def test_a_search_does_not_tell_a_secret(agent: MemoryAgent, world: World, guess: str) -> None:
    """Who may only read the log must not find a secret out by asking for one letter after the other."""
    written(world, f"echo TOKEN={SECRET}; echo {SECRET} | busybox base64; echo prefix {SECRET} suffix")
    lines, last = await search(agent, world, guess, regex=True, secrets=(SECRET,))
    assert (lines, last.found, last.searched) == ([], 0, 3)
    lines, _ = await search(agent, world, "TOKEN|prefix", regex=True, secrets=(SECRET,))
    assert lines == [b"TOKEN=********\n", b"prefix ******** suffix\n"]


async def test_a_secret_in_two_parts_of_a_line_is_not_told_either(agent: MemoryAgent, world: World) -> None:
    fill = 16 * 1024 - 4
    written(world, f"busybox head -c {fill} /dev/zero | busybox tr '\\0' x; echo {SECRET} end")
    assert (await search(agent, world, "hunt|canary", regex=True, secrets=(SECRET,)))[1].found == 0
    assert (await search(agent, world, "end", secrets=(SECRET,)))[1].found == 1


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(.*)*!x", "^(([a-z])+.)+[A-Z]([a-z])+$"])
async def test_a_pattern_that_never_ends_is_ended(agent: MemoryAgent, world: World, pattern: str) -> None:
    written(world, "busybox head -c 60 /dev/zero | busybox tr '\\0' a; echo '!'")
    began = time.monotonic()
    lines, last = await search(agent, world, pattern, regex=True)
    assert time.monotonic() - began < 25  # five seconds, on a machine that is not busy
    assert lines == []
    assert "simpler" in last.stopped
    assert "ps" not in last.stopped
    assert agent.searches.locked() is False


@pytest.mark.parametrize("pattern", ["(", "[a", "a{99999999999}", "(?P<x>a)(?P<x>b)", "\\"])
async def test_what_is_no_pattern_is_said(agent: MemoryAgent, world: World, pattern: str) -> None:
    written(world, "echo a")
    with pytest.raises(Invalid, match="no pattern"):
        await search(agent, world, pattern, regex=True)


async def test_a_pattern_as_large_as_memory_hurts_nobody(agent: MemoryAgent, world: World) -> None:
    written(world, "echo a")
    try:
        _, last = await search(agent, world, "(?:(?:(?:(?:a{900}b){900}c){900}d){900}e){900}", regex=True)
    except Invalid:
        return
    assert last.searched in (0, 1)


async def test_no_more_searches_than_the_host_can_bear(agent: MemoryAgent, world: World) -> None:
    written(world, "echo a")
    while not agent.searches.locked():
        await agent.searches.acquire()
    with pytest.raises(Conflict, match="searches"):
        await search(agent, world, "a")


async def test_following_what_fits(agent: MemoryAgent, world: World) -> None:
    world.run(
        "web", command=["busybox", "sh", "-c", "i=0; while :; do i=$((i+1)); echo $i; busybox usleep 20000; done"]
    )
    seen: list[int] = []
    feed = ReadLog(name=world.name(), follow=True, tail=0, wanted=Wanted(pattern="5$", regex=True))
    async for batch in read_log(agent, feed):
        seen += [int(line) for line in batch.data]
        if len(seen) >= 3:
            break
    assert [number % 10 for number in seen] == [5, 5, 5]
    assert [b - a for a, b in pairwise(seen)] == [10, 10]
