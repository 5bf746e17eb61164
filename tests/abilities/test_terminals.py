"""Terminals in containers of the real Docker: what one types and sees."""

import asyncio
import hashlib
import os
from contextlib import suppress

import pytest

from monitor.kernel.errors import HostError, NotFound, Unavailable
from tests.abilities.memory import MemoryAgent
from tests.abilities.shells import opened
from tests.abilities.world import World

pytestmark = pytest.mark.real


@pytest.fixture(autouse=True)
def running(world: World) -> None:
    world.run("web", "--network", "none")


async def test_size_unicode_and_exit_code(agent: MemoryAgent, world: World) -> None:
    async with opened(agent, world) as terminal, terminal.person() as ann:
        await ann.type(b"busybox stty size\r")
        await ann.until(b"24 80\r\n")
        await ann.resize(133, 41)
        await ann.type(b"busybox stty size\r")
        await ann.until(b"41 133\r\n")
        words = "wide \u4e16\u754c \U0001f680 combining e\u0301 rtl \u05e9\u05dc\u05d5\u05dd"
        await ann.type(f"echo '<{words}>'\r".encode())
        await ann.until(f"\r\n<{words}>\r\n".encode())
        await ann.type(b"exit 9\r")
        assert (await ann.ended()).exit_code == 9
        ended = await terminal.task
        assert (ended.exit_code, ended.command, ended.left, ended.reason) == (9, "busybox", 0, "")


async def test_without_a_tty_it_is_a_pipe_of_any_bytes(agent: MemoryAgent, world: World) -> None:
    data = os.urandom(700_000)
    async with opened(agent, world, tty=False, command=("busybox", "cat")) as terminal, terminal.person() as ann:
        for place in range(0, len(data), 60_000):
            await ann.type(data[place : place + 60_000])
            while ann.taken < place:
                await ann.read()
        await ann.end_input()
        assert (await ann.ended()).exit_code == 0
        assert hashlib.sha256(ann.output[1]).digest() == hashlib.sha256(data).digest()


async def test_stderr_apart_without_a_tty(agent: MemoryAgent, world: World) -> None:
    command = (*("busybox", "sh"), "-c", "echo out; echo err >&2; exit 3")
    async with opened(agent, world, tty=False, command=command) as terminal, terminal.person() as ann:
        assert (await ann.ended()).exit_code == 3
        assert (ann.output[1], ann.output[2]) == (b"out\n", b"err\n")


async def test_ctrl_p_is_not_held_back(agent: MemoryAgent, world: World) -> None:
    command = (*("busybox", "sh"), "-c", "busybox stty raw -echo; echo ready; busybox od -An -c -N1")
    async with opened(agent, world, command=command) as terminal, terminal.person() as ann:
        await ann.until(b"ready")
        await ann.type(b"\x10")
        await ann.until(b"020")
        assert (await ann.ended()).exit_code == 0


async def test_a_big_paste_arrives_whole(agent: MemoryAgent, world: World) -> None:
    lines = b"".join(b"%07d the quick brown fox jumps over the lazy dog\r" % n for n in range(8_000))
    command = (*("busybox", "sh"), "-c", "busybox stty -echo; echo ready; busybox md5sum")
    async with opened(agent, world, command=command) as terminal, terminal.person() as ann:
        await ann.until(b"ready")
        for place in range(0, len(lines), 32_000):
            await ann.type(lines[place : place + 32_000])
            while ann.taken < place:
                await ann.read()
        await ann.type(b"\x04")
        expected = hashlib.md5(lines.replace(b"\r", b"\n"), usedforsecurity=False).hexdigest()
        await ann.until(expected.encode())


async def test_ctrl_c_acts_while_it_floods(agent: MemoryAgent, world: World) -> None:
    async with opened(agent, world) as terminal, terminal.person() as ann:
        await ann.type(b"busybox yes\r")
        await ann.until(b"y\r\n" * 200_000)
        await ann.type(b"\x03")
        await ann.until(b"^C")
        await ann.type(b"echo a''live\r")
        await ann.until(b"alive")


async def test_who_does_not_read_holds_the_process_back(agent: MemoryAgent, world: World) -> None:
    async with opened(agent, world) as terminal, terminal.person() as ann:
        while ann.began is None:
            await ann.read()
        ann.reads = False
        await ann.type(b"busybox yes\r")
        await asyncio.sleep(0.5)
        kept = agent.terminals.get(terminal.id)
        assert kept is not None
        assert kept.written < 400_000


async def test_who_comes_back_misses_nothing(agent: MemoryAgent, world: World) -> None:
    async with opened(agent, world) as terminal:
        async with terminal.person() as ann:
            await ann.type(b"for i in 1 2 3 4 5; do echo line $i; busybox sleep 0.2; done\r")
            await ann.until(b"line 2")
            first = ann.output[1]
        await asyncio.sleep(0.5)
        async with terminal.person(after=len(first)) as ann:
            await ann.until(b"line 5")
            whole = first + ann.output[1]
            assert [whole.count(b"line %d\r\n" % n) for n in range(1, 6)] == [1] * 5


async def test_the_folder_and_the_user(agent: MemoryAgent, world: World) -> None:
    command = (*("busybox", "sh"), "-c", "busybox pwd; busybox id -u")
    async with opened(agent, world, command=command, user="1234", workdir="/bin") as terminal, terminal.person() as ann:
        await ann.ended()
        assert ann.output[1] == b"/bin\r\n1234\r\n"


async def test_the_shell_is_found(agent: MemoryAgent, world: World) -> None:
    async with opened(agent, world, command=()) as terminal, terminal.person() as ann:
        await ann.read()
        assert ann.began is not None
        assert ann.began.command == "/bin/busybox"


async def test_hostile_words_stay_words(agent: MemoryAgent, world: World) -> None:
    words = ("; exit 3", "$(reboot)", "`id`", "a\nb", "--help", "'\"", "\u202e", "")
    command = ("busybox", "printf", "<%s>", *words)
    async with opened(agent, world, tty=False, command=command) as terminal, terminal.person() as ann:
        await ann.ended()
        assert ann.output[1].decode() == "".join(f"<{word}>" for word in words)


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"container": "no-such-container"}, NotFound, "there is no container"),
        ({"deployment": "another"}, NotFound, "not this deployment's"),
    ],
)
async def test_what_cannot_be_opened(
    agent: MemoryAgent, world: World, given: dict[str, str], error: type[Exception], said: str
) -> None:
    async with opened(agent, world, **given) as terminal:
        with pytest.raises(error, match=said):
            await asyncio.wait_for(terminal.task, 20)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"command": ("nonsense",)}, "nonsense"),
        ({"workdir": "/nowhere/at/all"}, "/nowhere/at/all"),
        ({"user": "nobody-here"}, "nobody-here"),
    ],
)
async def test_what_cannot_be_run_is_told_and_fails(
    agent: MemoryAgent, world: World, given: dict[str, str], said: str
) -> None:
    """Old Engines say it on the terminal, newer ones refuse to begin."""
    async with opened(agent, world, **given) as terminal, terminal.person() as ann:
        try:
            code, text = (await ann.ended()).exit_code, ann.output[1].decode()
        except HostError as refused:
            code, text = refused.exit_code, refused.message
        assert said in text
        assert code in {126, 127}


async def test_a_person_who_types_more_than_he_may_is_cut_off(agent: MemoryAgent, world: World) -> None:
    async with opened(agent, world, command=("busybox", "sleep", "100")) as terminal, terminal.person() as ann:
        with suppress(Unavailable):
            for _ in range(100):
                await ann.type(b"x" * 60_000)
        with pytest.raises(HostError, match="more was typed"):
            await ann.ended()
