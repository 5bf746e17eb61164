"""Reading a deployment's log: bounds, streams, searches and files, through the dispatcher with a simulated host."""

from datetime import timedelta
from typing import Any

import pytest

from monitor.core.caller import SYSTEM
from monitor.kernel.container_log import LogStreams
from monitor.kernel.errors import Invalid, NotFound
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.log import LogFile, ReadLog
from monitor.resources.deployment.values import SecretVariable
from tests.core.tab import Tab
from tests.core.world import World

SECRET = "correct horse battery staple"


async def writing(world: World, *lines: bytes, **config: Any) -> Any:
    await world.deployment("web", **config)
    await world.do(Deploy(target="web"))
    container = world.host.machine.named("web")
    assert container is not None
    container.write(world.clock.now(), *lines)
    return container


async def texts(world: World, **asked: Any) -> list[str]:
    return [line.text for line in (await world.app.run(ReadLog(target="web", **asked))).lines]


async def file(world: World, **asked: Any) -> bytes:
    answer = await world.app.run(LogFile(target="web", **asked))
    return b"".join([piece async for piece in answer.pieces])


async def test_the_last_lines_unless_more_is_asked_for(world: World) -> None:
    await writing(world, *(f"{n}".encode() for n in range(300)))
    assert await texts(world) == [str(n) for n in range(200, 300)]
    assert await texts(world, tail=2) == ["298", "299"]
    assert len(await texts(world, tail=-1)) == 300
    assert len((await file(world)).splitlines()) == 300


async def test_an_answer_that_holds_not_all_says_so(world: World) -> None:
    await writing(world, *[b"line"] * 10_050)
    answer = await world.app.run(ReadLog(target="web", tail=-1))
    assert (len(answer.lines), answer.cut) == (10_000, True)
    assert (await world.app.run(ReadLog(target="web", tail=5))).cut is False
    await writing_more(world, b"x" * 1_000_000, 12)
    answer = await world.app.run(ReadLog(target="web", tail=12))
    assert 1 < len(answer.lines) < 12
    assert answer.cut


async def writing_more(world: World, line: bytes, times: int) -> None:
    container = world.host.machine.named("web")
    assert container is not None
    container.write(world.clock.now(), *[line] * times)


async def test_a_time_and_a_stream(world: World) -> None:
    container = await writing(world, b"old")
    began = world.clock.now()
    await world.clock.advance(60)
    container.write(world.clock.now(), b"new")
    container.write(world.clock.now(), b"wrong", stream="stderr")
    assert await texts(world, since=began + timedelta(seconds=1)) == ["new", "wrong"]
    assert await texts(world, until=began) == ["old"]
    assert await texts(world, stream=LogStreams.STDERR) == ["wrong"]
    assert await file(world, stream=LogStreams.STDOUT) == b"old\nnew\n"
    assert (await file(world, tail=1, timestamps=True)).endswith(b"000Z wrong\n")
    with pytest.raises(Invalid, match="until: lies before since"):
        await texts(world, since=world.clock.now(), until=began)
    with pytest.raises(Invalid, match="regex: give either"):
        await texts(world, search="a", regex="b")
    with pytest.raises(Invalid, match="regex: is no pattern"):
        await texts(world, regex="(")


async def test_a_search_looks_at_all_and_says_how_much_that_is(world: World) -> None:
    await writing(world, *(f"line {n}".encode() for n in range(300)))
    answer = await world.app.run(ReadLog(target="web", search="LINE 7", context=1))
    found = [line.text for line in answer.lines if not line.near]
    assert found == ["line 7", *(f"line {n}" for n in range(70, 80))]
    assert [line.text for line in answer.lines if line.near] == ["line 6", "line 8", "line 69", "line 80"]
    assert [line.text for line in answer.lines if line.apart] == ["line 69"]
    assert (answer.searched, answer.found, answer.stopped) == (300, 11, "")
    assert await file(world, regex="^line 7$") == b"line 7\n"


@pytest.mark.parametrize("guess", ["correct", "TOKEN=c", "staple$", "^TOKEN=[a-d]", "(?<=TOKEN=)c", "horse"])
async def test_a_search_does_not_tell_a_secret(world: World, guess: str) -> None:
    """Whoever may only read the log could otherwise find its secrets out, a letter at a time."""
    ann = await world.app.user("ann")
    secret = SecretVariable(name="TOKEN", value=SECRET)
    await writing(world, f"TOKEN={SECRET}".encode(), b"other", secret_environment=(secret,))
    await world.grant(ann, "deployment", "web", Level.READ, (Right.LOGS,))
    answer = await world.app.run(ReadLog(target="web", regex=guess), ann)
    assert (answer.lines, answer.found) == ((), 0)
    assert SECRET.encode() not in await file(world)
    tab = Tab(world, ann)
    await tab.subscribe(1, "deployment.follow_log", target="web", regex=guess, follow=False)
    await world.clock.advance(1)
    assert {frame["data"].get("found", 0) for frame in tab.of(1) if frame["kind"] == "append"} <= {0}


async def test_what_is_no_text_is_kept(world: World) -> None:
    container = await writing(world, b"\xff\xfe bytes", "grün".encode()[:3], "grün".encode()[3:])
    container.parts = {1}
    answer = await world.app.run(ReadLog(target="web"))
    assert [(line.text, line.raw, line.more) for line in answer.lines] == [
        ("\ufffd\ufffd bytes", b"\xff\xfe bytes", False),
        ("gr", None, True),
        ("ün", None, False),
    ]
    assert await file(world) == b"\xff\xfe bytes\n" + "grün\n".encode()


async def test_following_goes_on_when_the_host_is_back(world: World) -> None:
    container = await writing(world, b"one")
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "deployment.follow_log", target="web")
    await world.clock.advance(1)
    world.host.down = "cut off"
    await world.clock.advance(2)
    container.write(world.clock.now(), b"two")
    world.host.down = ""
    await world.clock.advance(20)
    container.write(world.clock.now(), b"three")
    await world.clock.advance(1)
    lines = [line for frame in tab.of(1) for line in frame["data"]["lines"]]
    assert [line["text"] for line in lines if line["stream"] != "note"] == ["one", "two", "three"]
    notes = [line["text"] for line in lines if line["stream"] == "note"]
    assert len(notes) == 1
    assert "cut off" in notes[0]


async def test_following_through_a_stop_and_a_start(world: World) -> None:
    container = await writing(world, b"one")
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "deployment.follow_log", target="web")
    await world.clock.advance(1)
    world.host.machine.exit(container, 3)
    await world.clock.advance(1)
    world.host.machine.start(container)
    container.write(world.clock.now(), b"two")
    await world.clock.advance(1)
    world.host.machine.remove(container)
    await world.clock.advance(1)
    said = [line["text"] for frame in tab.of(1)[:-1] for line in frame["data"]["lines"]]
    assert said[:2] == ["one", "the container has stopped: exit code 3"]
    assert set(said[2:]) == {"two", "the container has started"}
    assert tab.kinds(1)[-1] == "end"


async def test_a_file_of_what_is_not_there_is_an_ordinary_refusal(world: World) -> None:
    await world.deployment("web")
    with pytest.raises(NotFound):
        await file(world)
